"""What one PostgreSQL takes from many workers: ``python -m tests.benchmarks.claims [stories] [growth] [due]``.

stories: workers (``--workers 1 2 4 8``) that hand over prepared records as fast as the store takes them, in batches.
growth: a story's check and claim, in batches of 32, by how many articles and URLs are known (``--known``, ``--plot``).
due: 200,000 sources (``--sources``) and 10 million known URLs (``--urls``): the list of the sources that are due, and
claiming a few of them with their hosts.

A server of its own is started on a private socket, with ``fsync`` on. Seconds are by the clock, processor time that of
the workers and of the server's processes.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import psutil

from newscrawl.discovery.candidate import Candidate, Via
from newscrawl.items import Article
from newscrawl.spiders.claiming import WINDOW
from newscrawl.store import Run, Want
from newscrawl.store.entries import Completion
from newscrawl.store.schedule.rows import due_sources
from newscrawl.store.session import Session
from newscrawl.urls import article_id, url_key
from tests.benchmarks.claims_plot import plot
from tests.benchmarks.store import sketched
from tests.postgres import Server, server
from tests.storing import policy

BATCH = 64
TOLD = 32
BATCHES = 24  # of each worker
HASH = "('x' || substr(md5({}), 1, 16))::bit(64)::bigint"
FILL = (
    "INSERT INTO known (id, body, title, prose, version, week) SELECT "
    + HASH.format("n::text")
    + ", n %% 16777216, 1, "
    "1, 1, 2900 FROM generate_series(%s::bigint, %s) AS n ORDER BY 1 ON CONFLICT DO NOTHING",
    "INSERT INTO seen (hash, outcome, day) SELECT " + HASH.format("'u' || n") + ", 1, 20000 "
    "FROM generate_series(%s::bigint, %s) AS n ORDER BY 1 ON CONFLICT DO NOTHING",
)
DOCUMENTS = (
    "INSERT INTO documents (url, source, kind, next_poll, failures) SELECT 'https://s' || n || '.example/feed', "
    "'s' || n, 'feed', extract(epoch FROM now())::bigint - n, 0 FROM generate_series(1, %s) AS n"
)


def open_session(url: str, folder: Path) -> Session:
    return Session(url, folder, Run.begin(), policy())


def records(worker: int, batch: int, size: int) -> list[Article]:
    """Return prepared records, other ones for each worker and batch."""
    made = [sketched(worker * 10**6 + batch * size + at) for at in range(size)]
    for article in made:
        article.url, article.site = article.url.replace("a.example", f"{worker}.example"), f"{worker}.example"
        article.id = article_id(article.url)
    return made


def work(url: str, folder: str, number: int, ready: Any, go: Any, end: Any, result: Any) -> None:
    """One worker: prepares records, and hands them over when all are ready."""
    session = open_session(url, Path(folder, str(number)))
    batches = [records(number, batch, BATCH) for batch in range(BATCHES)]
    session.claim([Want(f"s{number}")], 1)
    for made in batches:
        session.discover(f"s{number}", [Candidate(one.url, Via.FEED, "f") for one in made], None)
    ready.release()
    go.wait()
    began, used, took = time.monotonic(), time.process_time(), []
    for made in batches:
        took.append(timed(partial(session.commit, [Completion(url_key(one.url), one) for one in made])) * 1000)
    spent = time.process_time() - used
    result.put((BATCH * BATCHES, time.monotonic() - began, spent, statistics.median(took)))
    end.wait()
    session.close()


def server_time(made: Server) -> float:
    """Return the processor time of the server's processes, also of those that have ended."""
    main = psutil.Process(int((made.data / "postmaster.pid").read_text().split()[0]))
    return sum(main.cpu_times()[:4]) + sum(sum(process.cpu_times()[:2]) for process in main.children())


def stories(options: argparse.Namespace) -> None:
    """Print how many stories a second one server takes."""
    spawn = multiprocessing.get_context("spawn")
    for count in options.workers:
        with server(fsync="on", max_wal_size="8GB") as made, tempfile.TemporaryDirectory() as folder:
            ready, go, end, result = spawn.Semaphore(0), spawn.Event(), spawn.Event(), spawn.Queue()
            common = (ready, go, end, result)
            workers = [spawn.Process(target=work, args=(made.url(), folder, n, *common)) for n in range(count)]
            for worker in workers:
                worker.start()
            for _ in workers:
                ready.acquire()
            before = server_time(made)
            go.set()
            told = [result.get() for _ in workers]
            spent = server_time(made) - before
            end.set()
            for worker in workers:
                worker.join()
        done, own = sum(row[0] for row in told), sum(row[2] for row in told)
        print(
            f"{count} workers: {done / max(row[1] for row in told):,.0f} stories/s by the clock; a story takes "
            f"{own / done * 1000:.2f} ms of a worker's processor and {spent / done * 1000:.2f} ms of the server's; a "
            f"batch of {BATCH} is back after {statistics.median(row[3] for row in told):,.0f} ms",
            flush=True,
        )


def growth(options: argparse.Namespace) -> None:
    """Print what a story costs by what is known, and draw it."""
    rows: list[tuple[int, float, float]] = []
    with server(fsync="on", max_wal_size="8GB") as made, tempfile.TemporaryDirectory() as folder:
        session = open_session(made.url(), Path(folder))
        session.claim([Want("s")], 1)
        had = 0
        for step, known in enumerate(options.known):
            with made.connect() as connection:
                for statement in FILL:
                    connection.execute(statement, (had + 1, known))
                for told in ("VACUUM ANALYZE known", "VACUUM ANALYZE seen", "CHECKPOINT"):
                    connection.execute(told)
            had = known
            batches = [records(0, step * 40 + number, TOLD) for number in range(40)]
            for batch in batches:
                session.discover("s", [Candidate(one.url, Via.FEED, "f") for one in batch], None)
            used, spent = time.process_time(), server_time(made)
            took = [
                timed(partial(session.commit, [Completion(url_key(one.url), one) for one in batch])) * 1000 / TOLD
                for batch in batches
            ]
            stories_s = 40 * TOLD / 1000
            rows.append((known, (time.process_time() - used) / stories_s, (server_time(made) - spent) / stories_s))
            print(
                f"{known:,} known: check and claim {statistics.median(took):.2f} ms a story in batches of {TOLD} "
                f"(90 %: {sorted(took)[35]:.2f}); processor of worker {rows[-1][1]:.2f} ms, of server "
                f"{rows[-1][2]:.2f} ms",
                flush=True,
            )
        session.close()
    if options.plot:
        options.plot.write_text(plot(rows), "utf-8")


def due(options: argparse.Namespace) -> None:
    """Print what it costs to claim a few of many sources."""
    with server(fsync="on", max_wal_size="8GB") as made, tempfile.TemporaryDirectory() as folder:
        session = open_session(made.url(), Path(folder))
        with made.connect() as connection:
            connection.execute(DOCUMENTS, (options.sources,))
            for statement in FILL:
                connection.execute(statement, (1, options.urls))
            connection.execute("VACUUM ANALYZE")
        now = datetime.now(UTC)
        found: dict[str, int | None] = {}
        took = timed(lambda: found.update(session.read(lambda connection: dict(due_sources(connection, now)))))
        print(f"{len(found):,} sources due, {options.urls:,} URLs known: the list takes {took * 1000:,.0f} ms")
        wants = [Want(name, hosts=(f"{name}.example",)) for name in sorted(found, key=lambda name: found[name] or 0)]
        start = 0
        for most in (8, 32):
            times, used, spent = [], time.process_time(), server_time(made)
            for _ in range(60):
                asked = wants[start : start + WINDOW]
                times.append(timed(partial(session.claim, asked, most)) * 1000)
                start += most
            own, spent = (time.process_time() - used) / 60 * 1000, (server_time(made) - spent) / 60 * 1000
            median, late = statistics.median(times), sorted(times)[54]
            print(
                f"claiming {most}: {median:.1f} ms at the median, {late:.1f} ms at 90 %; processor of the worker "
                f"{own:.1f} ms, of the server {spent:.1f} ms"
            )
        session.close()


def timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


PARTS = {part.__name__: part for part in (stories, growth, due)}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4, 8])
    parser.add_argument("--known", type=int, nargs="+", default=[10_000, 100_000, 1_000_000, 10_000_000])
    parser.add_argument("--plot", type=Path, help="of growth, as an SVG")
    parser.add_argument("--sources", type=int, default=200_000)
    parser.add_argument("--urls", type=int, default=10_000_000, help="known, beside the sources")
    chosen = parser.parse_args()
    for name in chosen.parts:
        PARTS[name](chosen)

"""Simulates the claims of a fleet: ``python -m tests.benchmarks.fleet --workers 8 --sources 200000``.

All sources of one sites file are due. Each worker reads which they are, and claims them eight at a time, as
``newscrawl.spiders`` does, from a PostgreSQL of its own beside ``--urls`` known URLs; nothing is crawled. Prints how
long a claim takes, what a worker needs in memory, and whether each source was given to one worker; exits with 1 where
it was not.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from newscrawl.sources import catalogue
from newscrawl.sources.catalogue import open_catalogue
from newscrawl.sources.file import Bounds
from newscrawl.spiders.claiming import AT_ONCE, WINDOW, want_of
from newscrawl.store.schedule.rows import due_sources
from newscrawl.store.session import Session
from tests.benchmarks.claims import DOCUMENTS, FILL, open_session, server_time, timed
from tests.postgres import server

SITE = '[s{0}]\nfeeds = "https://s{0}.example/feed"\n'


def sources_of(folder: Path) -> catalogue.Catalogue:
    """Return the sources of the file in *folder*."""
    catalogue.BIG = 0
    bounds = Bounds(None, None, datetime.now(UTC))
    made = open_catalogue(folder / "sites.toml", bounds, scheduled=True, folder=folder / "index")
    assert made is not None
    return made


def list_due(session: Session, sources: catalogue.Catalogue) -> None:
    """Read which of *sources* are due."""
    now = datetime.now(UTC)
    session.read(lambda connection: sources.keep_due(due_sources(connection, now), by_time=True))


def claim_all(url: str, folder: str, number: int, ready: Any, go: Any, result: Any) -> None:
    """Claim what there is, and say which sources were taken and how long each claim took."""
    session, sources = open_session(url, Path(folder, str(number))), sources_of(Path(folder))
    before_mb = peak_mb()
    ready.release()
    go.wait()
    taken: list[int] = []
    took: list[float] = []
    used, listed = time.process_time(), timed(partial(list_due, session, sources))
    behind = (want_of(source, revisit=True) for source in sources.due())
    waiting = [*islice(behind, WINDOW)]
    while waiting:
        began = time.perf_counter()
        claims = session.claim(waiting, AT_ONCE)
        took.append((time.perf_counter() - began) * 1000)
        taken += [int(name[1:]) for name in claims.taken]
        left = [want for want in waiting if want.source not in claims.taken and want.source not in claims.holders]
        waiting = [*left, *islice(behind, WINDOW - len(left))]
    used = time.process_time() - used
    result.put((taken, took, used, listed, before_mb, peak_mb()))
    session.close()


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--sources", type=int, default=200_000)
    parser.add_argument("--urls", type=int, default=0, help="known, beside the sources")
    options = parser.parse_args(arguments)
    spawn = multiprocessing.get_context("spawn")
    with server(fsync="on", max_wal_size="8GB") as made, tempfile.TemporaryDirectory() as folder:
        with Path(folder, "sites.toml").open("w") as file:
            file.writelines(SITE.format(number + 1) for number in range(options.sources))
        indexing = timed(partial(sources_of, Path(folder)))
        open_session(made.url(), Path(folder, "first")).close()
        with made.connect() as connection:
            connection.execute(DOCUMENTS, (options.sources,))
            for statement in FILL if options.urls else ():
                connection.execute(statement, (1, options.urls))
            connection.execute("VACUUM ANALYZE")
        ready, go, result = spawn.Semaphore(0), spawn.Event(), spawn.Queue()
        common = (ready, go, result)
        workers = [
            spawn.Process(target=claim_all, args=(made.url(), folder, n, *common)) for n in range(options.workers)
        ]
        for worker in workers:
            worker.start()
        for _ in workers:
            ready.acquire()
        began, spent = time.monotonic(), server_time(made)
        go.set()
        rows = [result.get() for _ in workers]
        seconds, spent = time.monotonic() - began, server_time(made) - spent
        for worker in workers:
            worker.join()
    taken = [number for row in rows for number in row[0]]
    took = sorted(ms for row in rows for ms in row[1])
    own = sum(row[2] for row in rows)
    print(
        f"{options.workers} workers took {len(taken):,} of {options.sources:,} sources, {len(taken) - len(set(taken))} "
        f"of them twice, in {len(took):,} claims and {seconds:,.0f} s; a claim took {statistics.median(took):.1f} ms "
        f"at the median and {took[len(took) * 99 // 100]:.1f} ms at 99 %; processor of worker "
        f"{own / len(took) * 1000:.1f} ms, of server {spent / len(took) * 1000:.1f} ms. The index took "
        f"{indexing:.1f} s once, the list {statistics.median(row[3] for row in rows):.1f} s; a worker has "
        f"{max(row[4] for row in rows):.0f} MB before it, and {max(row[5] for row in rows):.0f} MB at most"
    )
    return 0 if sorted(taken) == list(range(1, options.sources + 1)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What the store itself costs: ``python -m tests.benchmarks.store [batches] [sitemap] [recovery] [rebuild]``.

batches: results a second by the size of the batch, beside the same lines appended and synced without a store.
sitemap: 50,000 URLs taken in at once, new and known.
recovery: a run file of 1 GB (``--megabytes``) whose run was killed.
rebuild: the index made anew from 1,000,000 records (``--records``).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import update

from newscrawl.discovery.candidate import Candidate, Via
from newscrawl.items import Article, as_record
from newscrawl.similarity import fingerprint
from newscrawl.store import Run, Want
from newscrawl.store.backend.schema import runs
from newscrawl.store.entries import Completion
from newscrawl.store.session import Session
from newscrawl.store.transaction import as_line
from newscrawl.urls import article_id, url_key
from tests.kill.feed import WORDS
from tests.storing import policy

HOST = "a.example"
BODIES = 500  # distinct sketches of the stories that have left the window, where nothing reads them
YEAR = 365 * 1440
WINDOW = 14 * 1440  # stories a minute apart


def article(number: int, words: int = 300) -> Article:
    """Return story *number*, with its sketch."""
    chosen = random.Random(number)
    body = " ".join(f"{chosen.choice(WORDS)} {chosen.randrange(10**6)}" for _ in range(words // 2)) + f" {number}"
    url, title = f"http://{HOST}/story/{number}", f"Story {number} of the {number * 7919}"
    made = Article(url=url, id=article_id(url), story_id=article_id(url), title=title, body=body, site=HOST, source="s")
    made.published_at = datetime.now(UTC) - timedelta(minutes=number % YEAR)
    made.fetched_at = made.discovered_at = made.published_at
    made.word_count = words
    return made


def sketched(number: int, words: int = 300) -> Article:
    made = article(number, words)
    found = fingerprint(made.title, made.body)
    made.title_key, made.body_sha256, made.minhash = found.title_key, found.body_sha256, found.minhash
    return made


def lines(count: int) -> Iterator[bytes]:
    """Yield *count* records, the newest first, one a minute for a year and then again."""
    sketches = [sketched(number).minhash for number in range(BODIES)]
    for number in range(count):
        if number % YEAR < WINDOW:
            made = sketched(number)
        else:
            made = article(number)
            made.title_key, made.body_sha256 = made.title.lower(), f"b{number * 7919:064x}"
            made.minhash = sketches[number % BODIES]
        made.run_id = "r0"
        yield as_line(as_record(made))


@contextmanager
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="newscrawl-bench-"))
    try:
        yield path
    finally:
        shutil.rmtree(path)


def open_session(path: Path, run: Run | None = None) -> Session:
    return Session(f"sqlite:///{path / 'state.sqlite'}", path, run or Run.begin(), policy())


def batches(options: argparse.Namespace) -> None:
    articles = [sketched(number) for number in range(BODIES, 2 * BODIES + 100)]
    with folder() as path:
        session = open_session(path)
        session.discover("s", [Candidate(made.url, Via.FEED, "f") for made in articles], None)
        plain = os.open(path / "plain", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        for size, count in ((1, 50), (8, 200), (64, 350)):
            part, articles = articles[:count], articles[count:]
            groups = [part[start : start + size] for start in range(0, count, size)]
            stored = sum(
                timed(partial(session.commit, [Completion(url_key(a.url), a) for a in group])) for group in groups
            )
            lined = sum(timed(partial(write_plainly, plain, group)) for group in groups)
            print(
                f"batches of {size}: {count / stored:,.0f} results a second, lines alone {count / lined:,.0f}; "
                f"the store adds {(stored - lined) / count * 1000:.2f} ms a result"
            )
        os.close(plain)
        session.close()


def write_plainly(descriptor: int, group: list[Article]) -> None:
    os.write(descriptor, b"".join(json.dumps(as_record(made)).encode() + b"\n" for made in group))
    os.fsync(descriptor)


def sitemap(options: argparse.Namespace) -> None:
    candidates = [Candidate(f"http://{HOST}/2026/story-{number}", Via.SITEMAP, "f") for number in range(50_000)]
    with folder() as path:
        session = open_session(path)
        session.claim([Want("s")], 1)
        for word in ("new", "waiting"):
            print(f"50,000 URLs, {word}: {timed(partial(session.discover, 's', candidates, None)):.2f} s")
        session.close()


def recovery(options: argparse.Namespace) -> None:
    with folder() as path:
        session = open_session(path, Run("r0", datetime.now(UTC)))
        file = session.output.articles
        block, count = b"".join(lines(2000)), 2000
        while file.size < options.megabytes * 1_000_000:
            file.size = file.append(block)
            file.lines += count
        with session.database.write() as connection:
            connection.execute(
                update(runs).where(runs.c.id == "r0").values(articles_bytes=file.size, articles_lines=file.lines)
            )
        with file.part.open("ab") as part:
            part.write(block + b'{"half": "a li')
        size = file.part.stat().st_size
        session.close()  # without publishing: as a kill leaves it
        began = time.perf_counter()
        open_session(path).close()
        print(f"recovery of a run file of {size / 1e6:,.0f} MB: {time.perf_counter() - began:.1f} s")


def rebuild(options: argparse.Namespace) -> None:
    with folder() as path:
        size, made = 0, lines(options.records)
        for day in range(1, 11):
            file = path / "articles" / f"dt=2026-11-{day:02}" / f"r{day}.jsonl"
            file.parent.mkdir(parents=True)
            (path / "runs").mkdir(exist_ok=True)
            (path / "runs" / f"r{day}.json").write_text("{}")
            with file.open("wb") as output:
                for _ in range(options.records // 10):
                    size += output.write(next(made))
        began, used = time.perf_counter(), time.process_time()
        open_session(path).close()
        seconds, used = time.perf_counter() - began, time.process_time() - used
        store = (path / "state.sqlite").stat().st_size
        print(
            f"rebuild from {options.records:,} records ({size / 1e6:,.0f} MB): {seconds:.0f} s, "
            f"{used:.0f} s of them on the processor; the store has {store / 1e6:,.0f} MB"
        )


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


PARTS = {part.__name__: part for part in (batches, sitemap, recovery, rebuild)}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--records", type=int, default=1_000_000)
    chosen = parser.parse_args()
    for name in chosen.parts:
        PARTS[name](chosen)

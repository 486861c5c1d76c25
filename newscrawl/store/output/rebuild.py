"""Indexes published files that the store does not know: all of them, where it was deleted."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, select

from newscrawl.items import Article, from_record
from newscrawl.outcomes import Outcome
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.schema import runs
from newscrawl.store.counters import DISCOVERED, add_counters
from newscrawl.store.frontier import rows as frontier
from newscrawl.store.index.stories import StoryIndex
from newscrawl.store.keys import article_hashes
from newscrawl.store.output.manifest import finish
from newscrawl.store.output.run_output import COMPLETE, RECOVERED, open_output, runs_path

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Told how many bytes of how many are indexed."""

NO_RECORD = (ValueError, TypeError, AttributeError)  # what from_record raises for JSON of another kind

AT_ONCE = 1000  # articles
LINES = 5000  # a transaction, at least: between two of them another run may work
QUIET_S = 2.0  # a rebuild that takes longer says so
PACE_S = 10.0  # between two lines


class StderrProgress:
    """Writes a line on stderr after :data:`QUIET_S` and then every few seconds."""

    def __init__(self) -> None:
        self.next = time.monotonic() + QUIET_S
        self.shown = False

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() > self.next or (self.shown and done == total):
            self.next = time.monotonic() + PACE_S
            self.shown = True
            print(
                f"newscrawl: indexing the articles on disk: {done / total:.0%} of {total / 1e6:,.0f} MB",
                file=sys.stderr,
            )


def rebuild(database: Database, folder: Path, stories: StoryIndex, now: int, progress: Progress | None = None) -> int:
    """Index every published file that no run of the store wrote; return how many articles came in."""
    with database.read() as connection:
        known = set(connection.scalars(select(runs.c.id)))
    paths = [path for path in sorted(folder.glob("articles/dt=*/*.jsonl")) if path.stem not in known]
    total, done, count = sum(path.stat().st_size for path in paths), 0, 0
    tell = progress or StderrProgress()
    for batch in in_batches(paths):
        with database.write() as connection:
            # Another run may have indexed some of them since.
            known = set(connection.scalars(select(runs.c.id)))
            for path in batch:
                if path.stem not in known:
                    count += index_file(connection, path, stories, now, partial(advance, tell, done, total))
                done += path.stat().st_size
        for path in batch:
            complete(database, folder, path, now)
    return count


def advance(tell: Progress, before: int, total: int, size: int) -> None:
    tell(before + size, total)


def in_batches(paths: list[Path]) -> Iterator[list[Path]]:
    """Put small files together, so that a transaction is worth its sync."""
    batch: list[Path] = []
    size = 0
    for path in paths:
        batch.append(path)
        size += path.stat().st_size
        if size > LINES * 2000:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def index_file(connection: Connection, path: Path, stories: StoryIndex, now: int, tell: Callable[[int], None]) -> int:
    """Index the articles of one file and make it a run's."""
    size, count = 0, 0
    articles: list[Article] = []
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            size += len(line)
            if article := article_of(line, path, number):
                articles.append(article)
                count += 1
            if len(articles) == AT_ONCE:
                index(connection, articles, stories, now)
                articles = []
                tell(size)
    index(connection, articles, stories, now)
    tell(size)
    row = {"id": path.stem, "day": path.parent.name.removeprefix("dt="), "status": COMPLETE, "started_at": now}
    connection.execute(runs.insert().values(**row, articles_bytes=size, articles_lines=count))
    return count


def index(connection: Connection, articles: Sequence[Article], stories: StoryIndex, now: int) -> None:
    stories.add_all(connection, articles)
    done = {key: Outcome.WRITTEN for article in articles for key in article_hashes(article)}
    frontier.mark_seen(connection, done, now)


def article_of(line: bytes, path: Path, number: int) -> Article | None:
    try:
        return from_record(json.loads(line))
    except NO_RECORD as error:
        logger.warning("%s:%d is no record and is not indexed: %s", path, number, error)
        return None


def complete(database: Database, folder: Path, path: Path, now: int) -> None:
    """Write the manifest of a run that was killed between the name of its file and its manifest."""
    if runs_path(folder, path.stem, ".json").exists():
        return
    with database.write() as connection:
        row = connection.execute(select(runs).where(runs.c.id == path.stem)).one()
        output = open_output(connection, folder, row)
        names = (DISCOVERED, str(Outcome.WRITTEN))
        add_counters(connection, row.id, Counter({("", name, ""): row.articles_lines for name in names}))
    finish(database, folder, output, now, RECOVERED, why="its manifest was missing")

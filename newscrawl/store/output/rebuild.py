"""Indexes published files that the store does not know: all of them, where it was deleted."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
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
from newscrawl.store.output.lines import DAMAGED, article_files, open_lines, run_of
from newscrawl.store.output.manifest import finish
from newscrawl.store.output.published import number_file
from newscrawl.store.output.run_output import COMPLETE, RECOVERED, open_output
from newscrawl.store.output.shelves import find_run_file

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


def rebuild(database: Database, folder: Path, stories: StoryIndex, now: int, progress: Progress | None = None) -> None:
    """Index every published file that no run of the store wrote, and write the manifests that are missing."""
    for paths in index_files(database, folder, stories, now, progress):
        for path in paths:
            complete(database, folder, path, now)


def index_files(
    database: Database, folder: Path, stories: StoryIndex, now: int, progress: Progress | None = None
) -> Iterator[list[Path]]:
    """Index every published file of *folder* that no run of the store wrote; yield those of each transaction."""
    with database.read() as connection:
        known = set(connection.scalars(select(runs.c.id)))
    paths = in_order_of_publication(folder, [path for path in article_files(folder) if run_of(path) not in known])
    total, done = sum(path.stat().st_size for path in paths), 0
    tell = progress or StderrProgress()
    for batch in in_batches(paths):
        with database.write() as connection:
            # Another run may have indexed some of them since.
            known = set(connection.scalars(select(runs.c.id)))
            for path in batch:
                if run_of(path) not in known:
                    index_file(connection, path, stories, now, partial(advance, tell, done, total))
                    number(connection, database, folder, path, now)
                done += path.stat().st_size
        yield batch


def advance(tell: Progress, before: int, total: int, size: int) -> None:
    """Report that a batch has come *size* bytes further than *before*."""
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
    try:
        with open_lines(path) as lines:
            for number, line in enumerate(lines, 1):
                size += len(line)
                if article := article_of(line, path, number):
                    articles.append(article)
                    count += 1
                if len(articles) == AT_ONCE:
                    index(connection, articles, stories, now)
                    articles = []
                    tell(size)
    except DAMAGED as error:
        logger.warning("%s is damaged, and only its first %d articles are indexed: %s", path, count, error)
    index(connection, articles, stories, now)
    tell(size)
    row = {"id": run_of(path), "day": path.parent.name.removeprefix("dt="), "status": COMPLETE, "started_at": now}
    connection.execute(runs.insert().values(**row, articles_bytes=size, articles_lines=count))
    return count


def number(connection: Connection, database: Database, folder: Path, path: Path, now: int) -> None:
    """Number a file that another store published: as its manifest says, where that number is free."""
    row = connection.execute(select(runs).where(runs.c.id == run_of(path))).one()
    output = open_output(connection, database, folder, row)
    number_file(connection, database, folder, output, datetime.fromtimestamp(now, UTC), sequence_of(folder, path))


def in_order_of_publication(folder: Path, paths: list[Path]) -> list[Path]:
    """Return *paths* by the sequence numbers of their manifests; those that have none behind, by their names."""
    numbers = {path: sequence_of(folder, path) for path in paths}
    return sorted(paths, key=lambda path: (numbers[path] is None, numbers[path] or 0, path.name))


def sequence_of(folder: Path, path: Path) -> int | None:
    """Return the sequence number that the manifest of a file's run gives it; None where it gives none."""
    try:
        manifest = json.loads(find_run_file(folder, run_of(path), ".json").read_bytes())
        number = next(entry["sequence"] for entry in manifest["files"] if "sequence" in entry)
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return None
    return number if isinstance(number, int) and number > 0 else None


def index(connection: Connection, articles: Sequence[Article], stories: StoryIndex, now: int) -> None:
    """Make *articles* known: their stories to the index, their URLs to the frontier."""
    stories.add_all(connection, articles)
    done = {key: Outcome.WRITTEN for article in articles for key in article_hashes(article)}
    frontier.mark_seen(connection, done, now)


def article_of(line: bytes, path: Path, number: int) -> Article | None:
    """Return the article of a line; a line that is no record is logged and gives None."""
    try:
        return from_record(json.loads(line))
    except NO_RECORD as error:
        logger.warning("%s:%d is no record and is not indexed: %s", path, number, error)
        return None


def complete(database: Database, folder: Path, path: Path, now: int) -> None:
    """Write the manifest of a run that was killed between the name of its file and its manifest."""
    run_id = run_of(path)
    if find_run_file(folder, run_id, ".json").exists():
        return
    with database.write() as connection:
        row = connection.execute(select(runs).where(runs.c.id == run_id)).one()
        output = open_output(connection, database, folder, row)
        names = (DISCOVERED, str(Outcome.WRITTEN))
        add_counters(connection, row.id, Counter({("", name, ""): row.articles_lines for name in names}))
    finish(database, folder, output, now, RECOVERED, why="its manifest was missing")

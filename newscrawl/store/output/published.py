"""The published article files, numbered in the order of their publication, and how far readers have come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select

from newscrawl.store.backend.database import Database
from newscrawl.store.backend.existing import existing_store
from newscrawl.store.backend.schema import consumers, files
from newscrawl.store.backend.statements import upsert
from newscrawl.store.output.run_output import RunOutput


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """An article file that will not change any more."""

    sequence: int
    """1 for the first file of the store, without a gap; a file with a higher number was published later."""

    run_id: str
    path: Path
    """As it was published; somebody may have compressed it since (see ``output.lines``)."""

    lines: int
    bytes: int
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a reader has come: through all files before *sequence*, and *line* lines of that file."""

    sequence: int = 1
    line: int = 0


class PublishedFiles:
    """The published files of a store, for readers outside a crawl; to be closed after use."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder

    @classmethod
    @contextmanager
    def open(cls, url: str, folder: Path) -> Iterator[PublishedFiles]:
        """Open the store at *url* (empty: in *folder* itself); raise OutputError where there is none."""
        with existing_store(url, folder) as database:
            yield cls(database, folder)

    def after(self, sequence: int = 0, limit: int | None = None) -> list[PublishedFile]:
        """Return the files that were published after number *sequence*, in order; at most *limit*."""
        with self.database.read() as connection:
            return published_after(connection, self.database, self.folder, sequence, limit)

    def cursor(self, consumer: str) -> Cursor:
        """Return how far *consumer* has come; a new one stands before the first file."""
        with self.database.read() as connection:
            row = connection.execute(select(consumers).where(consumers.c.name == consumer)).one_or_none()
        return Cursor(row.sequence, row.line) if row else Cursor()

    def advance(self, consumer: str, cursor: Cursor) -> None:
        """Remember how far *consumer* has come; it is on disk when this returns."""
        values = {"name": consumer, "sequence": cursor.sequence, "line": cursor.line}
        with self.database.write() as connection:
            connection.execute(upsert(connection, consumers), values)


def published_after(
    connection: Connection, database: Database, folder: Path, sequence: int, limit: int | None = None
) -> list[PublishedFile]:
    """Return the files after number *sequence*; those that stand beside the store are looked for in *folder*."""
    statement = select(files).where(files.c.sequence > sequence).order_by(files.c.sequence).limit(limit)
    return [
        PublishedFile(
            row.sequence,
            row.run_id,
            database.folder_path(row.folder, folder) / row.path,
            row.lines,
            row.bytes,
            row.published_at,
        )
        for row in connection.execute(statement)
    ]


def number_file(
    connection: Connection, database: Database, folder: Path, output: RunOutput, at: datetime, wanted: int | None = None
) -> int:
    """Return the sequence number of a run's article file; give it the next one where it has none yet.

    *wanted*: the number that its manifest has, from a store that is gone; kept where no other file has it.
    """
    number: int | None = connection.scalar(select(files.c.sequence).where(files.c.run_id == output.run_id))
    if number is not None:
        return number
    if wanted is None or connection.scalar(select(files.c.run_id).where(files.c.sequence == wanted)):
        wanted = (connection.scalar(select(func.max(files.c.sequence))) or 0) + 1
    row = {
        "sequence": wanted,
        "run_id": output.run_id,
        "folder": database.folder_name(folder),
        "path": output.articles.path.relative_to(folder).as_posix(),
        "lines": output.articles.lines,
        "bytes": output.articles.size,
        "published_at": at,
    }
    connection.execute(files.insert().values(row))
    return wanted

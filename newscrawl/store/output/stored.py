"""The lines of a run whose store machines share: they stay in the database until their file is published.

A machine that is lost takes no line with it: whoever finds its run dead writes the file. The lines of a batch are one
row, compressed: of a story, a quarter of the work of a row for each line, and a third of its disk and log.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import zstandard
from sqlalchemy import Connection, delete, func, select

from newscrawl.errors import OutputError
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.faults import faults
from newscrawl.store.backend.schema import forgotten
from newscrawl.store.backend.schema import lines as table
from newscrawl.store.output.lease import SHARED_RENEW_S
from newscrawl.store.output.runfile import sync_folder

LEVEL = 1  # of compression: the next one takes twice as long, and saves a twentieth
ARTICLES, REJECTED = 0, 1  # which of the two files of a run a line is for
AT_ONCE = 20  # rows that are read together, each with the lines of a batch


class StoredFile:
    """One file of a run, as :class:`~newscrawl.store.output.runfile.RunFile`: it is made when it is published."""

    def __init__(self, path: Path, database: Database, run_id: str, kind: int, size: int = 0, lines: int = 0) -> None:
        self.path = path
        self.part = path.with_name(path.name + ".part")
        self.database = database
        self.run_id = run_id
        self.kind = kind
        self.size = size
        self.lines = lines
        self.taken_down: frozenset[str] = frozenset()
        """The articles that the file was written without."""

        self.keep_alive: Callable[[], None] = lambda: None
        """Called from time to time while the file is written, which takes long where a run was long."""

    def add(self, connection: Connection, lines: Sequence[bytes]) -> int:
        """Put *lines* behind those that are there; return the size that the store is to record."""
        data = b"".join(lines)
        if data:
            packed = zstandard.ZstdCompressor(LEVEL).compress(data)
            row = {"run_id": self.run_id, "kind": self.kind, "position": self.lines + 1, "data": packed}
            connection.execute(table.insert(), row)
        return self.size + len(data)

    def sync(self) -> None:
        """Do nothing: the commit brings the lines to the disk."""

    def tail(self) -> list[bytes]:
        """Return the whole lines behind the recorded size: none can be there."""
        return []

    def short(self) -> bool:
        """Tell whether lines are missing that the store has recorded: they are recorded together."""
        return False

    def stored(self) -> Iterator[bytes]:
        """Yield the lines in their order, many at once, without those of articles that were taken down meanwhile.

        The size and the lines of the file are then those that are left.
        """
        after, renewed_at = 0, time.monotonic()
        with self.database.read() as connection:
            self.taken_down = frozenset(connection.scalars(select(forgotten.c.id)))
        columns = select(table.c.position, table.c.data).order_by(table.c.position).limit(AT_ONCE)
        while True:
            which = (table.c.run_id == self.run_id, table.c.kind == self.kind, table.c.position > after)
            with self.database.read() as connection:
                rows = connection.execute(columns.where(*which)).all()
            if not rows:
                return
            for row in rows:
                yield self.kept(zstandard.decompress(row.data))
            after = rows[-1].position
            if time.monotonic() > renewed_at + SHARED_RENEW_S:
                self.keep_alive()
                renewed_at = time.monotonic()

    def kept(self, data: bytes) -> bytes:
        """Return *data* without the lines of articles that were taken down."""
        if self.kind != ARTICLES or not any(key.encode() in data for key in self.taken_down):
            return data
        lines = data.splitlines(keepends=True)
        left = [line for line in lines if json.loads(line).get("id") not in self.taken_down]
        kept = b"".join(left)
        self.size, self.lines = self.size - len(data) + len(kept), self.lines - len(lines) + len(left)
        return kept

    def is_current(self, connection: Connection) -> bool:
        """Tell whether nothing was taken down since the file was written; where no takedown overlaps."""
        return connection.scalar(select(func.count()).select_from(forgotten)) == len(self.taken_down)

    def publish(self) -> Path | None:
        """Write the file under its final name; None where nothing was ever recorded.

        A file that is there already, of one that was killed behind this point, is written again: it is the same.
        """
        if not self.size:
            return None
        written = 0
        with faults(self.part):
            self.part.parent.mkdir(parents=True, exist_ok=True)
            with self.part.open("wb") as file:
                for lines in self.stored():
                    written += file.write(lines)
                file.flush()
                os.fsync(file.fileno())
        if written == 0 and self.size and self.path.exists():  # another has completed this run while we were away
            self.part.unlink()
            return self.path
        if written != self.size:
            raise OutputError(f"the store has {written} bytes of {self.path.name}, and {self.size} are recorded")
        with faults(self.path):
            self.part.rename(self.path)
            for folder in (self.path.parent, self.path.parent.parent, self.path.parent.parent.parent):
                sync_folder(folder)
        return self.path

    def close(self) -> None:
        """Do nothing: no file is open."""


def forget_lines(connection: Connection, run_id: str) -> None:
    """Drop the lines of a run whose files are published."""
    connection.execute(delete(table).where(table.c.run_id == run_id))

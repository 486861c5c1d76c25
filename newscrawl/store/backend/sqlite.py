"""SQLite: one file beside the articles, shared by the runs of one machine."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.pool import StaticPool

from newscrawl.errors import OutputError
from newscrawl.store.backend.faults import faults

BUSY_S = 60.0  # how long a transaction waits for another run's; each takes milliseconds, the longest seen 3 s
PAGE_SIZE = "PRAGMA page_size = 4096"  # bytes: a new story changes a page of the index for each of its passages
PRAGMAS = (
    "PRAGMA synchronous = FULL",  # a commit is on disk when it returns: NORMAL may forget it after a power loss
    "PRAGMA cache_size = -16384",  # KiB: full by 10,000 stories, so that a run of 100,000 needs no more memory
    "PRAGMA wal_autocheckpoint = 4000",  # pages: 16 MiB of log between two checkpoints, each of which syncs twice
    "PRAGMA journal_size_limit = 67108864",
)


class SQLite:
    """The engine of one machine."""

    is_shared = False

    def __init__(self, url: URL, *, read_only: bool = False) -> None:
        self.path = Path(url.database) if url.database and url.database != ":memory:" else None
        self.name = str(self.path or "in memory")
        self.mode = "DEFERRED"
        where = read_only_url(self.path) if read_only and self.path else url
        self.engine = create_engine(
            where, poolclass=StaticPool, connect_args={"check_same_thread": False, "timeout": BUSY_S}
        )
        event.listen(self.engine, "connect", connected_read_only if read_only else connected)
        event.listen(self.engine, "begin", lambda connection: connection.exec_driver_sql(f"BEGIN {self.mode}"))

    def connect(self) -> Connection:
        """Open the file; a new one is made."""
        with faults(self.name):
            connection = self.engine.connect()
            self.inode = self.path.stat().st_ino if self.path else None
        return connection

    @contextmanager
    def write(self, connection: Connection, *, lock: str | None = None, take: bool = True) -> Iterator[None]:
        """Open a transaction that no other run's can overlap: SQLite knows no other, whatever *lock* says."""
        self.check_identity()
        self.mode = "IMMEDIATE"
        with faults(self.name), connection.begin():
            yield

    @contextmanager
    def read(self, connection: Connection) -> Iterator[None]:
        """Open a snapshot: writers go on meanwhile."""
        self.mode = "DEFERRED"
        with faults(self.name), connection.begin():
            yield

    def check_identity(self) -> None:
        """Refuse to write into a file that somebody deleted or replaced: the next run could not know of it."""
        if self.path is None:
            return
        try:
            inode = os.stat(self.path).st_ino  # noqa: PTH116  # 1 microsecond instead of 4, at every transaction
        except FileNotFoundError:
            inode = -1
        if inode != self.inode:
            raise OutputError(f"the store {self.path} was deleted or replaced while this run used it: start it again")

    def copy_to(self, connection: Connection, path: Path) -> None:
        """Write a copy of the store to the new file *path*."""
        with faults(self.name), contextlib.closing(sqlite3.connect(path)) as target:
            source: Any = connection.connection.driver_connection
            source.backup(target)


def connected(connection: Any, _record: object) -> None:
    """Set up a new SQLite connection: write-ahead log, page size and our pragmas."""
    connection.isolation_level = None  # the begin event says how each transaction begins
    connection.execute(PAGE_SIZE)  # of a new store, before its first page
    for attempt in range(50):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except Exception as error:  # two runs that make the store at once: SQLite does not wait here by itself
            if "locked" not in str(error) or attempt == 49:
                raise
            time.sleep(0.1)
    for pragma in PRAGMAS:
        connection.execute(pragma)


def connected_read_only(connection: Any, _record: object) -> None:
    """Set up a SQLite connection that refuses to write."""
    connection.isolation_level = None
    connection.execute("PRAGMA query_only = ON")


def read_only_url(path: Path) -> str:
    """Return the URL that reads *path* without making files beside it; with no log there, nobody writes."""
    logged = path.with_name(path.name + "-wal").exists()
    mode = {"mode": "ro"} if logged else {"immutable": "1"}
    return str(URL.create("sqlite", database=f"file:{quote(str(path.resolve()))}", query={**mode, "uri": "true"}))

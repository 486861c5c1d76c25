"""The connection: the only module that knows which SQL engine stands behind the store.

What another engine needs: a transaction that excludes other writers from its first statement, an insert that minds
conflicts, and a list of numbers as one parameter. SQLite's are below.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, ColumnElement, Connection, Table, create_engine, event, func, literal_column, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from newscrawl.errors import OutputError
from newscrawl.store.backend.faults import faults

BUSY_S = 60.0  # how long a transaction waits for another run's; each takes milliseconds, the longest seen 3 s
PAGE_SIZE = "PRAGMA page_size = 4096"  # bytes: a new story changes a page of the index for each of its passages
PRAGMAS = (
    "PRAGMA synchronous = FULL",  # a commit is on disk when it returns: NORMAL may forget it after a power loss
    "PRAGMA cache_size = -65536",  # 64 MiB: the index of 100,000 stories stays in memory
    "PRAGMA wal_autocheckpoint = 4000",  # pages: 16 MiB of log between two checkpoints, each of which syncs twice
    "PRAGMA journal_size_limit = 67108864",
)
INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert(connection: Connection, table: Table) -> Any:
    """Return an INSERT that has ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    return INSERTS[connection.dialect.name](table)


def among(connection: Connection, column: ColumnElement[int], numbers: Collection[int]) -> ColumnElement[bool]:
    """Return the clause that *column* is one of *numbers*, however many.

    SQLite takes them as one parameter: one for each costs twice as much as the search itself.
    """
    if connection.dialect.name != "sqlite":
        return column.in_(numbers)
    values = func.json_each(json.dumps([*numbers])).table_valued("value")
    return column.in_(select(values.c.value))


def store_clock(connection: Connection) -> int:
    """Return the time of the store's clock in seconds since 1970: one clock for all machines that share the store."""
    now = "strftime('%s', 'now')" if connection.dialect.name == "sqlite" else "extract(epoch FROM clock_timestamp())"
    return int(connection.execute(select(literal_column(now))).scalar_one())


def insert_all(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert *rows*, each with the values of *table*'s columns in their order: half the cost of rows as dicts."""
    if not rows:
        return
    if connection.dialect.positional:
        connection.exec_driver_sql(str(table.insert().compile(dialect=connection.dialect)), [*rows])
    else:
        connection.execute(table.insert(), [dict(zip(table.columns.keys(), row, strict=True)) for row in rows])


class Database:
    """One connection to the store, for one thread."""

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        try:
            parsed = make_url(url)
        except ArgumentError:
            raise OutputError(
                f"NEWSCRAWL_STORE is no SQLAlchemy URL: {url!r}; try sqlite:////path/to/state.sqlite"
            ) from None
        if parsed.get_backend_name() != "sqlite":
            raise OutputError(f"NEWSCRAWL_STORE names {parsed.get_backend_name()!r}; only sqlite is supported yet")
        self.path = Path(parsed.database) if parsed.database and parsed.database != ":memory:" else None
        self.mode = "DEFERRED"
        where = read_only_url(self.path) if read_only and self.path else parsed
        self.engine = create_engine(
            where, poolclass=StaticPool, connect_args={"check_same_thread": False, "timeout": BUSY_S}
        )
        event.listen(self.engine, "connect", connected_read_only if read_only else connected)
        event.listen(self.engine, "begin", lambda connection: connection.exec_driver_sql(f"BEGIN {self.mode}"))
        with faults(self.path or "in memory"):
            self.connection = self.engine.connect()
            self.inode = self.path.stat().st_ino if self.path else None

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction that no other run's can overlap; commit it, or roll it back when an exception leaves."""
        self.check_identity()
        self.mode = "IMMEDIATE"
        with faults(self.path or "in memory"), self.connection.begin():
            yield self.connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a snapshot: writers go on meanwhile."""
        self.mode = "DEFERRED"
        with faults(self.path or "in memory"), self.connection.begin():
            yield self.connection

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

    def folder_name(self, folder: Path) -> str:
        """Return how the store calls an output folder: "" where it stands there itself, so that both can be moved."""
        beside = self.path is not None and self.path.resolve().parent == folder.resolve()
        return "" if beside else str(folder.resolve())

    def folder_path(self, name: str, otherwise: Path) -> Path:
        """Return the output folder that the store calls *name*; *otherwise* for "" of a store that is no file."""
        if name:
            return Path(name)
        return self.path.parent if self.path else otherwise

    def copy_to(self, path: Path) -> None:
        """Write a copy of the store to the new file *path*."""
        with faults(self.path or "in memory"), contextlib.closing(sqlite3.connect(path)) as target:
            source: Any = self.connection.connection.driver_connection
            source.backup(target)

    def close(self) -> None:
        """Close the connection; the database cannot be used any more."""
        self.connection.close()
        self.engine.dispose()


def has_store(url: str) -> bool:
    """Tell whether a store exists at *url*, so far as this can be told without opening it."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return True  # Database says what is wrong with it
    return parsed.get_backend_name() != "sqlite" or Path(parsed.database or "").exists()


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


def sqlite_url(path: Path) -> str:
    """Return the URL of the database file *path*, whatever signs its name has."""
    return str(URL.create("sqlite", database=str(path)))

"""The connection to the store, whichever SQL engine stands behind it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import URL, Connection
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from newscrawl.errors import OutputError
from newscrawl.store.backend.postgres import POSTGRES, LockName, Postgres
from newscrawl.store.backend.sqlite import SQLite


class Database:
    """One connection to the store, for one thread."""

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        parsed = parsed_url(url)
        self.backend: SQLite | Postgres = (
            Postgres(parsed) if parsed.get_backend_name() == POSTGRES else SQLite(parsed, read_only=read_only)
        )
        self.connection = self.backend.connect()
        self.reconnected: Callable[[], None] = lambda: None
        """Called when a new connection has taken the place of one that was lost."""

        self.bucket = ""
        """The address in object storage to which published files are copied; empty: none."""

    @property
    def is_shared(self) -> bool:
        """Whether runs on other machines use this store, so that nothing may stand in their folders alone."""
        return self.backend.is_shared

    @property
    def name(self) -> str:
        """What the store is called in a sentence for a person: its file, or its URL without the password."""
        return self.backend.name

    @property
    def path(self) -> Path | None:
        """The store's file; None where it is none."""
        return self.backend.path

    @contextmanager
    def write(self, *, lock: LockName | None = "writers", take: bool = True) -> Iterator[Connection]:
        """Open a transaction, commit it, or roll it back when an exception leaves; on disk when this ends.

        No other run's with the same *lock* can overlap it, where the engine knows more than one lock. *take*: see
        :meth:`newscrawl.store.backend.postgres.Postgres.write`.
        """
        with self.backend.write(self.connection, lock=lock, take=take):
            yield self.connection

    def opening(self, lock: LockName | None) -> str:
        """Return what a transaction under *lock* selects first; empty where the engine needs nothing."""
        return self.backend.opening(lock) if isinstance(self.backend, Postgres) else ""

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a snapshot: writers go on meanwhile."""
        with self.backend.read(self.connection):
            yield self.connection

    def reconnect(self) -> None:
        """Connect anew after a connection was lost; raise OutputError where the database stays gone."""
        if isinstance(self.backend, Postgres):
            self.connection = self.backend.reconnect(self.connection)
            self.reconnected()

    @property
    def clock_offset_s(self) -> float:
        """How far the store's clock is ahead of this machine's; 0 where they are one."""
        return self.backend.clock_offset_s if isinstance(self.backend, Postgres) else 0.0

    @property
    def answering_s(self) -> float:
        """For how long it has answered since it last stood still, as far as this process knows."""
        return self.backend.standstill.answering_s if isinstance(self.backend, Postgres) else math.inf

    @property
    def ahead(self) -> timedelta:
        """The same in whole seconds, as times are kept."""
        return timedelta(seconds=round(self.clock_offset_s))

    def clock(self, own: Callable[[], float]) -> Callable[[], float]:
        """Return the clock *own* of this machine, set right by that of the store."""
        return lambda: own() + self.clock_offset_s

    def folder_name(self, folder: Path) -> str:
        """Return how the store calls an output folder: "" where it stands there itself, so that both can be moved."""
        beside = self.path is not None and self.path.resolve().parent == folder.resolve()
        return "" if beside else str(folder.resolve())

    def folder_path(self, name: str, otherwise: Path) -> Path:
        """Return the output folder that the store calls *name*; *otherwise* for "" of a store that is no file."""
        if name:
            return Path(name)
        return self.path.parent if self.path else otherwise

    def close(self) -> None:
        """Close the connection; the database cannot be used any more."""
        if isinstance(self.backend, Postgres):
            self.backend.standstill.close()
        self.connection.close()
        self.backend.engine.dispose()


def parsed_url(url: str) -> URL:
    """Return *url* taken apart; raise OutputError where it names no engine that we know."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise OutputError(
            f"NEWSCRAWL_STORE is no SQLAlchemy URL: {url!r}; try sqlite:////path/to/state.sqlite or "
            "postgresql+psycopg://user@host/database"
        ) from None
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite", POSTGRES, f"{POSTGRES}+psycopg"):
        raise OutputError(
            f"NEWSCRAWL_STORE names {parsed.drivername!r}; set it to sqlite:////path or "
            "postgresql+psycopg://user@host/database"
        )
    return parsed


def is_shared(url: str) -> bool:
    """Tell whether the store at *url* is one that machines share."""
    return parsed_url(url).get_backend_name() == POSTGRES


def has_store(url: str) -> bool:
    """Tell whether a store exists at *url*, so far as this can be told without opening it."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return True  # Database says what is wrong with it
    return parsed.get_backend_name() != "sqlite" or Path(parsed.database or "").exists()


def sqlite_url(path: Path) -> str:
    """Return the URL of the database file *path*, whatever signs its name has."""
    return str(URL.create("sqlite", database=str(path)))

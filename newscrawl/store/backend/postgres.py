"""PostgreSQL: one database for the runs of many machines.

Transactions that decide what is known hold one advisory lock, as SQLite's writer does. They commit without waiting for
the disk, so that the lock is short, and wait for it when the lock is gone: what many runs wait for at once is one sync.
Since the log is in the order of the commits, nothing can survive a crash that was decided by something that did not.
"""

from __future__ import annotations

import logging
import os
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Literal
from zlib import crc32

from sqlalchemy import URL, Connection, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from newscrawl.errors import OutputError
from newscrawl.store.backend.faults import LOST, ConnectionLost, faults, first_line
from newscrawl.store.backend.standstill import ANSWER_S, Standstill

logger = logging.getLogger(__name__)

POSTGRES = "postgresql"
GONE_S = 300.0  # for so long a database that went away is waited for: a restart takes seconds, a failover a minute
STARTING_S = 60.0  # and one that says that it is about to be there, at the start of a run
SILENT_S = 10.0  # and one that does not answer: it may be restarted, or its name may be wrong
PAUSES_S = (0.1, 0.2, 0.5, 1.0, 2.0)  # between tries; the last one again and again
SOON = ("starting up", "shutting down", "in recovery", "not yet accepting")
SETTINGS = """
SET synchronous_commit = off; SET jit = off; SET timezone = 'UTC';
SET lock_timeout = '120s'; SET idle_in_transaction_session_timeout = '60s';
SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3
"""  # a worker that stands still in a transaction must not stop the others
CONNECT = {"connect_timeout": "10", "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3"}
WRITERS = "newscrawl writers"
LockName = Literal["writers", "claims"]
"""What the transactions of runs take in turn: *writers* decide what is known, *claims* who has a source or a host."""

LOCKS: dict[LockName, int] = {"writers": 0, "claims": 1}
WAIT = "set_config('synchronous_commit', 'on', true)"
WAIT_FOR_OTHERS = f"{WAIT}, pg_logical_emit_message(true, 'newscrawl', '')"
"""The message makes a transaction that only reads wait for the disk, too: for all that it may have read."""

OPEN: weakref.WeakSet[Postgres] = weakref.WeakSet()


class Postgres:
    """The engine of many machines."""

    is_shared = True
    path = None

    def __init__(self, url: URL) -> None:
        self.name = url.set(query={}).render_as_string(hide_password=True)
        where = url.set(drivername=f"{POSTGRES}+psycopg").update_query_dict(
            {name: value for name, value in CONNECT.items() if name not in url.query}
        )
        if "application_name" not in url.query:
            where = where.update_query_dict({"application_name": "newscrawl"})
        try:
            self.engine = create_engine(where, poolclass=NullPool)
        except ModuleNotFoundError as error:
            raise OutputError(
                f"NEWSCRAWL_STORE asks for PostgreSQL, and {error.name} is missing: pip install 'newscrawl[postgres]'"
            ) from None
        event.listen(self.engine, "connect", self.connected)
        self.has_standby = (
            len([name for names in url.normalized_query.get("host", ()) for name in names.split(",")]) > 1
        )
        """Whether one of several servers may be about to take another's place."""

        self.driver: Any = None
        self.pid = 0
        """Of the server's process for this connection."""

        self.standstill = Standstill(self, lambda: GONE_S)
        self.scope = 0
        self.clock_offset_s = 0.0
        OPEN.add(self)

    def connect(self, patience_s: float | None = None) -> Connection:
        """Connect; a database that does not answer is waited for, longer where it says that it is about to.

        *patience_s*: it was there before, and is waited for so long, whatever it says.
        """
        began, tries = time.monotonic(), 0
        while True:
            try:
                connection = self.connect_once()
                if time.monotonic() > began + ANSWER_S:
                    self.standstill.silent_at = time.monotonic()
                return connection
            except OutputError as error:
                is_soon = self.has_standby or any(words in str(error) for words in SOON)
                told = STARTING_S if is_soon else 0.0
                silent = SILENT_S if isinstance(error, ConnectionLost) else 0.0
                if time.monotonic() > began + (max(told, silent) if patience_s is None else patience_s):
                    raise
            time.sleep(PAUSES_S[min(tries, len(PAUSES_S) - 1)])
            tries += 1

    def connect_once(self) -> Connection:
        with faults(self.name):
            connection = self.engine.connect()
            try:
                row = connection.execute(
                    text(
                        "SELECT current_schema(), extract(epoch FROM clock_timestamp()), pg_is_in_recovery(), "
                        "pg_backend_pid()"
                    )
                ).one()
                connection.rollback()
            except BaseException:
                connection.close()
                raise
        if row[0] is None:
            raise OutputError(f"the store {self.name} has no schema to work in: create one, or mend its search_path")
        if row[2]:
            raise OutputError(f"the store {self.name} is in recovery, and takes no writes: name the primary")
        self.driver = connection.connection.driver_connection
        self.scope = signed(crc32(f"{WRITERS} {row[0]}".encode()))
        self.clock_offset_s = float(row[1]) - time.time()
        self.pid = row[3]
        return connection

    def reconnect(self, lost: Connection) -> Connection:
        """Return a new connection in the place of *lost*; raise OutputError where the database stays gone."""
        with suppress(Exception):
            lost.invalidate()
        with suppress(Exception):
            lost.close()
        logger.warning("the connection to the store %s is lost; it is tried again for %.0f s", self.name, GONE_S)
        return self.connect(GONE_S)

    def connected(self, connection: Any, _record: object) -> None:
        """Set up a new connection: our settings, and strings as strangers write them."""
        from newscrawl.store.backend.strangers import TolerantDumper

        self.driver, self.pid = connection, connection.info.backend_pid
        connection.adapters.register_dumper(str, TolerantDumper)
        before, connection.autocommit = connection.autocommit, True
        connection.execute(SETTINGS, prepare=False)
        connection.autocommit = before

    def driver_of(self, connection: Connection) -> Any:
        """Return the driver's connection; one that was lost must not come back unnoticed, without its locks."""
        if connection.closed or connection.invalidated:
            raise ConnectionLost(f"the store {self.name} cannot be reached: its connection is lost")
        return connection.connection.driver_connection

    @contextmanager
    def talking(self, driver: Any) -> Iterator[None]:
        """Say in one sentence what the database refuses, also where we speak to its driver ourselves."""
        from psycopg import Error

        try:
            with faults(self.name):
                yield
        except Error as error:
            if driver.closed or (error.sqlstate or "").startswith(LOST):
                raise ConnectionLost(f"the store {self.name} cannot be reached: {first_line(str(error))}") from error
            raise

    @contextmanager
    def write(self, connection: Connection, *, lock: LockName | None = "writers", take: bool = True) -> Iterator[None]:
        """Open a transaction under *lock*; what it wrote is on disk when this ends.

        The writers' lock is free before the disk is waited for: they are many, and their transactions large. *take*:
        with False, the first statement of the block has :meth:`opening` among what it selects.
        """
        driver = self.driver_of(connection)
        ended = False
        try:
            with self.talking(driver):
                driver.isolation_level, driver.read_only = None, None
                with connection.begin() as transaction:
                    if take:
                        connection.exec_driver_sql(f"SELECT {self.opening(lock)}")
                    yield
                    ended = True
                    transaction.commit()
                if lock == "writers":
                    flush(driver)
        except ConnectionLost as error:
            error.in_commit = ended
            raise

    def opening(self, lock: LockName | None) -> str:
        """Return what a transaction selects first: its lock, and that its commit waits for the disk."""
        taken = f"pg_advisory_xact_lock({self.scope}, {LOCKS[lock]})" if lock else ""
        return taken if lock == "writers" else f"{taken}, {WAIT}" if lock else WAIT_FOR_OTHERS

    @contextmanager
    def read(self, connection: Connection) -> Iterator[None]:
        """Open a snapshot: writers go on meanwhile."""
        from psycopg import IsolationLevel

        driver = self.driver_of(connection)
        with self.talking(driver):
            driver.isolation_level, driver.read_only = IsolationLevel.REPEATABLE_READ, True
            with connection.begin():
                yield


def leave_to_parent() -> None:
    """Let go of the connections that a forked child inherited: with them open, a dead parent would seem to live."""
    for backend in list(OPEN):
        if backend.driver is not None and not backend.driver.closed:
            null = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
            os.dup2(null, backend.driver.fileno(), inheritable=False)
            os.close(null)
            backend.driver = None


os.register_at_fork(after_in_child=leave_to_parent)


def flush(driver: Any) -> None:
    """Wait until all that was committed before is on disk: a record in the log that is synced brings it there."""
    driver.autocommit = True
    try:
        driver.execute(
            "BEGIN; SET LOCAL synchronous_commit = on; SELECT pg_logical_emit_message(true, 'newscrawl', ''); COMMIT",
            prepare=False,
        )
    finally:
        with suppress(Exception):  # a connection that is lost
            driver.autocommit = False


def signed(number: int) -> int:
    """Return 32 bits as PostgreSQL's integer."""
    return number - (1 << 32) if number >> 31 else number


def try_lock(connection: Connection, scope: int, key: int) -> bool:
    """Take the advisory lock *key* for this connection, which keeps it until it ends; False where another has it."""
    taken = connection.exec_driver_sql("SELECT pg_try_advisory_lock(%s, %s)", (scope, key)).scalar()
    return bool(taken)


def unlock(connection: Connection, scope: int, key: int) -> None:
    """Give back an advisory lock."""
    connection.exec_driver_sql("SELECT pg_advisory_unlock(%s, %s)", (scope, key))


def end_holder(connection: Connection, scope: int, key: int) -> None:
    """End the connections that hold the advisory lock *key*, as of a machine that has vanished or stands still."""
    holders = (
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND granted "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
        "AND classid::bigint = %s AND objid::bigint = %s AND objsubid = 2 AND pid <> pg_backend_pid()"
    )
    with suppress(DBAPIError):
        connection.exec_driver_sql(holders, (scope & 0xFFFFFFFF, key & 0xFFFFFFFF)).all()

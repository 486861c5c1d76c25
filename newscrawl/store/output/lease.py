"""The lease of a run: until when it is believed to live, by the clock of the store, and a count of its writes."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, exists, select, text, update

from newscrawl.errors import OutputError
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.dialects import clock_of, store_clock
from newscrawl.store.backend.faults import ConnectionLost
from newscrawl.store.backend.postgres import LockName
from newscrawl.store.backend.schema import run_leases

LEASE_S = 120  # how long a run on another machine, or a stopped one, is believed to live
RENEW_S = 30  # between two renewals of a run that writes nothing
TRIES = 8  # of a question whose connection is lost each time: a database that restarts cuts it once
SHARED_RENEW_S = 5  # and of one whose store is on another machine: what it holds, others wait for


@cache
def this_host() -> str:
    """Return the name of this machine since it was started, the same for all processes that see each other's locks."""
    boot = ""
    with suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return f"{socket.gethostname()} {boot}".strip()


def take_lease(connection: Connection, database: Database, folder: Path, run_id: str) -> None:
    """Give a new run its lease."""
    values = {"run_id": run_id, "host": this_host(), "pid": os.getpid(), "folder": database.folder_name(folder)}
    connection.execute(run_leases.insert().values(**values, expires_at=store_clock(connection) + LEASE_S, writes=0))


@cache
def renewal(dialect: str, opening: str) -> Any:
    """Return the statement that renews a lease which nobody has made void, and selects *opening* before it does."""
    mine = run_leases.c.run_id == bindparam("run"), run_leases.c.expires_at > 0
    values = {"expires_at": clock_of(dialect) + bindparam("lease_s"), "writes": run_leases.c.writes + 1}
    statement = update(run_leases).where(*mine).values(values)
    if dialect == "sqlite":
        return statement
    first = text(f"(SELECT {opening}) AS opening")
    return statement.where(exists().select_from(first)).returning(run_leases.c.writes)


def renew_lease(connection: Connection, run_id: str, opening: str) -> int:
    """Renew a run's lease and count the write; return how many there were, where the engine says so.

    *opening*: what the transaction is to select first, where the engine has such. A lease that was made void while
    the lock in it was waited for is void. OutputError: another run took this one for dead and completed it.
    """
    dialect = connection.dialect.name
    done = connection.execute(renewal(dialect, opening), {"run": run_id, "lease_s": LEASE_S})
    writes = done.rowcount or None if dialect == "sqlite" else done.scalar()
    if writes is None:
        raise OutputError(
            f"run {run_id} stood still for over {LEASE_S} s, and another run has completed it: start again; what was "
            "not written stays pending"
        )
    return int(writes)


@contextmanager
def renewing(database: Database, run_id: str, *, lock: LockName | None = "writers") -> Iterator[Connection]:
    """Open a transaction of a living run, in which its lease is renewed.

    Where the connection is lost during the commit, the count of the run's writes says whether it was one.
    ConnectionLost: it was none, and the same may be tried again.
    """
    writes = 0
    try:
        with database.write(lock=lock, take=False) as connection:
            writes = renew_lease(connection, run_id, database.opening(lock))
            yield connection
    except ConnectionLost as error:
        if not error.in_commit or not is_written(database, run_id, writes):
            raise


def is_written(database: Database, run_id: str, writes: int) -> bool:
    """Connect anew and tell whether the write number *writes* of a run was committed."""
    for left in reversed(range(TRIES)):
        try:
            database.reconnect()
            with database.write(lock=None) as connection:  # it is on disk, too, when this ends
                mine = select(run_leases.c.writes).where(run_leases.c.run_id == run_id)
                counted: int | None = connection.scalar(mine)
        except ConnectionLost:
            if not left:
                raise
        else:
            return counted is None or counted >= writes  # without a lease it has ended, which was its last write
    return False


def void_lease(connection: Connection, run_id: str) -> None:
    """End the lease of a run whose files are still to be completed, by a run that can reach them."""
    connection.execute(update(run_leases).where(run_leases.c.run_id == run_id).values(expires_at=0))


def end_lease(connection: Connection, run_id: str) -> None:
    """Drop the lease of a run that ended."""
    connection.execute(delete(run_leases).where(run_leases.c.run_id == run_id))


def lease_of(database: Database, run_id: str) -> Row[Any] | None:
    """Return the lease of a run; None where it has none, as in older stores."""
    with database.read() as connection:
        return connection.execute(select(run_leases).where(run_leases.c.run_id == run_id)).one_or_none()


def folder_of(database: Database, lease: Row[Any] | None, otherwise: Path) -> Path:
    """Return the output folder of the run with *lease*; *otherwise* where it has none, as in older stores.

    *otherwise*, too, where machines share the store and this one cannot reach that folder: the lines are in the store.
    """
    if lease is None:
        return otherwise
    own = database.folder_path(lease.folder, otherwise)
    if database.is_shared and not (lease.host.split()[0] == this_host().split()[0] and (own / "runs").is_dir()):
        return otherwise
    return own

"""Tells living runs from dead ones: each has a lease beside the store, which it renews, and a lock on its machine.

On the machine of a run its lock says at once whether it lives. Elsewhere, or where the lock's folder cannot be seen,
its lease is believed until it expires, by the clock of the store.
"""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from newscrawl.errors import OutputError
from newscrawl.store.backend.database import Database, store_clock
from newscrawl.store.backend.schema import run_leases
from newscrawl.store.output.run_output import runs_path
from newscrawl.store.output.runlock import RunLock

LEASE_S = 120  # how long a run on another machine, or a stopped one, is believed to live
RENEW_S = 30  # between two renewals of a run that writes nothing


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
    connection.execute(run_leases.insert().values(**values, expires_at=store_clock(connection) + LEASE_S))


def renew_lease(connection: Connection, run_id: str) -> None:
    """Renew a run's lease; raise OutputError where another run took it for dead and completed it."""
    mine = update(run_leases).where(run_leases.c.run_id == run_id, run_leases.c.expires_at > 0)
    if not connection.execute(mine.values(expires_at=store_clock(connection) + LEASE_S)).rowcount:
        raise OutputError(
            f"run {run_id} stood still for over {LEASE_S} s, and another run has completed it: start again; what was "
            "not written stays pending"
        )


def void_lease(connection: Connection, run_id: str) -> None:
    """End the lease of a run whose files are still to be completed, by a run that can reach them."""
    connection.execute(update(run_leases).where(run_leases.c.run_id == run_id).values(expires_at=0))


def end_lease(connection: Connection, run_id: str) -> None:
    """Drop the lease of a run that ended."""
    connection.execute(delete(run_leases).where(run_leases.c.run_id == run_id))


def folder_of(database: Database, lease: Row[Any] | None, otherwise: Path) -> Path:
    """Return the output folder of the run with *lease*; *otherwise* where it has none, as in older stores."""
    return otherwise if lease is None else database.folder_path(lease.folder, otherwise)


def lock_of_dead(database: Database, folder: Path, run_id: str) -> tuple[RunLock | None, bool]:
    """Return the lock of a run that is dead, and whether it is dead.

    The lock is None where the run lives, and where its folder cannot be seen from here.
    """
    with database.read() as connection:
        lease = connection.execute(select(run_leases).where(run_leases.c.run_id == run_id)).one_or_none()
        expired = lease is None or lease.expires_at <= store_clock(connection)
    path = runs_path(folder_of(database, lease, folder), run_id, ".lock")
    if path.exists() and (expired or lease is None or lease.host == this_host()):
        lock = RunLock.of_dead(path)
        return lock, lock is not None
    if not expired:
        return None, False
    return (RunLock.of_dead(path), True) if path.parent.is_dir() else (None, True)

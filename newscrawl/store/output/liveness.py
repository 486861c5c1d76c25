"""Tells living runs from dead ones: each has a lease beside the store, and a lock.

The lock of a store that is a file is a file, too: on the machine of a run it says at once whether the run lives.
Elsewhere, or where the lock's folder cannot be seen, the lease is believed until it expires. The lock of a store that
machines share is one of the database, which drops it with the connection: a run that is killed is known to be dead some
seconds later, one whose machine has vanished when its lease has expired.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol
from zlib import crc32

from sqlalchemy import Connection, Row, func, select

from newscrawl.store.backend.database import Database
from newscrawl.store.backend.dialects import store_clock
from newscrawl.store.backend.faults import ConnectionLost, faults
from newscrawl.store.backend.postgres import Postgres, end_holder, signed, try_lock, unlock
from newscrawl.store.output.lease import LEASE_S, folder_of, lease_of, this_host
from newscrawl.store.output.run_output import runs_path
from newscrawl.store.output.runlock import RunLock

PATIENCE_S = 0.2  # within which the database notices that the connection of a process that was killed is gone
GRACE_S = 15  # after its last renewal a run without a connection may be about to have one again
STARTED = select(func.floor(func.extract("epoch", func.pg_postmaster_start_time())))


class Lock(Protocol):
    """What a living run holds."""

    def release(self) -> None:
        """Drop the lock for good."""

    def forget(self) -> None:
        """Let go of it as a process that dies does."""


class DatabaseLock:
    """The lock of a run in a store that machines share."""

    def __init__(self, database: Database, run_id: str) -> None:
        assert isinstance(database.backend, Postgres)
        self.database = database
        self.scope = signed(database.backend.scope & 0xFFFFFFFF ^ 0x52554E53)
        self.key = signed(crc32(run_id.encode()))

    def take(self) -> bool:
        """Take the lock; False where another connection has it."""
        end = time.monotonic() + PATIENCE_S
        while True:
            with self.database.read() as connection:
                if try_lock(connection, self.scope, self.key):
                    return True
            if time.monotonic() > end:
                return False
            time.sleep(PATIENCE_S / 10)

    def end_holder(self) -> None:
        """Take it from a connection whose machine has vanished or stands still."""
        with self.database.read() as connection:
            end_holder(connection, self.scope, self.key)

    def release(self) -> None:
        """Give it back; where the connection is lost, the lock is, too."""
        with suppress(ConnectionLost), self.database.read() as connection:
            unlock(connection, self.scope, self.key)

    def forget(self) -> None:
        """Do nothing: it ends with the connection."""


class NoLock:
    """None yet, or none of its own."""

    def release(self) -> None:
        """Do nothing."""

    def forget(self) -> None:
        """Do nothing."""


NO_LOCK = NoLock()


def hold_lock_file(folder: Path, run_id: str) -> Lock:
    """Take the lock of a new run of one machine."""
    with faults(folder):
        return RunLock.create(runs_path(folder, run_id, ".lock"))


def hold_lock(database: Database, run_id: str) -> Lock:
    """Take the lock of a run in a store that machines share; one that its lost connection still has ends with that."""
    if not database.is_shared:
        return NO_LOCK
    lock = DatabaseLock(database, run_id)
    lock.take()
    return lock


def lock_of_dead(database: Database, folder: Path, run_id: str) -> tuple[Lock | None, bool]:
    """Return the lock of a run that is dead, and whether it is dead.

    The lock is None where the run lives, and where its folder cannot be seen from here.
    """
    lease = lease_of(database, run_id)
    if database.is_shared:
        shared = DatabaseLock(database, run_id)
        with database.read() as connection:
            silent_s = silence_s(connection, lease)
        age_s = min(silent_s, database.answering_s) if silent_s is not None else None
        if age_s is not None and age_s < GRACE_S:
            return None, False
        if age_s is not None and age_s >= LEASE_S:
            shared.end_holder()
        return (shared, True) if shared.take() else (None, False)
    with database.read() as connection:
        expired = lease is None or lease.expires_at <= store_clock(connection)
    path = runs_path(folder_of(database, lease, folder), run_id, ".lock")
    if path.exists() and (expired or lease is None or lease.host == this_host()):
        lock = RunLock.of_dead(path)
        return lock, lock is not None
    if not expired:
        return None, False
    return (RunLock.of_dead(path), True) if path.parent.is_dir() else (None, True)


def silence_s(connection: Connection, lease: Row[Any] | None) -> int | None:
    """Return how long a run has not renewed its lease; None where it has none, or a void one.

    Time in which the database was not there does not count: nobody could renew anything. Time in which it stood still
    is for who asks to leave out: the database knows nothing of it.
    """
    if lease is None or lease.expires_at == 0:
        return None
    renewed = max(lease.expires_at - LEASE_S, int(connection.execute(STARTED).scalar_one()))
    return int(store_clock(connection) - renewed)

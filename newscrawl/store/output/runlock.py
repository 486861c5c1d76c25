"""Tells living runs from dead ones: each holds a lock that the kernel drops with its process.

``flock`` on ``runs/<run_id>.lock``. The descriptor is closed in every child, forked or executed, since a child that
kept it would keep a dead run alive.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import weakref
from pathlib import Path
from typing import ClassVar, Self


class RunLock:
    """The lock of one run, held until :meth:`release`."""

    open_locks: ClassVar[weakref.WeakSet[RunLock]] = weakref.WeakSet()

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self.descriptor = descriptor
        self.open_locks.add(self)

    @classmethod
    def create(cls, path: Path) -> Self:
        """Take the lock of a new run."""
        while True:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
            if lock := cls.lock(path, descriptor):
                return lock  # else one that cleans up took it for a dead run's, between open and flock

    @classmethod
    def of_dead(cls, path: Path) -> Self | None:
        """Take the lock of a run whose process is gone; None while it lives.

        A dead run's lock keeps two others from recovering it at once. A run without a lock file is dead too.
        """
        with contextlib.suppress(FileNotFoundError):
            return cls.lock(path, os.open(path, os.O_RDWR | os.O_CLOEXEC))
        return cls.create(path)

    @classmethod
    def lock(cls, path: Path, descriptor: int) -> Self | None:
        """Lock the open file, or close it and return None where another process has it."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(descriptor).st_ino == path.stat().st_ino:
                return cls(path, descriptor)
        except (BlockingIOError, FileNotFoundError):
            pass
        os.close(descriptor)
        return None

    def release(self) -> None:
        """Remove the file and drop the lock."""
        if self.descriptor >= 0:
            self.path.unlink(missing_ok=True)
            self.forget()

    def forget(self) -> None:
        """Close the file without removing it, which drops this process's lock."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


def close_in_child() -> None:
    """Close the locks that a forked child inherited: they are its parent's."""
    for lock in list(RunLock.open_locks):
        lock.forget()


os.register_at_fork(after_in_child=close_in_child)

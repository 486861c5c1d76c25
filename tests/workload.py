"""What the tests let workers do: the good, the slow, the greedy and the fatal."""

from __future__ import annotations

import ctypes
import os
import re
import time
from pathlib import Path


def double(number: int) -> int:
    return 2 * number


def pid() -> int:
    return os.getpid()


def sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def burn(seconds: float) -> None:
    """Spend processor time."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def stuck_in_c() -> object:
    """A regex that backtracks for ever: no signal handler of Python gets a turn."""
    return re.match(r"(a+)+$", "a" * 60 + "b")


def greedy(mib: int) -> int:
    return len(bytearray(mib << 20))


KEPT: list[bytearray] = []


def keep(mib: int) -> int:
    """Grow by *mib*, for good, as a library that leaks does."""
    KEPT.append(bytearray(b"x") * (mib << 20))
    return mib


def abort() -> None:
    os.abort()


def segfault() -> None:
    ctypes.string_at(0)


def leave() -> None:
    os._exit(3)


def fail() -> None:
    raise ValueError("told \x1b[31mso\n")


def deep(levels: int) -> int:
    return 1 + deep(levels - 1)


def unpicklable() -> object:
    return lambda: None


def open_files() -> list[str]:
    """What the worker's descriptors point to."""
    return [str(path.readlink()) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]


def announce(path: str) -> None:
    """Say by a file that this has begun, then sleep for ten minutes."""
    Path(path).touch()
    time.sleep(600)


def meet(data: bytes, folder: str, wanted: int) -> int:
    """Return how many of these tasks run at once: wait some seconds for *wanted*, and a moment for more."""
    mine = Path(folder, str(os.getpid()))
    mine.touch()
    seen = 0
    for look in range(100):
        seen = max(seen, sum(1 for _ in Path(folder).iterdir()))
        if seen >= wanted and look >= 5:
            break
        time.sleep(0.02)
    mine.unlink()
    return seen

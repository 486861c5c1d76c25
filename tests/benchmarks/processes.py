"""What a command and all processes that it started have cost."""

from __future__ import annotations

import contextlib
import ctypes
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.crawling import ROOT

PR_SET_CHILD_SUBREAPER = 36
LOOK_S, MEMORY_S = 0.02, 0.5
"""How often a command is looked at, and its memory, which takes milliseconds."""


class Spent(NamedTuple):
    """Seconds: by the clock, of the main process's processor time, and of all processes' together."""

    wall: float
    main: float
    all: float
    peak_mb: float = 0.0
    """Most memory that the main process had at once."""

    def __str__(self) -> str:
        return f"{self.wall:.2f} s, cpu {self.main:.2f}, all {self.all:.2f}"


class Watch:
    """Looks at a command and its processes while they run."""

    def __init__(self, seen: Callable[[], bool]) -> None:
        self.seen = seen
        self.seen_after: float | None = None
        """Seconds until *seen* was true for the first time."""

        self.peak_mb = 0.0
        """Most memory of all processes together, what they share counted once (PSS)."""

    def run(self, pid: int) -> None:
        """Watch the command with the process id *pid* until it ends."""
        began = looked = time.monotonic()
        while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
            time.sleep(LOOK_S)
            now = time.monotonic()
            if self.seen_after is None and self.seen():
                self.seen_after = now - began
            if now - looked >= MEMORY_S:
                looked = now
                self.peak_mb = max(self.peak_mb, sum(map(pss_mb, family(pid))))


def measured(command: Sequence[str], watch: Watch | None = None, codes: Sequence[int] = (0,)) -> Spent:
    """Run *command*, on Linux, and return what it took; *watch* looks at it meanwhile, *codes* are what it may end in.

    A crawl's workers end after it, and nobody waits for them: this process adopts them. Those that the crawl replaces
    midway (a thousandth of its pages) are not counted.
    """
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    others, began = children(), time.monotonic()
    with (
        tempfile.TemporaryFile("w+") as said,
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=said) as process,
    ):
        if watch is not None:
            watch.run(process.pid)
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        wall = time.monotonic() - began
        fields = Path(f"/proc/{process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        main, waited_for = (sum(map(int, fields[at : at + 2])) / os.sysconf("SC_CLK_TCK") for at in (11, 13))
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        assert process.returncode in codes, said.read()
    orphans = 0.0
    for child in children() - others:
        spent = os.wait4(child, 0)[2]
        orphans += spent.ru_utime + spent.ru_stime
    return Spent(wall, main, main + waited_for + orphans, usage.ru_maxrss / 1024)


def children(pid: int | None = None) -> set[int]:
    """Return the processes whose parent is *pid*, or this one, adopted ones included."""
    found: set[int] = set()
    with contextlib.suppress(OSError):  # it ended
        for path in Path(f"/proc/{pid or os.getpid()}/task").glob("*/children"):
            found.update(map(int, path.read_text("ascii").split()))
    return found


def family(pid: int) -> set[int]:
    """Return *pid* and all processes below it."""
    return {pid}.union(*(family(child) for child in children(pid)))


def pss_mb(pid: int) -> float:
    """Return the memory of a process in MB, what it shares with others in parts; 0 where it has ended."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0

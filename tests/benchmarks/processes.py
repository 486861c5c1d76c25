"""What a command and all processes that it started have cost."""

from __future__ import annotations

import ctypes
import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.crawling import ROOT

PR_SET_CHILD_SUBREAPER = 36


class Spent(NamedTuple):
    """Seconds: by the clock, of the main process's processor time, and of all processes' together."""

    wall: float
    main: float
    all: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} s, cpu {self.main:.2f}, all {self.all:.2f}"


def measured(command: Sequence[str]) -> Spent:
    """Run *command*, on Linux, and return what it took.

    A crawl's workers end after it, and nobody waits for them: this process adopts them. Those that the crawl replaces
    midway (a thousandth of its pages) are not counted.
    """
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    others, began = children(), time.monotonic()
    with (
        tempfile.TemporaryFile("w+") as said,
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=said) as process,
    ):
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        wall = time.monotonic() - began
        fields = Path(f"/proc/{process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        main, waited_for = (sum(map(int, fields[at : at + 2])) / os.sysconf("SC_CLK_TCK") for at in (11, 13))
        process.wait()
        said.seek(0)
        assert process.returncode == 0, said.read()
    orphans = 0.0
    for child in children() - others:
        spent = os.wait4(child, 0)[2]
        orphans += spent.ru_utime + spent.ru_stime
    return Spent(wall, main, main + waited_for + orphans)


def children() -> set[int]:
    """Return the processes whose parent is this one, adopted ones included."""
    pid = os.getpid()
    return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()))

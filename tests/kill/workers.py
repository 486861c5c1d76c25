"""Kill crawls with -9 and see how long their workers outlive them.

``python -m tests.kill.workers --kills 30 --busy 6`` prints one JSON line, and exits with 1 if a process of a crawl was
there five seconds after its main process was gone. ``--busy`` keeps so many processes of this script at work meanwhile.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parents[2]
PROMISED_S = 5.0
MARK = "NEWSCRAWL_TEST_KILL_MARK"
"""In the environment of a crawl and of all processes that it starts."""


def crawl(folder: Path, mark: str) -> subprocess.Popen[bytes]:
    """Start a crawl of the sample with three workers."""
    command = [sys.executable, "-m", "scrapy", "crawl", "sample", "-s", f"NEWSCRAWL_OUTPUT_DIR={folder}"]
    return subprocess.Popen(
        [*command, "-s", "NEWSCRAWL_WORKERS=3"],
        cwd=ROOT,
        env=os.environ | {MARK: mark},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def marked(mark: str, among: Sequence[psutil.Process] | None = None) -> list[psutil.Process]:
    """Return the processes that run and have *mark*; a dead one that nobody has waited for is none."""
    found = []
    for process in among if among is not None else psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.environ().get(MARK) == mark and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def kill_one(folder: Path, mark: str, workers: int, most_s: float) -> tuple[int, float, list[int]]:
    """Kill a crawl that has *workers* processes beside its main one, or soon before; return how many there were, how
    long the last of them lived on in seconds, and which live after *most_s*."""
    process = crawl(folder, mark)
    main = psutil.Process(process.pid)
    there: list[psutil.Process] = []
    while process.poll() is None and len(there := main.children(recursive=True)) < workers:
        time.sleep(0.005)
    process.kill()
    begin = time.monotonic()
    process.wait()
    left = marked(mark)
    while left and time.monotonic() - begin < most_s:
        time.sleep(0.01)
        left = marked(mark, left)
    lived_s = time.monotonic() - begin
    pids = [survivor.pid for survivor in left]
    for survivor in left:
        survivor.kill()
    return len(there), lived_s, pids


@contextlib.contextmanager
def busy(count: int, most_s: int = 1800) -> Iterator[None]:
    """Keep *count* processes at work, for *most_s* seconds of processor time at most."""
    program = f"import resource; resource.setrlimit(resource.RLIMIT_CPU, ({most_s}, {most_s}))\nwhile True: pass"
    running = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(count)]
    try:
        yield
    finally:
        for process in running:
            process.kill()
            process.wait()


def run(kills: int, folder: Path, *, seed: int = 7, most_s: float = 60.0) -> dict[str, Any]:
    """Kill *kills* crawls, at a moment between the start of the workers' parent and the last worker's."""
    chosen = random.Random(seed)
    found, lived, survivors, loads = 0, [0.0], 0, [os.getloadavg()[0]]
    for number in range(kills):
        there, lived_s, left = kill_one(folder, f"{os.getpid()}-{number}", chosen.randint(1, 4), most_s)
        found += there
        lived.append(lived_s)
        survivors += len(left)
        loads.append(os.getloadavg()[0])
    return {
        "kills": kills,
        "processes_there_at_the_kill": found,
        "survivors": survivors,
        "longest_s": round(max(lived), 3),
        "load": [round(min(loads), 1), round(max(loads), 1)],
    }


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--busy", type=int, default=0)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="newscrawl-kill-") as folder, busy(options.busy):
        result = run(options.kills, Path(folder), seed=options.seed)
    print(json.dumps(result))
    return 0 if result["survivors"] == 0 and result["longest_s"] < PROMISED_S else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Kill the store at every step of its transaction, and at random: ``python -m tests.kill.store --kills 500``.

Prints one JSON line; exits with 1 if anything was lost, repeated, torn, left over or wrongly counted, or if a process
ended otherwise than by our kill. ``--control`` judges a crawl that marks stories seen before they are written: it must
lose some, or the judge proves nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.kill.crawls import control_crawl, killer, store_crawl
from tests.kill.feed import Feed
from tests.kill.judge import judge

BATCH_STEPS = ("begun", "decided", "appended", "synced", "recorded", "committed")
STEPS = (*BATCH_STEPS, "renamed", "numbered", "manifested", "released")
HOSTS = ("a.example", "b.example")
Crawl = Callable[..., None]


def no_step(_name: str) -> None:
    pass


def spawn(crawl: Crawl, folder: Path, host: str, feed: Feed, step: Callable[[str], None], log: Path) -> int:
    """Run *crawl* in a process of its own: a fork, since 500 imports would take longer than 500 kills."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(descriptor, 1)
        os.dup2(descriptor, 2)
        random.seed()
        crawl(folder, host, feed, step)
        code = 0
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        import traceback

        traceback.print_exc()
    os._exit(code)


def harm_tail(folder: Path, chosen: random.Random) -> None:
    """Do to what no store has promised what a power loss may: cut it anywhere, or leave half a line."""
    with closing(sqlite3.connect(folder / "output" / "state.sqlite")) as store:
        running = store.execute("SELECT id, articles_bytes, rejected_bytes FROM runs WHERE status = 'running'")
        promised = {name: sizes for name, *sizes in running}
    for part in folder.glob("output/*/**/*.part"):
        floors, size = promised.get(part.name.split(".")[0], (0, 0)), part.stat().st_size
        floor = floors["rejected" in part.name]
        if chosen.random() < 0.5 and size > floor:
            os.truncate(part, chosen.randrange(floor, size))
        elif chosen.random() < 0.3:
            with part.open("ab") as file:
                file.write(b'{"url": "http://a.example/story/1", "title": "Half a li')


def run(kills: int, folder: Path, *, writers: int = 1, control: bool = False, seed: int = 7) -> dict[str, Any]:
    """Kill *kills* crawls, each time at the step that was hit least, or at a random moment; then judge."""
    chosen, feed, log = random.Random(seed), Feed(folder / "polls"), folder / "log"
    crawl = control_crawl if control else store_crawl
    steps = ("committed", "appended") if control else STEPS
    killed: Counter[str] = Counter()
    failed, began = 0, time.monotonic()
    while killed.total() < kills:
        name = min(("random", *steps), key=lambda name: (killed[name], chosen.random()))
        late = chosen.randrange(1, 10) if name in BATCH_STEPS else 1
        step = no_step if name == "random" else killer(name, late)
        children = [spawn(crawl, folder, host, feed, step, log) for host in HOSTS[:writers]]
        if name == "random":
            time.sleep(chosen.uniform(0, 0.4))
            for child in children:
                os.kill(child, signal.SIGKILL)
        for child in children:
            status = os.waitpid(child, 0)[1]
            killed[name] += os.WIFSIGNALED(status)
            failed += os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0
        if not control and (folder / "output" / "state.sqlite").exists():
            harm_tail(folder, chosen)
    for feed.frozen in (1, 2):  # nobody is killed any more; what failed is tried again
        for host in HOSTS[:writers]:
            status = os.waitpid(spawn(crawl, folder, host, feed, no_step, log), 0)[1]
            failed += status != 0
    said = log.read_text() if log.exists() else ""
    result = judge(folder, feed)
    return {
        "kills": killed.total(),
        "by_step": dict(killed),
        **result,
        "failed": failed,
        "said": said[:2000],
        "seconds": round(time.monotonic() - began, 1),
    }


def is_clean(result: dict[str, Any]) -> bool:
    wrong = ("lost", "repeated", "torn", "left_over", "wrong_sums", "failed", "said")
    return not any(result[name] for name in wrong) and result["published"] > 0


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--writers", type=int, choices=(1, 2), default=1)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--control", action="store_true")
    parser.add_argument("--keep", help="a folder to work in, which is kept")
    options = parser.parse_args(arguments)
    folder = Path(options.keep or tempfile.mkdtemp(prefix="newscrawl-kill-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        result = run(options.kills, folder, writers=options.writers, control=options.control, seed=options.seed)
    finally:
        if not options.keep:
            shutil.rmtree(folder)
    print(json.dumps(result))
    return 0 if is_clean(result) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

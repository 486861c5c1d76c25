"""Kill workers that share a PostgreSQL: ``python -m tests.kill.postgres --kills 60 --workers 3 [--troubles 10]``.

Each worker crawls a host of its own, into a folder of its own, and all publish the same stories. Workers are killed at
every step, at random, and by pairs; the folders of some are deleted with all that was not published in them; now and
then the database crashes and starts again, or cuts all connections, while they work. Two clean runs of each follow.

Prints one JSON line; exits with 1 if anything was lost, repeated, torn or wrongly counted, if lines are left in the
database, or if a worker ended otherwise than by our kill.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from newscrawl.store.output import liveness
from tests.kill.crawls import killer, store_crawl
from tests.kill.feed import Feed
from tests.kill.judge import judge
from tests.kill.store import BATCH_STEPS, STEPS, is_clean, no_step, spawn
from tests.postgres import Server

GRACE_S = 0.3  # a worker of this test is dead sooner, so that the next one need not wait
MOST_FAILED = 5  # workers that ended otherwise than by our kill, after which it is given up
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'newscrawl'"


class Database(Protocol):
    """What the workers share."""

    def url(self) -> str:
        """Return the URL of the store."""

    def connect(self) -> Any:
        """Connect as a person would."""


class Workers:
    """Some workers over one store, the folders that they have, and what was taken out of those that were deleted."""

    def __init__(self, folder: Path, server: Database, count: int, chosen: random.Random) -> None:
        self.folder = folder
        self.server = server
        self.chosen = chosen
        self.feed = Feed(folder / "polls")
        self.log = folder / "log"
        self.archive = folder / "archive"
        self.hosts = [f"{name}.example" for name in "abcdefgh"[:count]]
        self.deleted = 0
        self.crashes = 0
        self.cuts = 0
        self.failed = 0
        self.crashes_only = False

    def start(self, host: str, step: Any) -> int:
        """Start a worker; return its process."""
        work = self.folder / "workers" / host
        crawl = partial(store_crawl, url=self.server.url())
        return spawn(crawl, work, host, self.feed, step, self.log)

    def wait(self, child: int) -> bool:
        """Wait for a worker; tell whether it was killed."""
        status = os.waitpid(child, 0)[1]
        self.failed += os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0
        return os.WIFSIGNALED(status)

    def lose_folder(self, host: str) -> None:
        """Delete a worker's folder; somebody had fetched what was published in it."""
        output = self.folder / "workers" / host / "output"
        self.keep(output)
        shutil.rmtree(output, ignore_errors=True)
        self.deleted += 1

    def keep(self, output: Path) -> None:
        """Copy what was published; a file that is there already must be the same."""
        found = [*output.glob("articles/*/*.jsonl"), *output.glob("runs/**/*.json"), *output.glob("runs/**/*.jsonl")]
        for path in found:
            published = path.is_relative_to(output / "articles")
            copy = self.archive / (path.relative_to(output) if published else Path("runs", path.name))
            copy.parent.mkdir(parents=True, exist_ok=True)
            if copy.exists() and published and copy.read_bytes() != path.read_bytes():
                raise AssertionError(f"{path.name} was published twice, and differently")
            if not copy.exists():
                shutil.copy(path, copy)

    def trouble_database(self) -> None:
        """Crash the database and start it again, or cut what is connected to it."""
        if self.chosen.random() < 0.5 or self.crashes_only:
            assert isinstance(self.server, Server)
            self.server.stop("immediate")
            self.server.start()
            self.crashes += 1
        else:
            with self.server.connect() as connection:
                connection.execute(CUT)
            self.cuts += 1


def run(
    kills: int,
    folder: Path,
    server: Database,
    *,
    workers: int = 3,
    seed: int = 7,
    troubles: int = 0,
    trouble: Callable[[], None] | None = None,
) -> dict[str, Any]:
    """Kill *kills* workers; then judge what all of them published.

    The database has *trouble* at least *troubles* times; without kills it is a crash.
    """
    chosen = random.Random(seed)
    liveness.GRACE_S = GRACE_S  # type: ignore[assignment]
    crew = Workers(folder, server, workers, chosen)
    crew.crashes_only = not kills
    killed: Counter[str] = Counter()
    began, had = time.monotonic(), 0
    while (killed.total() < kills or had < troubles) and crew.failed < MOST_FAILED:
        name = min(("random", *STEPS), key=lambda name: (killed[name], chosen.random()))
        late = chosen.randrange(1, 10) if name in BATCH_STEPS else 1
        step = no_step if name == "random" or not kills else killer(name, late)
        children = {host: crew.start(host, step if chosen.random() < 0.8 else no_step) for host in crew.hosts}
        time.sleep(chosen.uniform(0, 0.4))
        if chosen.random() < 0.2 or had < troubles:
            (trouble or crew.trouble_database)()
            had += 1
        for child in children.values() if kills and name == "random" else ():
            os.kill(child, signal.SIGKILL)
        for host, child in children.items():
            if crew.wait(child):
                killed[name] += 1
                if chosen.random() < 0.3:
                    crew.lose_folder(host)
    time.sleep(GRACE_S + 1)
    for crew.feed.frozen in (1, 2):
        for host in crew.hosts:
            assert not crew.wait(crew.start(host, no_step))
    for host in crew.hosts:
        crew.keep(folder / "workers" / host / "output")
    with server.connect() as connection:
        left = connection.execute("SELECT count(*) FROM lines").fetchone()
        stuck = connection.execute("SELECT count(*) FROM frontier WHERE taken_by IS NOT NULL").fetchone()
    said = crew.log.read_text() if crew.log.exists() else ""
    return {
        "kills": killed.total(),
        "by_step": dict(killed),
        "workers": workers,
        "folders_deleted": crew.deleted,
        "database_crashes": crew.crashes,
        "connections_cut": crew.cuts,
        **judge(folder, crew.feed, crew.archive),
        "lines_left": left[0] if left else None,
        "stuck": stuck[0] if stuck else None,
        "failed": crew.failed,
        "said": "\n".join(line for line in said.splitlines() if "is tried again" not in line)[:2000],
        "seconds": round(time.monotonic() - began, 1),
    }


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--troubles", type=int, default=0, help="of the database, at least; crashes where kills are 0")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", help="a folder to work in, which is kept")
    options = parser.parse_args(arguments)
    folder = Path(options.keep or tempfile.mkdtemp(prefix="newscrawl-kill-"))
    folder.mkdir(parents=True, exist_ok=True)
    database = Path(tempfile.mkdtemp(prefix="pg-"))
    server = Server(database)
    try:
        server.start()
        more = {"workers": options.workers, "seed": options.seed, "troubles": options.troubles}
        result = run(options.kills, folder, server, **more)
    finally:
        server.kill()
        time.sleep(0.5)
        shutil.rmtree(database, ignore_errors=True)
        if not options.keep:
            shutil.rmtree(folder)
    print(json.dumps(result))
    return 0 if is_clean(result) and not result["lines_left"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

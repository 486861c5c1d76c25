"""Let workers live through failovers: ``python -m tests.kill.failover --failovers 5``.

Three workers crawl with a store on a primary whose commits wait for a standby, while now and then the primary crashes
for good, the standby takes its place, and a new standby is made of it. Two clean runs of each follow.

Prints one JSON line; exits with 1 if anything was lost, repeated, torn or wrongly counted, or if a worker ended badly.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.kill import postgres
from tests.kill.store import is_clean
from tests.postgres import Server


class Standby(Server):
    """A server that follows another one."""

    def __init__(self, folder: Path, primary: Server) -> None:
        self.primary = primary
        super().__init__(folder)

    def make_data(self) -> None:
        """Copy the primary's data, to go on from there."""
        where = ("-h", str(self.primary.folder), "-U", "tests")
        self.run("pg_basebackup", "-D", str(self.data), *where, "-R", "-X", "stream", "-c", "fast")


class Cluster:
    """A primary and its standby, under one URL."""

    def __init__(self, folder: Path) -> None:
        self.folders = (folder / "a", folder / "b")
        for name in self.folders:
            name.mkdir()
        self.primary = Server(self.folders[0])
        self.primary.start()
        self.failovers = 0
        self.follow(self.folders[1])

    def follow(self, folder: Path) -> None:
        """Make a standby in *folder*; commits wait for it."""
        self.standby = Standby(folder, self.primary)
        self.standby.start()
        with self.primary.connect() as connection:
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            connection.execute("SELECT pg_reload_conf()")

    def url(self) -> str:
        """Return the URL of whichever server takes writes."""
        both = ",".join(map(str, self.folders))
        return f"postgresql+psycopg://tests@/postgres?host={both}&target_session_attrs=read-write"

    def connect(self) -> Any:
        """Connect to the primary as a person would."""
        return self.primary.connect()

    def fail_over(self) -> None:
        """Crash the primary for good, and let the standby take its place."""
        lost = self.primary
        lost.stop("immediate")
        lost.leave()
        self.standby.run("pg_ctl", "-D", str(self.standby.data), "-w", "promote")
        self.primary = self.standby
        with self.primary.connect() as connection:  # nobody follows it yet
            connection.execute("ALTER SYSTEM RESET synchronous_standby_names")
            connection.execute("SELECT pg_reload_conf()")
        shutil.rmtree(lost.data)
        self.follow(lost.folder)
        self.failovers += 1

    def kill(self) -> None:
        """End both servers."""
        self.standby.kill()
        self.primary.kill()


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a cluster in a temporary folder; it ends with the block."""
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        made = Cluster(Path(folder))
        try:
            yield made
        finally:
            made.kill()


def run(failovers: int, folder: Path, *, workers: int = 3, kills: int = 0) -> dict[str, Any]:
    """Fail over so often while workers crawl, and kill some of them; then judge what all of them published."""
    with cluster() as made:
        result = postgres.run(kills, folder, made, workers=workers, troubles=failovers, trouble=made.fail_over)
        return {**result, "failovers": made.failovers}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failovers", type=int, default=5)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--workers", type=int, default=3)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="newscrawl-kill-") as folder:
        result = run(options.failovers, Path(folder), workers=options.workers, kills=options.kills)
    print(json.dumps(result))
    return 0 if is_clean(result) and not result["lines_left"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

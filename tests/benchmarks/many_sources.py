"""What a run costs before its first request, as the sources grow: with some due, and with nothing due.

    python -m tests.benchmarks.many_sources [--sources 10 1000 5000 10000] [--due 50] [--rounds 3]

Each size is a sites file of so many sources with a feed each, all polled before, in a store of its own. Prints, as
medians: seconds by the clock, processor time and most memory of the main process of a run in which nothing is due, and
the seconds until the first request of one in which ``--due`` sources are, and its memory. The first of all runs, which
reads the file, is told apart.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, update

from newscrawl.store.backend.database import Database, sqlite_url
from newscrawl.store.backend.migrations import migrate
from newscrawl.store.backend.schema import documents
from tests.benchmarks.pageserver import PageServer
from tests.benchmarks.processes import measured
from tests.crawling import FAST

WEEK = timedelta(days=7)
NOTHING_GOT = 3  # the exit code where no feed answers as one


def prepare(folder: Path, sources: int, base: str) -> Database:
    """Write the sites file and the store of so many *sources*, none of them due; return the store."""
    with (folder / "sites.toml").open("w", encoding="utf-8") as file:
        file.writelines(f'[paper{number}]\nfeeds = "{base}/feed/{number}"\n' for number in range(sources))
    output, now = folder / "output", datetime.now(UTC).replace(microsecond=0)
    output.mkdir()
    database = Database(sqlite_url(output / "state.sqlite"))
    migrate(database)
    with database.write() as connection:
        common = {"kind": "feed", "last_poll": now, "next_poll": now + WEEK, "failures": 0, "outcome": "read"}
        for part in (
            range(sources)[start : start + 1000] for start in range(0, sources, 1000)
        ):  # a process that is started counts the memory of this one as its own
            rows = [{"url": f"{base}/feed/{n}", "source": f"paper{n}", **common} for n in part]
            connection.execute(insert(documents), rows)
    return database


def command(folder: Path) -> list[str]:
    settings = FAST | {"NEWSCRAWL_OUTPUT_DIR": str(folder / "output")}
    given = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    return [sys.executable, "-m", "newscrawl", "crawl", "news", "-a", f"sites={folder / 'sites.toml'}", *given]


def growth(server: PageServer, sizes: list[int], due: int, rounds: int) -> Iterator[str]:
    """Yield a line of the table for each size."""
    base = server.urls[0].rsplit("/", 2)[0]
    for sources in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            database = prepare(folder, sources, base)
            idle, busy, first = [], [], []
            fresh = measured(command(folder))
            for _ in range(rounds):
                idle.append(measured(command(folder)))
                with database.write() as connection:
                    names = [f"paper{number}" for number in range(min(due, sources))]
                    past = datetime.now(UTC) - timedelta(hours=1)
                    connection.execute(
                        update(documents).where(documents.c.source.in_(names)).values(next_poll=past, failures=0)
                    )
                server.first_asked()
                began = time.monotonic()
                busy.append(measured(command(folder), codes=(0, NOTHING_GOT)))
                asked = server.first_asked()
                assert asked is not None, "nothing was asked for"
                first.append(asked - began)
                with database.write() as connection:
                    connection.execute(update(documents).values(next_poll=datetime.now(UTC) + WEEK))
            database.close()
        wall, cpu, idle_mb = (
            statistics.median(getattr(one, name) for one in idle) for name in ("wall", "all", "peak_mb")
        )
        busy_mb = statistics.median(one.peak_mb for one in busy)
        yield (
            f"| {sources:,} | {wall:.2f} s | {cpu:.2f} s | {idle_mb:.0f} MB | {statistics.median(first):.2f} s | "
            f"{busy_mb:.0f} MB | {fresh.all:.2f} s, {fresh.peak_mb:.0f} MB |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, nargs="+", default=[10, 1000, 5000, 10_000])
    parser.add_argument("--due", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(f"| sources | nothing due | processor | memory | first request, {options.due} due | memory | first run |")
    print("|---|---|---|---|---|---|---|")
    with PageServer(1, small=True) as server:
        for line in growth(server, options.sources, options.due, options.rounds):
            print(line, flush=True)


if __name__ == "__main__":
    main()

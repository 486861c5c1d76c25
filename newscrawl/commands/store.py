"""``scrapy store``: checks, completes, measures and moves the store."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from scrapy.commands import ScrapyCommand

from newscrawl.commands.crawl import fail
from newscrawl.configuration import Configuration
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.sources.opml import names
from newscrawl.sources.values import nearest
from newscrawl.store.backend.database import Database, sqlite_url
from newscrawl.store.backend.existing import existing_store
from newscrawl.store.backend.migrations import migrate
from newscrawl.store.checking import faults_of
from newscrawl.store.figures import store_figures
from newscrawl.store.messages import Run
from newscrawl.store.moving import move_store
from newscrawl.store.policy import Policy
from newscrawl.store.session import Session

USAGE = """\
usage: scrapy store check        does the store fit together, and with the files? prints what does not
       scrapy store rebuild      index files that it does not know, and complete runs that died
       scrapy store stats        sizes, rows, what is due, and the workers; --json for programs
       scrapy store move URL     copy it to another engine: SQLite to PostgreSQL, and back

The store is the one that NEWSCRAWL_STORE and NEWSCRAWL_OUTPUT_DIR name. A move that was killed goes on where it stood.
"""


class Command(ScrapyCommand):
    """Exit codes: 0 fine; 1 something is wrong with the store, or it cannot be read; 2 a mistake in the arguments."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "check|rebuild|stats|move [URL]"

    def short_desc(self) -> str:
        return "Check, complete, measure and move the store"

    def long_desc(self) -> str:
        return USAGE

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="stats as an object, for programs")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        actions: dict[str, tuple[Callable[..., None], int]] = {
            "check": (self.check, 0),
            "rebuild": (self.rebuild, 0),
            "stats": (self.stats, 0),
            "move": (self.move, 1),
        }
        try:
            self.chosen = Configuration.read(self.settings)
            if not args:
                raise UsageError(USAGE.rstrip())
            action, needed = actions.get(args[0], (None, 0))
            if action is None:
                raise UsageError(
                    f"store {args[0]!r} is no action{nearest(args[0], actions)}; there are {names(actions)}"
                )
            if len(args) - 1 != needed:
                line = next(line for line in USAGE.splitlines() if f"store {args[0]}" in line)
                raise UsageError(f"usage: {line[7:].split('   ')[0]}")
            self.json = opts.json
            action(*args[1:])
        except NewscrawlError as error:
            fail(error)

    def check(self) -> None:
        """Print what is wrong, a line each; exit code 1 where something is."""
        with existing_store(self.chosen.store, self.chosen.output_dir) as database:
            faults = list(faults_of(database, self.chosen.output_dir))
            print(*faults or [f"{database.name} is right"], sep="\n")
        self.exitcode = 1 if faults else 0

    def rebuild(self) -> None:
        """Do at once what a run does at its start."""
        policy = Policy(self.chosen.dedup_window_days, self.chosen.dedup_keys_days, bucket=self.chosen.upload)
        folder = self.chosen.output_dir
        url = self.chosen.store or sqlite_url(folder / "state.sqlite")
        session = Session(url, folder, Run.begin(), policy)
        try:
            session.publish({"nothing_wrong": True}, None, sound=True)
            name = session.database.name
        finally:
            session.close()
        print(f"{name} knows all files of {folder}, and what runs that died had left")

    def stats(self) -> None:
        """Print the figures of the store."""
        with existing_store(self.chosen.store, self.chosen.output_dir) as database:
            figures = store_figures(database)
        if self.json:
            print(json.dumps(figures))
            return
        print(f"{figures['store']}: version {figures['version']}, {figures['bytes'] / 1e6:,.1f} MB")
        print(f"{figures['articles']:,} articles in {figures['published']:,} files")
        print(f"due: {figures['due_documents']:,} documents, {figures['due_urls']:,} URLs")
        for worker in figures["workers"]:
            print(
                f"worker {worker['run']} on {worker['host']} (pid {worker['pid']}): {worker['sources']:,} sources, "
                f"lease {worker['lease_s']} s"
            )
        print("rows: " + ", ".join(f"{name} {count:,}" for name, count in figures["rows"].items() if count))

    def move(self, url: str) -> None:
        """Copy the store to the one at *url*."""
        folder: Path = self.chosen.output_dir
        with existing_store(self.chosen.store, folder) as source:
            target = Database(url)
            try:
                migrate(target)
                if target.name == source.name:
                    raise UsageError(f"{url} is the store itself; name another one")
                count = move_store(source, target, folder, tell)
            finally:
                target.close()
        print(f"{count:,} rows are in {target.name}; from now on set NEWSCRAWL_STORE to it")


def tell(table: str, done: int, total: int) -> None:
    """Say how far a table is, where a person sits before it."""
    if sys.stderr.isatty():
        print(f"{table}: {done:,} of {total:,} rows", file=sys.stderr)

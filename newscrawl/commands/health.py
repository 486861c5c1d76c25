"""``scrapy health``: which sources are unwell, by their own history, since when, and what to do."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from scrapy.commands import ScrapyCommand

from newscrawl.commands.crawl import fail
from newscrawl.configuration import Configuration
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.health.read import read_health
from newscrawl.sources.file import read_sites_file
from newscrawl.store.backend.existing import existing_store


class Command(ScrapyCommand):
    """Exit codes: 0 all are well; 1 the store cannot be read; 2 a mistake in the arguments; 3 a source is unwell."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[--day YYYY-MM-DD] [--json] [SITES_FILE]"

    def short_desc(self) -> str:
        return "Say which sources are unwell, since when, and what to do"

    def long_desc(self) -> str:
        return (
            "A source is judged by its own history: silent for far longer than usual, no answer in several runs, fewer "
            "of its pages give an article, a field is missing that was there, requests are refused, a feed is broken, "
            "a certificate ends. A first run is never alarming. Without SITES_FILE all sources of the store are judged."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--day", metavar="DAY", help="as it was at the end of that day (default: now)")
        parser.add_argument("--json", action="store_true", help="a JSON object for each problem, a line each")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        try:
            Configuration.read(self.settings)
            if len(args) > 1:
                raise UsageError(f"usage: scrapy health {self.syntax()}")
            now = datetime.now(UTC)
            names = [source.name for source in read_sites_file(Path(args[0]), None, now)] if args else None
            day = read_day(opts.day) if opts.day else None
            folder = Path(self.settings["NEWSCRAWL_OUTPUT_DIR"])
            with existing_store(self.settings["NEWSCRAWL_STORE"], folder) as database, database.read() as connection:
                judged, unwell = read_health(connection, names, now, day)
        except NewscrawlError as error:
            fail(error)
        for name, wrong in unwell.items():
            for problem in wrong:
                row = {"source": name, **problem.as_json()}
                print(json.dumps(row, ensure_ascii=False) if opts.json else f"{name}: {problem}")
        if not opts.json:
            print(f"{judged} sources judged, {len(unwell)} unwell")
        self.exitcode = 3 if unwell else 0


def read_day(text: str) -> str:
    """Return a day as ``YYYY-MM-DD``; raises UsageError."""
    try:
        return f"{datetime.strptime(text, '%Y-%m-%d'):%Y-%m-%d}"
    except ValueError:
        raise UsageError(f"--day {text} is no day; write it as 2026-11-26") from None

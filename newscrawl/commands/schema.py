"""``scrapy schema``: the record's schema, for whoever loads it."""

from __future__ import annotations

import argparse

from scrapy.commands import ScrapyCommand

from newscrawl.commands.crawl import fail
from newscrawl.errors import UsageError
from newscrawl.schema import FORMATS


class Command(ScrapyCommand):
    """Exit codes: 0 fine; 2 a mistake in the arguments."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[--format FORMAT]"

    def short_desc(self) -> str:
        return "Print the schema of the record"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--format", default="json", metavar="FORMAT", help=f"{', '.join(FORMATS)} (default: json)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            fail(UsageError("usage: scrapy schema [--format FORMAT]"))
        if opts.format not in FORMATS:
            fail(UsageError(f"no schema format is called {opts.format!r}; there are {', '.join(FORMATS)}"))
        print(FORMATS[opts.format]())

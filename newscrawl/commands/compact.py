"""``scrapy compact``: packs the files of old runs, which are read as before."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from scrapy.commands import ScrapyCommand

from newscrawl.commands.crawl import fail
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.sources.values import read_since
from newscrawl.store.output.compaction import PACKERS, compact


class Command(ScrapyCommand):
    """Exit codes: 0 fine; 1 something cannot be written; 2 a mistake in the arguments."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "--older-than 30d [--format zst|gz]"

    def short_desc(self) -> str:
        return "Pack the files of old runs; everything reads them as before"

    def long_desc(self) -> str:
        return (
            "Article files and rejected logs of runs before that day become .jsonl.zst or .jsonl.gz, a fourth or less "
            "of their size. Each is read back and compared before the plain one goes. A crawl may go on meanwhile."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--older-than", metavar="30d|DATE", help="an age (12h, 30d, 8w) or a date")
        parser.add_argument("--format", default="zst", metavar="FORMAT", help="zst (default) or gz")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        try:
            before = read_since(opts.older_than, datetime.now(UTC))
            if args or before is None:
                raise UsageError(f"usage: scrapy compact {self.syntax()}")
            if opts.format not in PACKERS:
                raise UsageError(f"--format {opts.format} is not one of {', '.join(PACKERS)}")
            count, plain, packed = compact(Path(self.settings["NEWSCRAWL_OUTPUT_DIR"]), before, opts.format)
        except NewscrawlError as error:
            fail(error)
        print(f"{count} files packed: {plain / 1e6:,.1f} MB before, {packed / 1e6:,.1f} MB now")

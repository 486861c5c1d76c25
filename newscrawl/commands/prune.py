"""``scrapy prune``: removes of old runs what can be spared."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from scrapy.commands import ScrapyCommand

from newscrawl.commands.crawl import fail
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.sources.values import read_since
from newscrawl.store.output.compaction import prune


class Command(ScrapyCommand):
    """Exit codes: 0 fine; 1 something cannot be removed; 2 a mistake in the arguments."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "--older-than 90d"

    def short_desc(self) -> str:
        return "Remove reports and rejected logs of old runs; articles and manifests stay"

    def long_desc(self) -> str:
        return (
            "Reports and rejected logs of runs before that day go. Articles stay, since they are what the crawler "
            "knows, and so do manifests, which number the files. scrapy forget removes an article."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--older-than", metavar="90d|DATE", help="an age (12h, 30d, 8w) or a date")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        try:
            before = read_since(opts.older_than, datetime.now(UTC))
            if args or before is None:
                raise UsageError(f"usage: scrapy prune {self.syntax()}")
            count, size = prune(Path(self.settings["NEWSCRAWL_OUTPUT_DIR"]), before)
        except NewscrawlError as error:
            fail(error)
        print(f"{count} files removed, {size / 1e6:,.1f} MB")

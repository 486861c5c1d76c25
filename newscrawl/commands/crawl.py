"""``scrapy crawl``: Scrapy's own, with mistakes told in one sentence and exit codes that a scheduler can use."""

from __future__ import annotations

import argparse
import difflib
import sys
from typing import Any

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.spiderloader import get_spider_loader

from newscrawl.configuration import Configuration
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.extensions.report import EXIT_CODE


class Command(ScrapyCrawl):
    """Exit codes: 0 fine, also when nothing was new; 1 crash, or something could not be written; 2 a mistake in the
    arguments; 3 finished, but nothing could be got.
    """

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        try:
            assert self.settings is not None
            Configuration.read(self.settings)
            self.read_options(args, opts)
        except NewscrawlError as error:
            fail(error)

    def read_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the arguments before anything starts, so that a mistake is all that is printed."""
        assert self.settings is not None
        loader = get_spider_loader(self.settings)
        if len(args) != 1:
            return  # Scrapy's own sentence
        if args[0] not in loader.list():
            near = difflib.get_close_matches(args[0], loader.list(), 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise UsageError(f"no spider is called {args[0]!r}{hint}; there are {', '.join(sorted(loader.list()))}")
        parse_options = getattr(loader.load(args[0]), "parse_options", None)
        if parse_options is not None:
            opts.spargs = {"options": parse_options(opts.spargs)}

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            super().run(args, opts)
            return
        assert self.crawler_process is not None
        crawler = self.crawler_process.create_crawler(args[0])
        crawling: Any = self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        error = crawling.exception() if crawling.done() and not crawling.cancelled() else None
        if isinstance(error, NewscrawlError):
            fail(error)
        if error is not None:
            raise error
        assert crawler.stats is not None
        if crawler.stats.get_value(EXIT_CODE) is None and hasattr(crawler.spider, "options"):
            raise SystemExit(
                "newscrawl: stopped at once; the next run completes what this one wrote and goes on from there"
            )
        self.exitcode = 1 if self.crawler_process.bootstrap_failed else crawler.stats.get_value(EXIT_CODE, 0)


def fail(error: NewscrawlError) -> None:
    """End the command with the sentence of *error*."""
    print(f"newscrawl: {error}" if not str(error).startswith("usage:") else error, file=sys.stderr)
    sys.exit(error.exit_code)

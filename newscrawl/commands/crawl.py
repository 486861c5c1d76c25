"""``scrapy crawl``: Scrapy's own, with one sentence for a mistake, and exit codes that a scheduler can use."""

from __future__ import annotations

import argparse
import difflib
import sys

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.spiderloader import get_spider_loader

from newscrawl.configuration import Configuration
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.process import exit_code, read_arguments, sentence


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
        opts.spargs = read_arguments(loader.load(args[0]), opts.spargs)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            super().run(args, opts)
            return
        assert self.crawler_process is not None
        try:
            self.exitcode = exit_code(self.crawler_process, self.crawler_process.create_crawler(args[0]), **opts.spargs)
        except NewscrawlError as error:
            fail(error)


def fail(error: NewscrawlError) -> None:
    """End the command with the sentence of *error*."""
    print(sentence(error), file=sys.stderr)
    sys.exit(error.exit_code)

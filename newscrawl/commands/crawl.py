"""``scrapy crawl``: Scrapy's own, with one sentence for a mistake, and exit codes that a scheduler can use."""

from __future__ import annotations

import argparse
import difflib
import sys
import time
from pathlib import Path

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.spiderloader import get_spider_loader

from newscrawl.arguments import USAGE
from newscrawl.configuration import Configuration
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.process import exit_code, read_arguments, sentence
from newscrawl.sources.values import source_name
from newscrawl.store.schedule.peek import seems_due
from newscrawl.workers.early import start_early

EXIT_CODES = """\
exit codes: 0 fine, also when nothing was new; 1 a crash, or something could not be written; 2 a mistake in the
arguments; 3 finished, but nothing could be got"""


class Command(ScrapyCrawl):
    """Exit codes: 0 fine, also when nothing was new; 1 crash, or something could not be written; 2 a mistake in the
    arguments; 3 finished, but nothing could be got.
    """

    def syntax(self) -> str:
        return "[options] <spider> [URL ...]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = f"The spider news:\n\n{USAGE}\n{EXIT_CODES}"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        if opts.spargs.get("help"):
            print(USAGE, EXIT_CODES, sep="\n")
            sys.exit(0)
        try:
            assert self.settings is not None
            chosen = Configuration.read(self.settings)
            if args[:1] == ["news"] and has_due(opts.spargs, chosen):
                start_early()  # a mistake in the arguments ends it again
            self.read_options(args, opts)
        except NewscrawlError as error:
            fail(error)

    def read_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the arguments before anything starts, so that a mistake is all that is printed."""
        assert self.settings is not None
        folder = Configuration.read(self.settings).output_dir
        loader = get_spider_loader(self.settings)
        if args and is_url(args[0]):
            raise UsageError(f"{args[0]} is no spider; write scrapy crawl news -a url={args[0]}")
        if len(args) > 1 and all(map(is_url, args[1:])):  # scrapy crawl news https://example.com
            opts.spargs["url"] = ",".join([*filter(None, [opts.spargs.get("url")]), *args[1:]])
            del args[1:]
        if len(args) != 1:
            raise UsageError(
                f"scrapy crawl takes one spider, and got {' '.join(args) or 'none'}; write for example "
                "scrapy crawl news -a url=https://example.com"
            )
        if args[0] not in loader.list():
            near = difflib.get_close_matches(args[0], loader.list(), 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise UsageError(f"no spider is called {args[0]!r}{hint}; there are {', '.join(sorted(loader.list()))}")
        opts.spargs = read_arguments(loader.load(args[0]), opts.spargs, folder)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.crawler_process is not None
        try:
            self.exitcode = exit_code(self.crawler_process, self.crawler_process.create_crawler(args[0]), **opts.spargs)
        except NewscrawlError as error:
            fail(error)


def has_due(given: dict[str, str], chosen: Configuration) -> bool:
    """Tell whether a sites file is given and something of its store seems to be due; not asked of a database server."""
    if not given.get("sites") or chosen.store:
        return False
    return seems_due(Path(chosen.output_dir, "state.sqlite"), int(time.time()))


def is_url(text: str) -> bool:
    """Tell whether *text* on the command line is meant as a URL: it has a scheme, or a host with a dot."""
    return "://" in text or ("." in text and source_name(text) != "")


def fail(error: NewscrawlError) -> None:
    """End the command with the sentence of *error*."""
    print(sentence(error), file=sys.stderr)
    sys.exit(error.exit_code)

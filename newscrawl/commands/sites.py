"""``scrapy sites``: the rules of a person's own for the pages of sites, and whether they do what is expected."""

from __future__ import annotations

import argparse
import asyncio
from datetime import UTC, datetime
from pathlib import Path

from scrapy.commands import ScrapyCommand

from newscrawl.commands.crawl import fail
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.extensions.workers import WorkersExtension
from newscrawl.saved.pipelines import idle_crawler
from newscrawl.sites.pages import page_cases, run_case
from newscrawl.text.clean import one_line
from newscrawl.workers import WorkerPool

USAGE = """\
usage: scrapy sites [--sites FILE]               the rules of your own, by host, and where they stand
       scrapy sites test FOLDER [--sites FILE]   whether page.html gives article.json in each folder of FOLDER

The rules are those of FILE, of the folder NEWSCRAWL_SITES_DIR, and of installed packages.
"""


class Command(ScrapyCommand):
    """Exit codes: 0 fine; 1 a page is not as expected; 2 a mistake in the arguments or in the rules."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_LEVEL": "WARNING"}  # noqa: RUF012 - Scrapy declares it

    def syntax(self) -> str:
        return "[test FOLDER] [--sites FILE]"

    def short_desc(self) -> str:
        return "List and test your own rules for the pages of sites"

    def long_desc(self) -> str:
        return USAGE

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--sites", metavar="FILE", help="a sites file whose rules for sites hold, too")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        try:
            if args and (args[0] != "test" or len(args) != 2):
                raise UsageError(USAGE.rstrip())
            pool = WorkersExtension.from_crawler(idle_crawler(self.settings, opts.sites)).pool
            if args:
                self.exitcode = asyncio.run(self.test(pool, Path(args[1])))
                return
            for host, rules in sorted(pool.sites.by_host.items()):
                fields = [*rules.fields, *(["cookies"] if rules.cookies else [])]
                print(host, ",".join(fields), "; ".join(rules.origins) or "-", sep="\t")
            if not pool.sites.by_host:
                print("no site has rules of your own; docs/reference/site-rules.md says how to write them")
        except NewscrawlError as error:
            fail(error)

    async def test(self, pool: WorkerPool, folder: Path) -> int:
        """Print each difference between the pages in *folder* and what is expected of them; return the exit code."""
        wrong = count = 0
        pool.start()
        try:
            for case in page_cases(folder):
                count += 1
                differences = await run_case(pool, case, datetime.now(UTC))
                wrong += bool(differences)
                for name, expected, given in differences:
                    print(f"{case.name}: {name}")
                    print(f"  expected {one_line(repr(expected), 2000)}")
                    print(f"  got      {one_line(repr(given), 2000)}")
        finally:
            pool.close()
        print(f"{count - wrong} of {count} pages are as expected")
        return 1 if wrong else 0

"""``scrapy parse``: Scrapy's own for spiders that have callbacks of their own; for ours a sentence says what to use."""

from __future__ import annotations

import argparse
from typing import Any

from scrapy.commands.parse import Command as ScrapyParse
from scrapy.spiderloader import get_spider_loader

from newscrawl.commands.crawl import fail
from newscrawl.commands.fetch import allow_named
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.spiders.news import NewsSpider


class Command(ScrapyParse):
    """Exit codes: 0 fine; 2 a mistake in the arguments."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings is not None
        loader = get_spider_loader(self.settings)
        kinds: list[Any] = [loader.load(name) for name in ([opts.spider] if opts.spider else loader.list())]
        if kinds and all(issubclass(kind, NewsSpider) for kind in kinds):
            url = args[0] if args else "URL"
            said = f"scrapy parse runs one callback, and {kinds[0].name} has none that works without its store"
            fail(UsageError(f"{said}; use scrapy show {url}, or scrapy crawl news -a url={url} -a limit=1"))

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        allow_named(self.settings, args)
        try:
            super().run(args, opts)
        except NewscrawlError as error:
            fail(error)

"""``scrapy bench``: Scrapy's own, with its server within reach and without the politeness of a crawl."""

from __future__ import annotations

import argparse

from scrapy.commands.bench import Command as ScrapyBench

OWN = {
    "NEWSCRAWL_ALLOW_PRIVATE": "localhost:8998",
    "ROBOTSTXT_OBEY": False,
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    **ScrapyBench.default_settings,
}
"""What the benchmark asks of its own server, unless ``-s`` says otherwise."""


class Command(ScrapyBench):
    """As Scrapy's."""

    default_settings = {}  # noqa: RUF012 - Scrapy declares it

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        self.settings.setdict(OWN, priority="cmdline")
        super().process_options(args, opts)

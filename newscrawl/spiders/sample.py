"""The same crawl over the newsroom that is bundled with the package: for a first look, and without a network."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from newscrawl.arguments import CrawlOptions, Source, parse_arguments
from newscrawl.errors import UsageError
from newscrawl.sample.server import HOSTS, NewsroomServer, origin
from newscrawl.spiders.news import NewsSpider


class SampleSpider(NewsSpider):
    """``scrapy crawl sample``: two sites on loopback, crawled from their home pages into ``output/sample``."""

    name = "sample"
    arguments = ("since", "until", "limit", "dry_run", "quiet")
    custom_settings = {  # noqa: RUF012  # Scrapy declares it so
        "NEWSCRAWL_OUTPUT_DIR": "output/sample",  # nothing made up mixes with real data
        "DOWNLOAD_DELAY": 0,  # our own server, in our own process
        "AUTOTHROTTLE_ENABLED": False,
        "HTTPPROXY_ENABLED": False,  # a proxy has no way to our loopback
    }

    server: NewsroomServer

    @classmethod
    def parse_options(cls, given: dict[str, Any], folder: Path | None = None) -> CrawlOptions:
        """Return the run over the bundled newsroom; raise UsageError where other sites are named."""
        if named := given.keys() & {"url", "urls", "sites", "warc"}:
            raise UsageError(
                f"sample crawls the newsroom that is bundled with it and takes no {min(named)}=; "
                f"for other sites: scrapy crawl news -a {min(named)}=…"
            )
        return parse_arguments(given, datetime.now(UTC), cls.arguments, tuple(Source(host) for host in HOSTS))

    @classmethod
    def from_crawler(cls, crawler: Crawler, options: CrawlOptions | None = None, **given: Any) -> Self:
        """Bind the server before anything else: its port is part of the URLs that the options name."""
        server = NewsroomServer(Path(crawler.settings["NEWSCRAWL_OUTPUT_DIR"]))
        options = options or cls.parse_options(given)
        sources = tuple(replace(source, urls=(origin(source.name, server.port) + "/",)) for source in options.sources)
        spider = super().from_crawler(crawler, options=replace(options, sources=sources))
        spider.server = server
        crawler.signals.connect(server.close, signals.engine_stopped)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        self.server.start()
        unkept = not self.options.dry_run
        async for request in super().start():
            if unkept and not self.locked:  # another run over the same folder has a server of its own
                self.server.keep_port()
                unkept = False
            yield request

"""Tells the store what became of each page that the pipelines let go."""

from __future__ import annotations

import asyncio
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from newscrawl.drops import Answered, Dropped
from newscrawl.errors import OutputError
from newscrawl.extensions.store import require_options, store_of
from newscrawl.items import Article
from newscrawl.outcomes import Reason, Rejection


class OutcomesExtension:
    """Writes an article that a pipeline dropped to the rejected log: under the drop's own reason, or as ``dropped``.

    A pipeline that raised anything else has a fault of its own: the story stays pending and the run exits with 1
    (stat ``newscrawl/pipeline_errors``). Where the store itself cannot write any more, the run ends.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.ending: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        require_options(crawler)
        extension = cls(crawler)
        crawler.signals.connect(extension.item_dropped, signals.item_dropped)
        crawler.signals.connect(extension.item_error, signals.item_error)
        crawler.signals.connect(extension.spider_error, signals.spider_error)
        return extension

    async def item_dropped(self, item: Any, exception: Exception) -> None:
        if isinstance(item, Article) and item.origin and not isinstance(exception, Answered):
            reason = exception.reason if isinstance(exception, Dropped) else Reason.DROPPED
            await store_of(self.crawler).complete(item.origin.key, Rejection(item.url, reason, str(exception)))

    def item_error(self, failure: Failure) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value("newscrawl/pipeline_errors")
        self.spider_error(failure)

    def spider_error(self, failure: Failure) -> None:
        engine = self.crawler.engine
        if isinstance(failure.value, OutputError) and engine is not None and not self.ending:
            self.ending = asyncio.ensure_future(engine.close_spider_async(reason="output"))

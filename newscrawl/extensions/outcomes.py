"""Tells the store what became of each page that the pipelines let go."""

from __future__ import annotations

import logging
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.statscollectors import StatsCollector

from newscrawl.drops import Dropped
from newscrawl.extensions.store import StoreExtension
from newscrawl.items import Article
from newscrawl.outcomes import Rejection
from newscrawl.store import Store

logger = logging.getLogger(__name__)


class OutcomesExtension:
    """Writes an article that a pipeline dropped to the rejected log, under the drop's own reason.

    A pipeline that raised anything else has a fault of its own: the story stays pending and the run exits with 1
    (stat ``newscrawl/pipeline_errors``).
    """

    def __init__(self, store: Store, stats: StatsCollector) -> None:
        self.store = store
        self.stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        opened = crawler.get_extension(StoreExtension)
        if opened is None or crawler.stats is None:
            raise NotConfigured
        extension = cls(opened.store, crawler.stats)
        crawler.signals.connect(extension.item_dropped, signals.item_dropped)
        crawler.signals.connect(extension.item_error, signals.item_error)
        return extension

    async def item_dropped(self, item: Any, exception: Exception) -> None:
        if isinstance(item, Article) and item.origin and isinstance(exception, Dropped):
            await self.store.complete(item.origin.key, Rejection(item.url, exception.reason, exception.detail))

    def item_error(self, item: Any) -> None:
        self.stats.inc_value("newscrawl/pipeline_errors")

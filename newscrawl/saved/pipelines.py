"""The item pipelines of a crawl over the articles of saved pages."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.misc import build_from_crawler, load_object

from newscrawl.arguments import CrawlOptions
from newscrawl.errors import Dropped
from newscrawl.items import Article
from newscrawl.outcomes import Reason, Rejection
from newscrawl.saved.reextraction import Extracted
from newscrawl.sites.tables import read_site_rules
from newscrawl.urls import article_id
from newscrawl.user_items import article_of, missing

logger = logging.getLogger(__name__)

RUN_ID = "extract"
PROVENANCE = ("source", "discovered_via", "discovered_at", "fetched_at")


class SavedPagesSpider(Spider):
    """Stands for the spider of a crawl where pipelines ask for one; it never runs."""

    name = "extract"
    options = CrawlOptions(sources=())


def idle_crawler(settings: Settings, sites: str | None = None) -> Crawler:
    """Return a crawler that never runs: what pipelines and workers are built from.

    *sites*: the file whose rules for sites hold, too. Raises UsageError.
    """
    crawler = Crawler(SavedPagesSpider, settings)
    crawler.stats = MemoryStatsCollector(crawler)
    crawler.spider = spider = SavedPagesSpider.from_crawler(crawler)
    if sites is not None:
        spider.options = CrawlOptions(sources=(), site_rules=read_site_rules(Path(sites)))
    return crawler


class Pipelines:
    """What ``ITEM_PIPELINES`` names, a user's own too, without those that need the store: they are not configured."""

    def __init__(self, crawler: Crawler) -> None:
        self.processor: Any = build_from_crawler(load_object(crawler.settings["ITEM_PROCESSOR"]), crawler)
        self.faults = 0
        """Articles that were lost to a fault of a pipeline."""

    async def open(self) -> None:
        """Let the pipelines begin."""
        await self.processor.open_spider_async()

    async def close(self) -> None:
        """Let the pipelines end."""
        await self.processor.close_spider_async()

    async def process(self, extracted: Extracted) -> Article | Rejection:
        """Return the article of *extracted* as the pipelines give it back, or why there is none."""
        article = extracted.result
        if isinstance(article, Rejection):
            return article
        if not article.url and extracted.page.path is not None:
            article.url = extracted.page.path.resolve().as_uri()
            article.id = article_id(article.url)
        article.source, article.run_id = extracted.page.source, RUN_ID
        article.discovered_at, article.story_id = article.fetched_at, article.id
        url, known = article.url, {name: getattr(article, name) for name in PROVENANCE}
        try:
            item = await self.processor.process_item_async(article)
            if lacks := missing(item):
                return self.fault(url, f"a pipeline gave a {type(item).__name__} without {', '.join(lacks)}")
            result = article_of(item, **known)
        except Dropped as drop:
            return Rejection(url, drop.reason, drop.detail)
        except DropItem as drop:
            return Rejection(url, Reason.DROPPED, str(drop))
        except Exception as error:
            logger.exception("a pipeline failed on %s", url)
            return self.fault(url, f"a pipeline failed: {type(error).__name__}: {error}")
        result.run_id, result.story_id = RUN_ID, result.id
        return result

    def fault(self, url: str, detail: str) -> Rejection:
        """Count a fault of a pipeline, and return what becomes of its article."""
        self.faults += 1
        return Rejection(url, Reason.DROPPED, detail)

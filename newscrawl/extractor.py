"""The article of a response, for any spider's callback."""

from __future__ import annotations

import logging
from typing import Self

from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.errors import UsageError
from newscrawl.extensions.outcomes import OutcomesExtension
from newscrawl.extensions.store import StoreExtension
from newscrawl.extensions.workers import WorkersExtension
from newscrawl.extraction import Observation, memory_key
from newscrawl.extraction.page import Page
from newscrawl.items import Article
from newscrawl.outcomes import Rejection
from newscrawl.responses import page_of
from newscrawl.store import Store
from newscrawl.urls import url_key
from newscrawl.workers import WorkerPool

logger = logging.getLogger(__name__)


class ArticleExtractor:
    """Extracts articles in the crawl's workers, with what the pages of a site had in common so far.

    >>> async def parse(self, response):
    ...     if article := await ArticleExtractor.from_crawler(self.crawler).extract(response):
    ...         yield article
    """

    def __init__(
        self, pool: WorkerPool, store: Store, source: str = "", outcomes: OutcomesExtension | None = None
    ) -> None:
        self.pool = pool
        self.store = store
        self.outcomes = outcomes
        self.source = source
        """Who counts a page that is no article."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extractor of a crawl; raises UsageError where the add-on is not at work."""
        workers, opened = crawler.get_extension(WorkersExtension), crawler.get_extension(StoreExtension)
        if workers is None or opened is None:
            raise UsageError('ArticleExtractor needs ADDONS = {"newscrawl.Addon": 300}, with its part items')
        name = crawler.spider.name if crawler.spider else ""
        return cls(workers.pool, opened.store, name, crawler.get_extension(OutcomesExtension))

    async def extract(self, response: Response) -> Article | None:
        """Return the article of *response*; None where it shows none, and the rejected log has the reason."""
        result, observation = await self.read(page_of(response), response.url)
        if isinstance(result, Article):
            if self.outcomes is not None:
                self.outcomes.note_rules(self.source, result.url, observation)
            return result
        logger.info("%s is no article: %s %s", response.url, result.reason, result.detail)
        await self.store.complete(url_key(response.url), result, source=self.source)
        return None

    async def read(self, page: Page, url: str) -> tuple[Article | Rejection, Observation | None]:
        """Return what *page* is, and what it teaches of its site; *url* is where it came from."""
        site = memory_key(url)
        await self.store.memory(site)  # is at hand from now on: no worker waits for the store
        async with self.pool.turns:  # a page that waits for a worker would not know what others teach meanwhile
            return await self.pool.extract(page, url, await self.store.memory(site))

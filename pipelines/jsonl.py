"""Hands each article to the store, which writes it as one line, once."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler

from newscrawl.drops import DuplicateStory, LimitReached, UnchangedArticle
from newscrawl.extensions.store import store_of
from newscrawl.items import Article
from newscrawl.outcomes import Outcome
from newscrawl.store import Store


class JsonlPipeline:
    """Returns an article only when its line is on disk, so that Scrapy's "scraped" means "written".

    What the store knows already is dropped here: a story told before (``DuplicateStory``), an article that did not
    change (``UnchangedArticle``), one more than ``limit=`` (``LimitReached``). The store has recorded each of them.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(store_of(crawler))

    async def process_item(self, item: Any) -> Any:
        if not isinstance(item, Article) or item.origin is None:
            return item
        answer = await self.store.complete(item.origin.key, item, item.origin.observation)
        match answer.outcome:
            case Outcome.DUPLICATE:
                raise DuplicateStory(f"{item.url} repeats {answer.duplicate_of} ({answer.kind})")
            case Outcome.UNCHANGED:
                raise UnchangedArticle(f"{item.url} did not change")
            case Outcome.PENDING:
                raise LimitReached(f"{item.url} stays pending: the limit of this run is reached")
            case _:
                return item

"""Hands each article to the store, which writes it as one line, once."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler

from newscrawl.errors import DuplicateStory, ForgottenArticle, LimitReached, UnchangedArticle
from newscrawl.extensions.outcomes import OutcomesExtension, outcomes_of
from newscrawl.outcomes import Outcome
from newscrawl.user_items import missing, url_of


class JsonlPipeline:
    """Returns an item only when its line is on disk, so that Scrapy's "scraped" means "written".

    Any item with ``url``, ``title`` and ``body`` is written, whatever its kind; fields that a record does not have
    stand behind ours. Another is passed on, and the run ends with a warning and exit code 1.

    What the store knows already is dropped here: a story told before (``DuplicateStory``), an article that did not
    change (``UnchangedArticle``), one more than ``limit=`` (``LimitReached``). The store has recorded each of them.
    """

    def __init__(self, outcomes: OutcomesExtension) -> None:
        self.outcomes = outcomes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(outcomes_of(crawler))

    async def process_item(self, item: Any) -> Any:
        if missing(item):
            self.outcomes.pass_over(item)
            return item
        answer, item = await self.outcomes.write(item)
        match answer.outcome:
            case Outcome.DUPLICATE:
                raise DuplicateStory(f"{url_of(item)} repeats {answer.duplicate_of} ({answer.kind})")
            case Outcome.UNCHANGED:
                raise UnchangedArticle(f"{url_of(item)} did not change")
            case Outcome.REJECTED:
                raise ForgottenArticle(f"{url_of(item)} was taken down by scrapy forget")
            case Outcome.PENDING:
                raise LimitReached(f"{url_of(item)} stays pending: the limit of this run is reached")
            case _:
                return item

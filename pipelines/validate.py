"""Lets through what is an article, before anything claims the story for it."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler

from newscrawl.drops import AiOptOut, NoBody
from newscrawl.items import Article


class ValidatePipeline:
    """Drops an article whose body is empty once the headline is gone, and, where asked, one that opts out of AI use.

    It stands before deduplication: a copy without a body must not claim the story.

    Settings: ``NEWSCRAWL_RESPECT_AI_OPT_OUT``.
    """

    def __init__(self, respect_ai_opt_out: bool = False) -> None:
        self.respect_ai_opt_out = respect_ai_opt_out

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings.getbool("NEWSCRAWL_RESPECT_AI_OPT_OUT"))

    def process_item(self, item: Any) -> Any:
        if not isinstance(item, Article):
            return item
        if not item.body.strip():
            raise NoBody(f"no text but the headline {item.title[:80]!r}")
        if self.respect_ai_opt_out and item.ai_opt_out:
            raise AiOptOut("the page opts out of use by AI (noai or tdm-reservation)")
        return item

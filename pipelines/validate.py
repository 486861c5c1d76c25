"""Lets through what is an article, before anything claims the story for it."""

from __future__ import annotations

from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler

from newscrawl.configuration import Configuration
from newscrawl.errors import AiOptOut, NoBody
from newscrawl.extensions.store import require_options
from newscrawl.user_items import missing, text_of


class ValidatePipeline:
    """Drops an article whose body is empty once the headline is gone, and, where asked, one that opts out of AI use.

    It stands before deduplication: a copy without a body must not claim the story.

    Settings: ``NEWSCRAWL_RESPECT_AI_OPT_OUT``.
    """

    def __init__(self, respect_ai_opt_out: bool = False) -> None:
        self.respect_ai_opt_out = respect_ai_opt_out

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        require_options(crawler)
        return cls(Configuration.read(crawler.settings).respect_ai_opt_out)

    def process_item(self, item: Any) -> Any:
        if missing(item):
            return item
        if not text_of(item, "body").strip():
            raise NoBody(f"no text but the headline {text_of(item, 'title')[:80]!r}")
        if self.respect_ai_opt_out and ItemAdapter(item).get("ai_opt_out"):
            raise AiOptOut("the page opts out of use by AI (noai or tdm-reservation)")
        return item

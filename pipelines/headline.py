"""Removes the headline that the page's text repeats."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from newscrawl.extensions.store import require_options
from newscrawl.extraction.cuts.headline import strip_headline
from newscrawl.text.clean import count_words
from newscrawl.user_items import missing, text_of, updated


class HeadlinePipeline:
    """Takes every copy of the headline off the top of the body, in whatever guise it stands there.

    ``<h1>Storm hits</h1><h2>LIVE: “Storm hits” | Gazette</h2><p>The storm …`` keeps only the paragraph. A headline that
    is quoted further down stays.

    Stats: ``newscrawl/headline/stripped``, the articles whose body repeated it.
    """

    def __init__(self, stats: StatsCollector | None = None) -> None:
        self.stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        require_options(crawler)
        return cls(crawler.stats)

    def process_item(self, item: Any) -> Any:
        if missing(item):
            return item
        given = text_of(item, "body")
        body = strip_headline(given, [text_of(item, "title")])
        if body == given:
            return item
        if self.stats is not None:
            self.stats.inc_value("newscrawl/headline/stripped")
        return updated(item, body=body, word_count=count_words(body))

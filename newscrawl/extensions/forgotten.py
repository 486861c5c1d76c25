"""Which articles a person had taken down, as the crawl asks it."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from newscrawl.configuration import Configuration
from newscrawl.items import Article
from newscrawl.store.output.forgotten import read_forgotten
from newscrawl.urls import article_id


class Forgotten:
    """The articles that ``scrapy forget`` took down before this run began."""

    def __init__(self, ids: frozenset[str] = frozenset()) -> None:
        self.ids = ids

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """Read them from the crawl's output folder."""
        return cls(frozenset(read_forgotten(Configuration.read(crawler.settings).output_dir)))

    def has(self, article: Article) -> bool:
        """Tell whether *article* is one of them, by its canonical URL or by its own."""
        return bool(self.ids) and bool({article.id, article_id(article.url)} & self.ids)

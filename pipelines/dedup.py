"""Computes what identifies a story."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler

from newscrawl.extensions.store import require_options
from newscrawl.extensions.workers import texts_of
from newscrawl.similarity import fingerprint
from newscrawl.similarity.compared import RecentTexts
from newscrawl.user_items import missing, text_of, updated


class DedupPipeline:
    """Writes ``title_key``, ``body_sha256`` and ``minhash`` on the item, where it has these fields, and claims nothing.

    Whether the story is known is decided by the store, in the transaction that writes the line: two runs at once must
    not both find it new. For a text that came so from a worker, it was computed there.
    """

    def __init__(self, texts: RecentTexts | None = None) -> None:
        self.texts = texts or RecentTexts()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        require_options(crawler)
        return cls(texts_of(crawler))

    def process_item(self, item: Any) -> Any:
        if missing(item):
            return item
        title, body, publisher, site = (text_of(item, name) for name in ("title", "body", "publisher", "site"))
        known = self.texts.find(title, body, (publisher, site))
        made = known.fingerprint if known else fingerprint(title, body, names=(publisher, site))
        return updated(item, title_key=made.title_key, body_sha256=made.body_sha256, minhash=made.minhash)

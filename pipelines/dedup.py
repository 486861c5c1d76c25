"""Computes what identifies a story."""

from __future__ import annotations

import dataclasses
from typing import Any, Self

from scrapy.crawler import Crawler

from newscrawl.extensions.store import require_options
from newscrawl.similarity import fingerprint
from newscrawl.user_items import missing, text_of, updated


class DedupPipeline:
    """Writes ``title_key``, ``body_sha256`` and ``minhash`` on the item, where it has these fields, and claims nothing.

    Whether the story is known is decided by the store, in the transaction that writes the line: two runs at once must
    not both find it new.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        require_options(crawler)
        return cls()

    def process_item(self, item: Any) -> Any:
        if missing(item):
            return item
        names = (text_of(item, "publisher"), text_of(item, "site"))
        computed = fingerprint(text_of(item, "title"), text_of(item, "body"), names=names)
        return updated(item, **dataclasses.asdict(computed))

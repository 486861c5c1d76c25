"""Computes what identifies a story."""

from __future__ import annotations

from typing import Any

from newscrawl.items import Article
from newscrawl.similarity import fingerprint


class DedupPipeline:
    """Writes ``title_key``, ``body_sha256`` and ``minhash`` on the article, and claims nothing.

    Whether the story is known is decided by the store, in the transaction that writes the line: two runs at once must
    not both find it new.
    """

    def process_item(self, item: Any) -> Any:
        if isinstance(item, Article):
            found = fingerprint(item.title, item.body, names=(item.publisher, item.site))
            item.title_key, item.body_sha256, item.minhash = found.title_key, found.body_sha256, found.minhash
        return item

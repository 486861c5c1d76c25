"""What a URL is known by in the store."""

from __future__ import annotations

import hashlib

from newscrawl.items import Article
from newscrawl.urls import identity_url, url_key


def key_hash(key: str) -> int:
    """Return 64 bits of *key*, a ``url_key``, as a signed integer: an index of integers is a third of one of URLs.

    Of 100 million known URLs, one in 180 thousand million new ones is taken for known by chance.
    """
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


def article_hashes(article: Article) -> set[int]:
    """Return the hashes by which a later run may meet *article*: where its pages were fetched, and its identity."""
    urls = {article.url, identity_url(article.url, article.canonical_url), *article.parts}
    return {key_hash(url_key(url)) for url in urls}

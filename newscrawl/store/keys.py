"""What a URL is known by in the store."""

from __future__ import annotations

import hashlib

from newscrawl.items import Article
from newscrawl.similarity.titles import title_key
from newscrawl.urls import identity_url, url_key


def key_hash(key: str) -> int:
    """Return 64 bits of *key*, a ``url_key``, as a signed integer: an index of integers is a third of one of URLs.

    Of 100 million known URLs, one in 180 thousand million new ones is taken for known by chance.
    """
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


def entry_hash(found_in: str, guid: str | None, title: str | None) -> int | None:
    """Return the hash of a feed's entry: its own id under its headline; None where it lacks one of them.

    An id alone may be a place in the list, which the next story takes.
    """
    key = title_key(title or "")
    return key_hash(f"entry {found_in} {guid} {key}") if guid and key else None


def article_hashes(article: Article) -> set[int]:
    """Return the hashes by which a later run may meet *article*: where its pages were fetched, and its identity."""
    urls = {article.url, identity_url(article.url, article.canonical_url), *article.parts}
    return {key_hash(url_key(url)) for url in urls}

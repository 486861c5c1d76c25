"""URLs: the spelling that is fetched, and the identity that is compared."""

from __future__ import annotations

from newscrawl.urls.canonical import absolute_url, canonical_url
from newscrawl.urls.identity import article_id, identity_url, site_of, url_key
from newscrawl.urls.wrappers import unwrapped

__all__ = ["absolute_url", "article_id", "canonical_url", "identity_url", "site_of", "unwrapped", "url_key"]

"""A URL that may be an article, and what is known of it before it is fetched."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from newscrawl.urls import site_of, url_key


class Via(StrEnum):
    """How a URL was met."""

    SEED = "seed"
    FEED = "feed"
    NEWS_SITEMAP = "news-sitemap"
    SITEMAP = "sitemap"
    LISTING = "listing"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A URL that may be an article."""

    url: str
    """Absolute, with every parameter that it was named with (``newscrawl.urls.absolute_url``)."""

    via: Via
    found_in: str
    """URL of the document that named it; its own for a seed."""

    title: str | None = None
    """What the feed, news sitemap or link text calls it."""

    published_at: datetime | None = None
    """What the feed or news sitemap says, UTC."""

    modified_at: datetime | None = None
    """A sitemap's lastmod or a feed's updated, UTC."""

    guid: str | None = None
    """The feed entry's own id."""

    content: str | None = field(default=None, repr=False, compare=False)
    """The story's whole text as HTML, where the feed has it; for this run only, the store does not keep it."""

    known_key: str = field(default="", repr=False, compare=False)
    known_site: str = field(default="", repr=False, compare=False)
    """Of the URL, where the worker that read the document has made them: of 50,000 they take half a second."""

    @property
    def key(self) -> str:
        """The URL's ``urls.url_key``."""
        return self.known_key or url_key(self.url)

    @property
    def site(self) -> str:
        """The URL's ``urls.site_of``."""
        return self.known_site or site_of(self.url)

    def at(self, url: str) -> Self:
        """Return the candidate with another URL."""
        return self if url == self.url else replace(self, url=url, known_key="", known_site="")

"""One thing to crawl, with all that a person may say of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class UrlPattern:
    """Regular expressions that parts of a URL must contain, all of them; a part without one may be anything."""

    url: str = ""
    host: str = ""
    path: str = ""
    query: str = ""

    def matches(self, url: str) -> bool:
        """Tell whether every part of *url* contains its expression."""
        parts = urlsplit(url)
        pairs = ((self.url, url), (self.host, parts.hostname or ""), (self.path, parts.path), (self.query, parts.query))
        return all(re.search(pattern, part) for pattern, part in pairs if pattern)


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to crawl: the unit of the summary, and what two runs never crawl at once."""

    name: str
    """Its name in the sites file, else the URL that was given, else ``urls=FILE``."""

    urls: tuple[str, ...] = ()
    """As given: whole sites, feeds, sitemaps or articles; perhaps without a scheme."""

    listed: tuple[str, ...] = field(default=(), repr=False)
    """Article URLs from a list, absolute."""

    since: datetime | None = None
    limit: int | None = None
    allow: tuple[UrlPattern, ...] = ()
    """Articles are fetched only where one of these matches; empty: everywhere."""

    deny: tuple[UrlPattern, ...] = ()
    """Articles that one of these matches are not fetched."""

    delay_s: float | None = None
    """Seconds between two requests to a host of this source; None: as the settings say."""

    headers: Mapping[str, str] = field(default_factory=dict)
    """Sent with each request to the hosts of ``urls``."""

    scheduled: bool = False
    """Whether only those of its documents are polled that are due; a person did not name it for this very run."""

    def wants(self, url: str) -> bool:
        """Tell whether the article at *url* is within ``allow`` and not within ``deny``."""
        allowed = not self.allow or any(pattern.matches(url) for pattern in self.allow)
        return allowed and not any(pattern.matches(url) for pattern in self.deny)

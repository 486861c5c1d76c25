"""One thing to crawl, with all that a person may say of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from newscrawl.sources.values import with_scheme


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
    """Articles whose URL matches any of these are not fetched."""

    delay_s: float | None = None
    """Seconds between two requests to a host of this source; None: as the settings say."""

    headers: Mapping[str, str] = field(default_factory=dict)
    """Sent with each request to the hosts of ``urls``."""

    scheduled: bool = False
    """Whether only those of its documents are polled that are due; a person did not name it for this very run."""

    feeds: frozenset[str] = frozenset()
    """Those of ``urls`` that the person calls feeds."""

    from_file: bool = False
    """It stands in a sites file, and ``name`` is what its table is called there."""

    label: str = ""
    """What people read in its place; empty: ``name``."""

    tags: tuple[str, ...] = ()
    language: str | None = None
    """Asked for, and taken for the language of an article that does not show its own; lower case."""

    concurrency: int | None = None
    """Requests at once to a host of this source; None: as the settings say, one where there is a delay."""

    keeps_cookies: bool | None = None
    """Whether the cookies that its sites set are sent back to them; None: as the settings say."""

    own_cookies: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Sent with each request to the hosts of ``urls``."""

    robots_unreachable: str | None = None
    """``disallow`` or ``allow``: what a robots.txt means that cannot be had; None: as the settings say."""

    interval_min_s: float | None = None
    """Between two polls of one of its documents, at least; None: as the schedule has it."""

    interval_max_s: float | None = None
    render: Literal["always", "auto"] | None = None
    """Whether a browser draws its pages: all, or those that show nothing without their scripts."""

    budget_s: float | None = None
    """Seconds that a run may spend on it, 0: as many as it takes; None: as the settings say."""

    until: datetime | None = None
    """Only what was published before; None: no bound."""

    archives: tuple[str, ...] = ()
    """WARC files whose pages are taken as if they had been fetched; nothing of this source is asked for."""

    revisit: bool = True
    """Whether known articles are looked at again."""

    @property
    def title(self) -> str:
        """What people call it."""
        return self.label or self.name

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that the person named."""
        return frozenset(urlsplit(with_scheme(url)).hostname or "" for url in (*self.urls, *self.listed))

    def wants(self, url: str) -> bool:
        """Tell whether the article at *url* is within ``allow`` and not within ``deny``."""
        allowed = not self.allow or any(pattern.matches(url) for pattern in self.allow)
        return allowed and not any(pattern.matches(url) for pattern in self.deny)

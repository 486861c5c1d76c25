"""What extraction is given: one downloaded page and what was known of it before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newscrawl.extraction.rules.site_rules import SiteBook


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of one page, and what the feed or sitemap that named it said of it."""

    body: bytes = field(repr=False)
    fetched_at: datetime
    """When it was downloaded, UTC: the "today" of every guess, since extraction has no clock."""

    sha256: str = ""
    """Hexadecimal digest of the body, where whoever fetched it has it."""

    content_type: str = ""
    """Value of the Content-Type header."""

    robots_tag: str = ""
    """Value of the X-Robots-Tag headers, joined by commas."""

    tdm_reservation: str = ""
    """Value of the tdm-reservation header."""

    title: str | None = None
    """What the feed, news sitemap or link text calls the article."""

    published_at: datetime | None = None
    """What the feed or news sitemap says, UTC."""

    modified_at: datetime | None = None
    """What the feed or sitemap says, UTC."""

    via: str = "seed"
    """How it was met, as in ``Article.discovered_via``; names the evidence of the date."""

    is_part: bool = False
    """It is a further page of an article: what little stands on it is text all the same."""

    sites: SiteBook | None = None
    """The rules that a person made, with those for its site."""

    learn: bool = True
    """Read it by the template that its site's earlier pages taught, where they did."""

    fast: bool = False
    """Take the quick way only; set on the second try after a time-out."""

"""What a worker does with one downloaded page: one task returns the document and the article of it together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from newscrawl.extraction.page import Page
from newscrawl.items import Article
from newscrawl.outcomes import Rejection

if TYPE_CHECKING:
    from newscrawl.discovery import Document
    from newscrawl.extraction import Observation


@dataclass(frozen=True, slots=True)
class ParsedSeed:
    """What a URL that a person gave turned out to be."""

    document: Document
    result: Article | Rejection | None = None
    """None for a feed, a sitemap, a site's front door."""

    observation: Observation | None = None


def parse_document(page: Page, url: str, links: Sequence[str] = (), since: datetime | None = None) -> Document:
    """Return what the document names. *links*: the values of its Link headers; *since*: what is older is not wanted."""
    from newscrawl.discovery import read_document

    return read_document(page.body, url, page.content_type, fetched_at=page.fetched_at, links=links, since=since)


def parse_seed(
    page: Page,
    url: str,
    memory: tuple[Observation, ...],
    links: Sequence[str],
    front: bool,
    since: datetime | None = None,
) -> ParsedSeed:
    """Return document and article; *front*: a front door is never an article, however much of one is shown on it."""
    from newscrawl.extraction import extract

    document = parse_document(page, url, links, since)
    if front or document.kind not in ("page", "other"):
        return ParsedSeed(document)
    return ParsedSeed(document, *extract(page, url, memory))

"""Looks at a site once, as a crawl would, and says what a sites file should have of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response

from newscrawl.discovery import Candidate, Document
from newscrawl.discovery.source import DocumentOutcome, DocumentRequest, SourceDiscovery
from newscrawl.extraction.identity import MAX_NAME_CHARS, SiteIdentity, read_identity
from newscrawl.responses import page_of
from newscrawl.sources.editing import Entry, name_of
from newscrawl.sources.source import Source
from newscrawl.spiders.news import NewsSpider
from newscrawl.text.clean import one_line
from newscrawl.workers import WorkerError

FEEDS = 3  # of a site that has more, the first: the others are its sections'
SITEMAPS = 3


class ProbeSpider(NewsSpider):
    """A dry run over one site that keeps what it learned."""

    name: ClassVar[str] = "probe"  # type: ignore[misc]

    def __init__(self, learned: dict[str, Any], **given: Any) -> None:
        super().__init__(**given)
        self.learned = learned

    def document(self, wanted: DocumentRequest, source: Source, *, draw: bool = False) -> Request:
        """Ask twice at most: a person waits."""
        request = super().document(wanted, source, draw=draw)
        request.meta["newscrawl_retries"] = 1
        return request

    async def parse_seed(self, response: Response, document: DocumentRequest, source: Source) -> AsyncIterator[Any]:
        """Read what the site says of itself, beside what a crawl reads."""
        with suppress(WorkerError):
            self.learned.setdefault("identity", await self.pool.run(read_identity, page_of(response), response.url))
        self.learned["url"] = response.url
        self.learned["discovery"] = self.discoveries[source.name]
        async for output in super().parse_seed(response, document, source):
            yield output

    async def take_in(
        self, request: DocumentRequest, source: Source, document: Document, url: str
    ) -> AsyncIterator[Request]:
        """Note what a feed calls itself, beside what a crawl takes in."""
        if document.kind == "feed" and document.title:
            self.learned.setdefault("title", one_line(document.title, MAX_NAME_CHARS))
        async for output in super().take_in(request, source, document, url):
            yield output

    async def document_failed(self, failure: Any) -> AsyncIterator[Any]:
        self.learned["discovery"] = self.discoveries[failure.request.cb_kwargs["source"].name]
        async for output in super().document_failed(failure):
            yield output

    def announce(self, new: Iterable[Candidate]) -> None:
        """Print nothing: it is not the articles that are asked for."""


def entry_of(url: str, learned: dict[str, Any], name: str | None) -> Entry | None:
    """Return the entry for the site at *url* after the probe left *learned*; None where nothing of it came."""
    discovery: SourceDiscovery | None = learned.get("discovery")
    identity: SiteIdentity = learned.get("identity") or SiteIdentity()
    if discovery is None or not discovery.read:
        return None
    read = [outcome for outcome in discovery.outcomes if outcome.outcome == "read"]
    home = learned.get("url", url)
    is_home = not any(outcome.url == home and outcome.kind != "page" for outcome in read)
    feeds = [outcome.url for outcome in best(read, "feed")][:FEEDS]
    sitemaps = [outcome.url for outcome in best(read, "sitemap")][:SITEMAPS]
    values = {
        "url": url if is_home or not feeds + sitemaps else "",
        "feeds": feeds,
        "sitemaps": sitemaps,
        "label": identity.name or learned.get("title", ""),
        "language": identity.language or "",
    }
    return Entry(name or name_of(url), values)


def best(read: Iterable[DocumentOutcome], kind: str) -> list[DocumentOutcome]:
    """Return the documents of *kind* that name articles, news sitemaps before others."""
    mine = [outcome for outcome in read if kind in outcome.kind and outcome.named]
    return sorted(mine, key=lambda outcome: "news" not in outcome.kind)


def trouble_of(learned: dict[str, Any]) -> str:
    """Say why nothing came."""
    discovery: SourceDiscovery | None = learned.get("discovery")
    failures = discovery.failures if discovery else []
    return "; ".join(f"{f.url}: {f.reason} {f.detail}".strip() for f in failures[:2]) or "no answer"

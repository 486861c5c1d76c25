"""What the spider asks for, and what it hands on of an answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from scrapy import Request
from scrapy.http import Response

from newscrawl.arguments import Source
from newscrawl.discovery import Candidate, Via
from newscrawl.discovery.source import DocumentRequest
from newscrawl.extraction.page import Page
from newscrawl.store import Pending

SITEMAP_MAXSIZE = 50 * 1024 * 1024  # bytes: the protocol's own limit
LARGE = re.compile(r"sitemap|\.(?:xml|gz|txt)\b", re.I)  # a seed so spelled may be as large as a sitemap
DISCOVERY_PRIORITY = 10  # before articles: a document names many


def document_request(
    document: DocumentRequest, source: Source, callback: Callable[..., Any], errback: Callable[..., Any]
) -> Request:
    """Return the request for a document; the only place where it gets its headers."""
    large = document.purpose == "sitemap" or LARGE.search(document.url)
    return Request(
        document.url,
        callback,
        errback=errback,
        cb_kwargs={"document": document, "source": source},
        priority=DISCOVERY_PRIORITY,
        dont_filter=True,
        meta={"download_maxsize": SITEMAP_MAXSIZE} if large else {},
    )


def article_request(pending: Pending, callback: Callable[..., Any], errback: Callable[..., Any]) -> Request:
    """Return the request for a pending page; Scrapy's own duplicate filter is not asked."""
    return Request(pending.candidate.url, callback, errback=errback, cb_kwargs={"pending": pending}, dont_filter=True)


def header(response: Response, name: str) -> str:
    """Return all values of a header, joined by commas."""
    return ", ".join(value.decode("latin-1") for value in response.headers.getlist(name))


def link_headers(response: Response) -> tuple[str, ...]:
    """Return the values of the Link headers (RFC 8288)."""
    return tuple(value.decode("latin-1") for value in response.headers.getlist("Link"))


def page_of(response: Response, candidate: Candidate | None = None) -> Page:
    """Return *response* as extraction takes it, with what *candidate* says of it."""
    return Page(
        body=response.body,
        fetched_at=datetime.now(UTC),
        content_type=header(response, "Content-Type"),
        robots_tag=header(response, "X-Robots-Tag"),
        tdm_reservation=header(response, "tdm-reservation"),
        title=candidate.title if candidate else None,
        published_at=candidate.published_at if candidate else None,
        modified_at=candidate.modified_at if candidate else None,
        via=str(candidate.via) if candidate else str(Via.SEED),
    )

"""A response as extraction and discovery take it."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

from scrapy.http import Response

from newscrawl.discovery import Candidate, Via
from newscrawl.extraction.page import Page


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
        sha256=sha256(response.body).hexdigest(),
        content_type=header(response, "Content-Type"),
        robots_tag=header(response, "X-Robots-Tag"),
        tdm_reservation=header(response, "tdm-reservation"),
        title=candidate.title if candidate else None,
        published_at=candidate.published_at if candidate else None,
        modified_at=candidate.modified_at if candidate else None,
        via=str(candidate.via) if candidate else str(Via.SEED),
    )

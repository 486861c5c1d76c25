"""Where article URLs come from: feeds, sitemaps, pages of links; and what kind of thing a URL is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newscrawl.discovery.candidate import Candidate, Via
from newscrawl.discovery.document import Document, DocumentLink
from newscrawl.discovery.likelihood import article_likelihood
from newscrawl.discovery.wellknown import usual_feeds, usual_sitemaps

if TYPE_CHECKING:
    from newscrawl.discovery.reading import read_document

__all__ = [
    "Candidate",
    "Document",
    "DocumentLink",
    "Via",
    "article_likelihood",
    "read_document",
    "usual_feeds",
    "usual_sitemaps",
]


def __getattr__(name: str) -> Any:
    """Import :func:`read_document` at its first use: it needs feedparser, which only workers do."""
    if name == "read_document":
        from newscrawl.discovery.reading import read_document

        return read_document
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

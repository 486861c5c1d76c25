"""Where article URLs come from: feeds, sitemaps, pages of links; and what kind of thing a URL is."""

from newscrawl.discovery.candidate import Candidate, Via
from newscrawl.discovery.document import Document, DocumentLink
from newscrawl.discovery.likelihood import article_likelihood
from newscrawl.discovery.reading import read_document
from newscrawl.discovery.wellknown import usual_feeds, usual_sitemaps

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

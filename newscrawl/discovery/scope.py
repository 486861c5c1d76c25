"""What belongs to a source: its sites, its section, its own feeds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from newscrawl.discovery.document import Document, DocumentLink, with_detail
from newscrawl.urls import site_of

FRONT_PAGES = re.compile(r"/?(?:(?:index|home|default|start)(?:\.\w{2,5})?)?/?", re.I)
WORD = re.compile(r"[^\W_]+")


def is_home(url: str) -> bool:
    """Tell whether *url* is a site's front door, so that all of the site belongs to it. ``/en/index.html`` is none."""
    parts = urlsplit(url)
    return FRONT_PAGES.fullmatch(parts.path) is not None and not parts.query


def segments(url: str) -> list[str]:
    """Return the path of *url* as its segments, in lower case and without an index page."""
    path = unquote(urlsplit(url).path).lower()
    parts = [segment for segment in path.split("/") if segment]
    return parts[:-1] if parts and parts[-1].startswith(("index.", "default.")) else parts


class Scope:
    """The sites of one source. What other sites are named beside its own stories is an advertisement."""

    def __init__(self, urls: Iterable[str]) -> None:
        self.sites = {site_of(url) for url in urls}
        self.whole = any(is_home(url) for url in urls)

    def own(self, document: Document, url: str, *, given: bool) -> Document:
        """Return *document* without candidates and sitemaps of other sites.

        A feed that was *given* may be an aggregator's. A site that most entries of a feed or of a given sitemap lead to
        is the source's own under another name. A sitemap that others name may speak for its own site only
        (https://www.sitemaps.org/protocol.html#location).
        """
        if given:
            self.sites.add(site_of(url))  # where a redirect led
        if document.kind == "page":
            return self._own_page(document)
        if document.kind == "feed" and given and not self.whole:
            return document
        sites = [candidate.site for candidate in document.candidates]
        site, count = next(iter(Counter(sites).most_common(1)), ("", 0))
        if count * 2 > len(sites) and (given or document.kind == "feed"):
            self.sites.add(site)
        kept = tuple(c for c, site in zip(document.candidates, sites, strict=True) if site in self.sites)
        others = len(sites) - len(kept)
        detail = f"{others} links to other sites left out" if others else ""
        return with_detail(replace(document, candidates=kept), detail)

    def _own_page(self, document: Document) -> Document:
        """Return *document* with what stands in its margins, unless the source is one section of the site."""
        if not document.beside or self.whole:
            return replace(document, candidates=document.candidates + document.beside, beside=())
        return with_detail(replace(document, beside=()), f"{len(document.beside)} links in its margins left out")

    def belongs(self, link: DocumentLink, page: str) -> bool:
        """Tell whether a document that the section *page* leads to is part of it: a section is no whole site.

        A section or sitemap stands below the section's path. A feed may stand elsewhere, if its address or title names
        the section: ``/rss/sport.xml`` is the feed of ``/sport/``.
        """
        own, other = segments(page), segments(link.url)
        if other[: len(own)] == own:
            return True
        if link.kind != "feed" or not own:
            return False
        name = WORD.findall(own[-1].partition(".")[0])
        parts = urlsplit(link.url)
        words = WORD.findall(unquote(f"{parts.path} {parts.query}").lower()) + WORD.findall((link.title or "").lower())
        return bool(name) and all(word in words for word in name)

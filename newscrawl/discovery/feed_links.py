"""Which links of a page, or of its headers, name a feed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawl.discovery.document import Document, DocumentLink
from newscrawl.urls import absolute_url

MAX_LINKS = 5_000
FEED_TYPE = re.compile(r"(?:rss|atom|rdf|feed)\b", re.I)
GENERIC_TYPE = re.compile(r"(?:application|text)/(?:json|xml)\s*(?:;|$)", re.I)  # a feed if the address says so too
COMMENTS = re.compile(r"comment|komment|coment|replies", re.I)
PATH = re.compile(r"/(?:feeds?|rss)/?$|[./](?:rss|atom|rdf)(?:\.xml)?$|/(?:feed|index)\.(?:xml|json)$", re.I)
QUERY = re.compile(r"(?:^|&)(?:(?:feed|format|type|output|alt)=(?:feed|rss2?|atom|rdf)|rss2?|feed|atom)(?:&|=?$)", re.I)
HEADER = re.compile(r"<([^<>]{1,2000})>\s*((?:;[^,<]{0,500})*)")
PARAMETER = re.compile(r";\s*(rel|type|title)\s*=\s*(?:\"([^\"]*)\"|([^;,\s]*))", re.I)


def is_feed_address(url: str) -> bool:
    """Tell whether *url* is spelled as feeds are: ``/rss.xml``, ``/news/feed/``, ``/?feed=rss2``."""
    parts = urlsplit(url)
    return bool(PATH.search(parts.path) or QUERY.search(parts.query))


def names_feed(href: str, rel: str, kind: str, title: str) -> bool:
    """Tell whether a link with these attributes leads to a feed of stories."""
    names = rel.lower().split()
    if COMMENTS.search(title) or COMMENTS.search(href) or "replies" in names:
        return False
    if "feed" in names:
        return True
    generic = bool(GENERIC_TYPE.match(kind)) and is_feed_address(href)
    return "alternate" in names and (generic or FEED_TYPE.search(kind) is not None)


def declared_feeds(tree: HtmlElement, base: str) -> list[DocumentLink]:
    """Return the feeds that the page's links declare, by ``rel`` and ``type``, in its head or elsewhere."""
    feeds: dict[str, DocumentLink] = {}
    for element in islice(tree.iter("link", "a"), MAX_LINKS):
        href, rel, kind, title = ((element.get(name) or "").strip() for name in ("href", "rel", "type", "title"))
        if rel and names_feed(href, rel, kind, title) and (address := absolute_url(href, base)):
            feeds.setdefault(address, DocumentLink(address, "feed", base, title=title or None))
    return list(feeds.values())


def header_links(values: Iterable[str], url: str) -> list[DocumentLink]:
    """Return what Link headers (RFC 8288) name: feeds, and the next page of a document."""
    links = []
    for value in values:
        for target, parameters in HEADER.findall(value[:10_000]):
            given = {name.lower(): quoted or plain for name, quoted, plain in PARAMETER.findall(parameters)}
            rel, kind, title = (given.get(name, "") for name in ("rel", "type", "title"))
            if (address := absolute_url(target, url)) is None:
                continue
            if names_feed(target, rel, kind, title):
                links.append(DocumentLink(address, "feed", url, title=title or None))
            elif "next" in rel.lower().split():
                links.append(DocumentLink(address, "section", url))
    return links


def with_links(document: Document, values: Sequence[str], url: str) -> Document:
    """Return *document* with what its Link headers name before its own links."""
    named = header_links(values, url)
    kept = {(link.kind, link.url): link for link in (*named, *document.links)}
    return replace(document, links=tuple(kept.values())) if named else document

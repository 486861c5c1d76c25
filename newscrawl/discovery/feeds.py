"""Reads RSS, Atom and RDF feeds, broken ones too."""

from __future__ import annotations

import re
from bisect import bisect
from datetime import datetime
from html import unescape
from html.entities import html5
from io import BytesIO
from typing import Any
from xml.parsers import expat

import feedparser

from newscrawl.dates.parse import read_date
from newscrawl.discovery.candidate import Via
from newscrawl.discovery.document import CUT_OFF, Candidates, Document, DocumentLink, is_media, whole_text
from newscrawl.discovery.ttl import read_ttl
from newscrawl.text.clean import plain
from newscrawl.urls import absolute_url

MAX_CHARS = 8 * 1024 * 1024
MAX_BROKEN_CHARS = 512 * 1024  # feedparser is quadratic in the open tags of broken feeds: 1 MiB of them takes 8 s
MAX_ENTRIES = 5_000  # feedparser takes 0.2 ms an entry; the longest honest feeds have some hundred

_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]")
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf|channel)\s*>", re.I)
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")
_REFERENCE = re.compile(r"<!\[CDATA\[(?:.*?\]\]>|.*)|&(?:(#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]\w{1,30});)?", re.S)
_LINK_OF_OTHERS = re.compile(
    r"<link\b(?=[^<>]{0,500}\brel\s*=\s*[\"'](?!alternate)\w)(?![^<>]{0,500}\bhref\s*=)[^<>]{0,500}(?<!/)>"
    r"[^<]{0,2000}</link>",
    re.I,
)
"""An enclosure whose address stands as text: feedparser takes that for the entry's own link."""

_LINK_AS_TEXT = re.compile(
    r"<link\s(?![^<>]{0,500}\b(?:href|base)\s*=)[^<>]{0,500}(?<!/)>(?=\s*(?:<!\[CDATA\[\s*)?https?://)", re.I
)
"""RSS's link with attributes: feedparser confuses them (``uri="at://…"``)."""

_NEW_ADDRESS = re.compile(
    r"<(?:\w+:)?(?:new-feed-url|newLocation)\b[^<>]{0,200}>\s*(?:<!\[CDATA\[)?\s*([^\s<>\]]{1,2000})", re.I
)
"""itunes:new-feed-url, and the redirect of https://www.rssboard.org/redirect-rss-feed."""

_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,500}\?>")
_ADDRESS = re.compile(r"(?:https?:)?//|/", re.I)
_BLANK = re.compile(r"\s(?!\S*$)|^(?:none|null|n/a|#.*)$", re.I)  # words, no address
_NO_PAGE = re.compile(r"(?:audio|video|image)/|application/(?:pdf|zip|octet-stream)", re.I)
_XML_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))


def read_feed(text: str, url: str, fetched_at: datetime) -> Document:
    """Return the entries of the XML feed *text*; of a broken one those that can be read."""
    data, flaws, left_out = _mended(text)
    headers = {"content-type": "application/xml; charset=utf-8"}  # no address: links stay as they were written
    try:
        # A stream, never a string: feedparser fetches a string that is a URL and opens one that is a path.
        parsed = feedparser.parse(
            BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # it follows what strangers wrote into many corners of the standard library
        return Document("feed", detail=f"a feed that cannot be read: {type(error).__name__}")
    is_atom = parsed.get("version", "").startswith("atom")
    # Atom's links are relative to the document or its xml:base; those of RSS are meant from the site's home page.
    home = "" if is_atom else parsed.feed.get("link")
    base = absolute_url(home, url) if home else url
    harvest, without_link = Candidates(Via.FEED, url, base), 0
    for entry in parsed.entries:
        added = (link := _link(entry)) and harvest.add(
            link,
            title=plain(entry.get("title")),
            **_dates(entry, is_atom, fetched_at),
            guid=entry.get("id"),
            content=whole_text(part.get("value") for part in entry.get("content", ())[:5]),
        )
        without_link += not added
    if without_link:
        flaws.append(f"{without_link} entries without a link")
    title = plain(parsed.feed.get("title")) or None
    links = (*_moved(text, url), *_next_page(parsed.feed, url))
    ttl_s = read_ttl(parsed.feed.get("ttl"), parsed.feed.get("sy_updateperiod"), parsed.feed.get("sy_updatefrequency"))
    return Document("feed", harvest.newest_first(), links, title, "; ".join(flaws), left_out, ttl_s)


def read_redirect(text: str, url: str) -> Document:
    """Return where a feed stands now that was replaced by ``<redirect>`` (https://www.rssboard.org/redirect-rss-feed)."""
    return Document("feed", links=_moved(text, url), detail="moved")


def _moved(text: str, url: str) -> tuple[DocumentLink, ...]:
    """Return the address at which the feed says that it is found from now on; none where that is its own."""
    entry = _ENTRY.search(text)
    match = _NEW_ADDRESS.search(text, 0, entry.start() if entry else len(text))
    address = absolute_url(unescape(match[1].strip()), url) if match else None
    if address is None or address.partition("://")[2] == url.partition("://")[2]:
        return ()
    return (DocumentLink(address, "feed", url, is_move=True),)


def _next_page(feed: Any, url: str) -> tuple[DocumentLink, ...]:
    """Return the older entries of a paged feed (RFC 5005)."""
    pages = [link.get("href") for link in feed.get("links", ()) if link.get("rel") in ("next", "prev-archive")]
    return tuple(DocumentLink(page, "feed", url) for href in pages[:1] if href and (page := absolute_url(href, url)))


def _mended(text: str) -> tuple[bytes, list[str], int]:
    """Return *text* as bytes that feedparser can read in time, what is wrong with it, and how many entries were cut."""
    flaws: list[str] = []
    text = _LINK_AS_TEXT.sub("<link>", _LINK_OF_OTHERS.sub("", _DECLARATION.sub("", text, count=1)))
    text, left_out = _bounded(text, MAX_CHARS)
    data = _REFERENCE.sub(_escaped, text).encode("utf-8", "replace")
    if not _is_well_formed(data):
        flaws.append("not well-formed" if _END.search(text, max(len(text) - 2000, 0)) else f"{CUT_OFF}: no end")
        if len(text) > MAX_BROKEN_CHARS:
            text, more = _bounded(text, MAX_BROKEN_CHARS)
            data, left_out = _REFERENCE.sub(_escaped, text).encode("utf-8", "replace"), left_out + more
    if left_out:
        flaws.append(f"{left_out} entries left out")
    return data, flaws, left_out


def _bounded(text: str, most: int) -> tuple[str, int]:
    """Return *text* with no more entries than are read, and how many were cut out of it."""
    starts = [match.start() for match in _ENTRY.finditer(text)]
    kept = min(len(starts), MAX_ENTRIES)
    if len(text) > most:
        kept = min(kept, max(bisect(starts, most) - 1, 0))  # the last one before the bound runs over it
    if kept == len(starts):
        return text[:most], 0
    end = max((match.end() for match in _ENTRY_END.finditer(text, starts[kept])), default=len(text))
    return text[: min(starts[kept], most)] + text[end : end + 1000], len(starts) - kept


def _escaped(match: re.Match[str]) -> str:
    """Return a reference as XML knows it: feedparser would take the & of ``?a=1&copy=2`` for ``&copy;``."""
    name = match[1]
    if match[0][0] == "<" or (name and (name[0] == "#" or name in _XML_ENTITIES)):
        return match[0]
    return html5.get(f"{name};", "") or "&amp;" + match[0][1:]


def _is_well_formed(data: bytes) -> bool:
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError):
        return False
    return True


def _link(entry: Any) -> str:
    """Return where *entry*'s article stands: its link, else an id that is one, else a page that it encloses."""
    guid = entry.get("id")
    is_address = isinstance(guid, str) and (_ADDRESS.match(guid.strip()) or ("/" in guid and entry.get("guidislink")))
    alternates = {link.get("href") for link in entry.get("links", ()) if link.get("rel") in (None, "alternate")}
    is_linked = not entry.get("guidislink") or entry.get("link") in alternates  # Atom's id may stand before its links
    links = [entry.get("feedburner_origlink"), entry.get("link") if is_linked else None, guid if is_address else None]
    links += [
        link.get("href")
        for link in entry.get("links", ())
        if link.get("rel") not in ("self", "replies", "edit") and not _NO_PAGE.match(link.get("type") or "")
    ]
    texts = (link.strip() for link in links if isinstance(link, str))
    return next((link for link in texts if link and not _BLANK.search(link) and not is_media(link)), "")


def _dates(entry: Any, is_atom: bool, fetched_at: datetime) -> dict[str, datetime | None]:
    # The text and not feedparser's reading of it: that takes 2026/11/23 for 1 November and CET for UTC.
    published, created, updated = (
        read_date(dict.get(entry, n), fetched_at) for n in ("published", "created", "updated")
    )
    published = published or created
    if not published and not is_atom:  # what feedparser calls updated is dc:date there
        published, updated = updated, None
    return {"published_at": published, "modified_at": updated}

"""Reads RSS, Atom and RDF feeds, broken ones too."""

from __future__ import annotations

import re
from bisect import bisect
from datetime import datetime
from html.entities import html5
from io import BytesIO
from typing import Any
from xml.parsers import expat

import feedparser

from newscrawl.dates.parse import read_date
from newscrawl.discovery.candidate import Via
from newscrawl.discovery.document import Candidates, Document, DocumentLink
from newscrawl.text.clean import plain
from newscrawl.urls import absolute_url

MAX_CHARS = 8 * 1024 * 1024
MAX_BROKEN_CHARS = 512 * 1024  # feedparser is quadratic in the open tags of broken feeds: 1 MiB of them takes 8 s
MIN_CONTENT, MAX_CONTENT = 600, 100_000  # characters of an entry's text: below it is a teaser
MAX_ENTRIES = 5_000  # feedparser takes 0.2 ms an entry; the longest honest feeds have some hundred

_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]")
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")
_REFERENCE = re.compile(r"<!\[CDATA\[(?:.*?\]\]>|.*)|&(?:(#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]\w{1,30});)?", re.S)
_LINK_OF_OTHERS = re.compile(
    r"<link\b(?=[^<>]{0,500}\brel\s*=\s*[\"'](?!alternate)\w)(?![^<>]{0,500}\bhref\s*=)[^<>]{0,500}(?<!/)>"
    r"[^<]{0,2000}</link>",
    re.I,
)
"""An enclosure whose address stands as text: feedparser takes that for the entry's own link."""

_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,500}\?>")
_XML_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))


def read_feed(text: str, url: str, fetched_at: datetime) -> Document:
    """Return the entries of the XML feed *text*; of a broken one those that can be read."""
    data, flaws, left_out = _mended(text)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        # A stream, never a string: feedparser fetches a string that is a URL and opens one that is a path.
        parsed = feedparser.parse(
            BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # it follows what strangers wrote into many corners of the standard library
        return Document("feed", detail=f"a feed that cannot be read: {type(error).__name__}")
    is_atom = parsed.get("version", "").startswith("atom")
    harvest, without_link = Candidates(Via.FEED, url), 0
    for entry in parsed.entries:
        added = (link := _link(entry)) and harvest.add(
            link,
            title=plain(entry.get("title")),
            **_dates(entry, is_atom, fetched_at),
            guid=entry.get("id"),
            content=_content(entry),
        )
        without_link += not added
    if without_link:
        flaws.append(f"{without_link} entries without a link")
    title = plain(parsed.feed.get("title")) or None
    pages = [link.get("href", "") for link in parsed.feed.get("links", ()) if link.get("rel") == "next"]
    links = tuple(DocumentLink(page, "feed", url) for href in pages[:1] if (page := absolute_url(href, url)))
    return Document("feed", harvest.newest_first(), links, title, "; ".join(flaws), left_out)


def _mended(text: str) -> tuple[bytes, list[str], int]:
    """Return *text* as bytes that feedparser can read in time, what is wrong with it, and how many entries were cut."""
    flaws: list[str] = []
    text, left_out = _bounded(_LINK_OF_OTHERS.sub("", _DECLARATION.sub("", text, count=1)), MAX_CHARS)
    data = _REFERENCE.sub(_escaped, text).encode("utf-8", "replace")
    if not _is_well_formed(data):
        flaws.append("not well-formed")
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
    """Return where *entry*'s article stands: its link, else an id that is one, else what it encloses."""
    links = [entry.get("feedburner_origlink"), entry.get("link"), entry.get("id")]
    links += [link.get("href") for link in entry.get("links", ()) if link.get("rel") != "self"]
    found = (link.strip() for link in links if isinstance(link, str))
    return next((link for link in found if link and ("/" in link or "?" in link)), "")


def _content(entry: Any) -> str | None:
    """Return the whole text of *entry* as HTML, where it gives more than a teaser."""
    texts = [part.get("value") or "" for part in entry.get("content", ())[:5]]
    longest = max(texts, key=len, default="")
    return longest if MIN_CONTENT <= len(longest) <= MAX_CONTENT else None


def _dates(entry: Any, is_atom: bool, fetched_at: datetime) -> dict[str, datetime | None]:
    # The text and not feedparser's reading of it: that takes 2026/11/23 for 1 November and CET for UTC.
    published, created, updated = (
        read_date(dict.get(entry, n), fetched_at) for n in ("published", "created", "updated")
    )
    published = published or created
    if not published and not is_atom:  # what feedparser calls updated is dc:date there
        published, updated = updated, None
    return {"published_at": published, "modified_at": updated}

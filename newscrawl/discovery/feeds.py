"""Reads RSS, Atom, RDF and JSON feeds, broken ones too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

import feedparser

from newscrawl.discovery.candidate import Via
from newscrawl.discovery.dates import read_date
from newscrawl.discovery.document import Document, Harvest
from newscrawl.extraction.text import plain

MAX_CHARS = 8 * 1024 * 1024
MAX_ENTRIES = 5_000  # feedparser takes 0.2 ms an entry; the longest honest feeds have some hundred

_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,500}\?>")


def read_feed(text: str, url: str, fetched_at: datetime) -> Document:
    """Return the entries of the XML feed *text*; of a broken one those that can be read."""
    text, left_out = _bounded(text)
    source = BytesIO(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"))
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        # A stream, never a string: feedparser fetches a string that is a URL and opens one that is a path.
        parsed = feedparser.parse(source, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # it follows what strangers wrote into many corners of the standard library
        return Document("feed", detail=f"a feed that cannot be read: {type(error).__name__}")
    is_atom = parsed.get("version", "").startswith("atom")
    harvest, without_link = Harvest(Via.FEED, url), 0
    for entry in parsed.entries:
        added = (link := _link(entry)) and harvest.add(
            link,
            title=plain(entry.get("title")),
            **_dates(entry, is_atom, fetched_at),
            guid=entry.get("id"),
        )
        without_link += not added
    details = [
        "not well-formed"
        if parsed.bozo and "CharacterEncoding" not in type(parsed.get("bozo_exception")).__name__
        else "",
        f"{without_link} entries without a link" if without_link else "",
        f"{left_out} entries left out" if left_out else "",
    ]
    title = plain(parsed.feed.get("title")) or None
    return Document(
        "feed", harvest.newest_first(), title=title, detail="; ".join(filter(None, details)), overflow=left_out
    )


def _bounded(text: str) -> tuple[str, int]:
    """Return as much of *text* as is read, and how many entries stand behind it."""
    starts = [match.start() for match in _ENTRY.finditer(text)]
    kept = [start for start in starts[: MAX_ENTRIES + 1] if start <= MAX_CHARS]
    if len(kept) == len(starts) and len(text) <= MAX_CHARS:
        return text, 0
    end = kept[MAX_ENTRIES] if len(kept) > MAX_ENTRIES else MAX_CHARS
    return text[:end], len(starts) - min(len(kept), MAX_ENTRIES)


def _link(entry: Any) -> str:
    """Return where *entry*'s article stands: its link, else an id that is one, else what it encloses."""
    links = [entry.get("feedburner_origlink"), entry.get("link"), entry.get("id")]
    links += [link.get("href") for link in entry.get("links", ()) if link.get("rel") != "self"]
    found = (link.strip() for link in links if isinstance(link, str))
    return next((link for link in found if link and ("/" in link or "?" in link)), "")


def _dates(entry: Any, is_atom: bool, fetched_at: datetime) -> dict[str, datetime | None]:
    # The text and not feedparser's reading of it: that takes 2026/11/23 for 1 November and CET for UTC.
    published, created, updated = (
        read_date(dict.get(entry, n), fetched_at) for n in ("published", "created", "updated")
    )
    published = published or created
    if not published and not is_atom:  # what feedparser calls updated is dc:date there
        published, updated = updated, None
    return {"published_at": published, "modified_at": updated}


# --- JSON Feed, https://www.jsonfeed.org/version/1.1/


def read_json_feed(text: str, url: str, fetched_at: datetime) -> Document | None:
    """Return the entries of the JSON feed *text*, of one cut off those before the cut; None if it is no feed."""
    detail, feed = "", {}
    try:
        feed = json.loads(text[:MAX_CHARS])
    except (ValueError, RecursionError):
        detail = "not valid JSON"
    if not isinstance(feed, dict):
        return None
    items = feed.get("items") if feed else list(_items(text))
    if not isinstance(items, list) or not (
        "jsonfeed.org" in text[:2000] or any(_json_link(item) for item in items[:10])
    ):
        return None
    harvest, without_link = Harvest(Via.FEED, url), 0
    for item in items[:MAX_ENTRIES]:
        added = (link := _json_link(item)) and harvest.add(
            link,
            title=plain(item.get("title")),
            published_at=read_date(item.get("date_published"), fetched_at),
            modified_at=read_date(item.get("date_modified"), fetched_at),
            guid=item["id"] if isinstance(item.get("id"), str) else None,
        )
        without_link += not added
    left_out = max(len(items) - MAX_ENTRIES, 0)
    details = [
        detail,
        f"{without_link} entries without a link" if without_link else "",
        f"{left_out} entries left out" if left_out else "",
    ]
    title = plain(feed.get("title")) or None
    return Document(
        "feed", harvest.newest_first(), title=title, detail="; ".join(filter(None, details)), overflow=left_out
    )


def _items(text: str) -> Iterator[Any]:
    """Yield the items of a broken feed up to the fault."""
    start = re.search(r'"items"\s*:\s*\[', text[:MAX_CHARS])
    position = start.end() if start else len(text)
    decoder = json.JSONDecoder()
    while position < len(text):
        try:
            item, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return
        yield item
        comma = re.compile(r"[\s,]*").match(text, position)
        position = comma.end() if comma else position


def _json_link(item: Any) -> str:
    if not isinstance(item, dict):
        return ""
    links = (item.get(name) for name in ("url", "external_url", "id"))
    return next((link.strip() for link in links if isinstance(link, str) and "/" in link), "")

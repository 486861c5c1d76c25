"""Reads JSON feeds (https://www.jsonfeed.org/version/1.1/), those that are cut off too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from newscrawl.dates.parse import read_date
from newscrawl.discovery.candidate import Via
from newscrawl.discovery.document import CUT_OFF, Candidates, Document, DocumentLink, whole_text
from newscrawl.text.clean import plain
from newscrawl.urls import absolute_url

MAX_CHARS = 8 * 1024 * 1024
MAX_ENTRIES = 5_000

_ITEMS = re.compile(r'"items"\s*:\s*\[')
_COMMA = re.compile(r"[\s,]*")


def read_json_feed(text: str, url: str, fetched_at: datetime) -> Document | None:
    """Return the entries of the JSON feed *text*, of one cut off those before the cut; None if it is no feed."""
    text, detail, feed = text[:MAX_CHARS], "", {}
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        detail = "not valid JSON" if text.rstrip().endswith("}") else f"{CUT_OFF}: not valid JSON"
    if not isinstance(feed, dict):
        return None
    items = feed.get("items") if feed else list(islice(_items(text), MAX_ENTRIES))
    if not isinstance(items, list) or not (
        "jsonfeed.org" in text[:2000] or any(_json_link(item) for item in items[:10])
    ):
        return None
    home = feed.get("home_page_url")
    base = absolute_url(home, url) if isinstance(home, str) and home else url
    harvest, without_link = Candidates(Via.FEED, url, base), 0
    for item in items[:MAX_ENTRIES]:
        added = (link := _json_link(item)) and harvest.add(
            link,
            title=plain(item.get("title")),
            published_at=read_date(item.get("date_published"), fetched_at),
            modified_at=read_date(item.get("date_modified"), fetched_at),
            guid=item["id"] if isinstance(item.get("id"), str) else None,
            content=whole_text([item.get("content_html")]),
        )
        without_link += not added
    left_out = max(len(items) - MAX_ENTRIES, 0)
    details = [
        detail,
        f"{without_link} entries without a link" if without_link else "",
        f"{left_out} entries left out" if left_out else "",
    ]
    title = plain(feed.get("title")) or None
    following = feed.get("next_url")
    page = absolute_url(following, url) if isinstance(following, str) and following else None
    links = (DocumentLink(page, "feed", url),) if page else ()
    return Document("feed", harvest.newest_first(), links, title, "; ".join(filter(None, details)), left_out)


def _items(text: str) -> Iterator[Any]:
    """Yield the items of a broken feed up to the fault."""
    start = _ITEMS.search(text)
    position = start.end() if start else len(text)
    decoder = json.JSONDecoder()
    while position < len(text):
        try:
            item, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return
        yield item
        comma = _COMMA.match(text, position)
        position = comma.end() if comma else position


def _json_link(item: Any) -> str:
    if not isinstance(item, dict):
        return ""
    links = ((name, item.get(name)) for name in ("url", "external_url", "id"))
    texts = ((name, link.strip()) for name, link in links if isinstance(link, str))
    return next((link for name, link in texts if "/" in link or (link and name == "url")), "")

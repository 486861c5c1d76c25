"""JSON Feed 1.1 and RSS 2.0 of the newest stories."""

from __future__ import annotations

import heapq
import json
import re
from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from newscrawl.export.records import Record, time_of

NEWEST = 100  # stories in a feed
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
OWN = ("canonical_url", "section", "related_links", "publisher", "site", "source", "is_paywalled", "ai_opt_out")
NAMESPACES = {
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}

NONE: AttributesImpl[str] = AttributesImpl({})


def newest(records: Iterable[Record]) -> list[Record]:
    """Return the newest records, the latest first."""
    return heapq.nlargest(NEWEST, records, key=time_of)


def write_jsonfeed(records: Iterable[Record], path: Path, _fields: object = ()) -> int:
    """Write a JSON Feed; return the number of its items."""
    items = [feed_item(record) for record in newest(records)]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "newscrawl", "items": items}
    path.write_bytes((json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))
    return len(items)


def feed_item(record: Record) -> dict[str, Any]:
    """Return *record* as an item of a JSON Feed; what is unknown is left out."""
    item = {
        "id": record.get("id"),
        "url": record.get("url"),
        "title": record.get("title"),
        "content_text": record.get("body"),
        "summary": record.get("description"),
        "image": record.get("image_url"),
        "date_published": record.get("published_at"),
        "date_modified": record.get("modified_at"),
        "authors": [{"name": name} for name in record.get("authors") or []],
        "tags": record.get("tags"),
        "language": record.get("language"),
        "_newscrawl": {name: record[name] for name in OWN if record.get(name) not in (None, [])},
    }
    return {name: value for name, value in item.items() if value not in (None, [], {})}


def write_rss(records: Iterable[Record], path: Path, _fields: object = ()) -> int:
    """Write an RSS 2.0 feed with whole texts; return the number of its items."""
    chosen = newest(records)
    with path.open("w", encoding="utf-8") as file:
        xml = XMLGenerator(file, "utf-8", short_empty_elements=True)
        xml.startDocument()
        xml.startElement("rss", AttributesImpl({"version": "2.0", **NAMESPACES}))
        xml.startElement("channel", NONE)
        element(xml, "title", "newscrawl")
        element(xml, "link", chosen[0].get("url") if chosen else None)
        element(xml, "description", "The newest stories")
        for record in chosen:
            xml.startElement("item", NONE)
            element(xml, "title", record.get("title"))
            element(xml, "link", record.get("url"))
            element(xml, "guid", record.get("id"), isPermaLink="false")
            for name in record.get("authors") or []:
                element(xml, "dc:creator", name)
            for tag in [record.get("section"), *(record.get("tags") or [])]:
                element(xml, "category", tag)
            if at := record.get("published_at"):
                element(xml, "pubDate", format_datetime(datetime.fromisoformat(at)))
            element(xml, "description", record.get("description"))
            element(xml, "content:encoded", as_html(record.get("body") or ""))
            xml.endElement("item")
        xml.endElement("channel")
        xml.endElement("rss")
        xml.endDocument()
    return len(chosen)


def element(xml: XMLGenerator, name: str, text: str | None, **attributes: str) -> None:
    """Write an element with *text*; nothing where there is none."""
    if text:
        xml.startElement(name, AttributesImpl(attributes))
        xml.characters(NOT_XML.sub("", text))
        xml.endElement(name)


def as_html(body: str) -> str:
    """Return the paragraphs of *body* as HTML in which nothing of it is markup."""
    return "".join(f"<p>{escape(part)}</p>" for part in body.split("\n\n") if part)

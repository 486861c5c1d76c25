"""gofeed's corpus: beside each document stands a JSON file with what its parser must give."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from newscrawl.discovery import Candidate, read_document
from newscrawl.text.clean import plain
from newscrawl.urls import absolute_url
from tests.foreign.comparison import NOW, Comparison, written

URL = "http://feeds.e.example/feed"
PLACES = ("translator/rss", "translator/atom", "translator/json", "parser/rss", "parser/atom", "parser/json")
ENTRY = re.compile(r"(<(?:\w+:)?(?:item|entry)\b[^<>]*(?<!/)>)", re.I)


def comparisons(folder: Path) -> Iterator[Comparison]:
    """Yield links, titles, dates and ids of the entries, the feed's title and its next page."""
    data = folder / "testdata"
    for place in PLACES:
        for path in sorted((data / place).iterdir()):
            expected_at = path.with_name(path.stem + "_expected.json") if path.suffix == ".json" else None
            expected_at = expected_at or path.with_suffix(".json")
            if path.is_dir() or path.stem.endswith("_expected") or not expected_at.exists():
                continue
            if path.suffix == ".json" and path.with_suffix(".xml").exists():
                continue  # what another document expects
            expected = json.loads(expected_at.read_text("utf-8"))
            yield from compare(f"gofeed/{path.relative_to(data)}", path.read_bytes(), expected)


def compare(case: str, body: bytes, expected: dict[str, Any]) -> Iterator[Comparison]:
    """Yield the facts of one document."""
    items = [item for name in ("items", "entries") for item in expected.get(name) or ()]
    if body.lstrip().startswith(b"<") and not any(link_of(item) for item in items):
        body = ENTRY.sub(r"\1<link>http://e.example/a</link>", body.decode("latin-1"), count=1).encode("latin-1")
    document = read_document(body, URL, fetched_at=NOW)
    if "title" in expected:
        yield Comparison(f"{case}#feed.title", written(document.title), plain(expected["title"]))
    if "next_url" in expected:
        pages = [link.url for link in document.links]
        yield Comparison(f"{case}#feed.next", written(pages), expected["next_url"])
    for number, item in enumerate(items):
        named = link_of(item)
        link = (absolute_url(named, URL) or "") if named else ""
        if link:
            links = [candidate.url for candidate in document.candidates]
            ours = link if link in links else " ".join(links)
            yield Comparison(f"{case}#{number}.link", ours, link)
        entry = next((c for c in document.candidates if c.url == link or len(items) == 1), None)
        if entry is not None:
            yield from facts(f"{case}#{number}", entry, item)


def link_of(item: dict[str, Any]) -> str:
    """Return where they say that the entry stands."""
    links = [link["href"] for link in item.get("links", ()) if isinstance(link, dict) and is_own(link)]
    link = item.get("link") or item.get("url") or next(iter(links), "")
    return str(link)


def is_own(link: dict[str, Any]) -> bool:
    """Tell whether a link of Atom leads to the entry's page."""
    return link.get("rel") == "alternate" and "href" in link


def facts(case: str, entry: Candidate, item: dict[str, Any]) -> Iterator[Comparison]:
    """Yield title, dates and id of one entry."""
    if item.get("title"):
        yield Comparison(f"{case}.title", written(entry.title), plain(item["title"]))
    guid = item.get("guid") or item.get("id")
    if guid:
        yield Comparison(f"{case}.id", written(entry.guid), str(guid["value"] if isinstance(guid, dict) else guid))
    for name in ("publishedParsed", "updatedParsed", "pubDateParsed"):
        if name in item:
            theirs = written(datetime.fromisoformat(item[name]))
            ours = [written(entry.published_at), written(entry.modified_at)]
            yield Comparison(f"{case}.{name}", theirs if theirs in ours else " ".join(ours), theirs)

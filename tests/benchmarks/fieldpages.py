"""How many pages of ``tests/pages`` come out right, by newscrawl and by plain trafilatura.

    python -m tests.benchmarks.fieldpages [-v]

A page is right if each expected field is: text and title by their words, a date by its day, authors as a set of names;
of a page that is no article, if nothing comes out. What trafilatura does not give (language, related links, …) is not
asked of either. ``-v`` names what is wrong.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from trafilatura import bare_extraction

from newscrawl.extraction import Page, extract
from newscrawl.items import Article, as_record
from newscrawl.text.clean import words

PAGES = Path(__file__).parents[1] / "pages"
FETCHED_AT = datetime(2026, 6, 1, tzinfo=UTC)
ASKED = ("title", "body", "published_at", "authors")


def ours(page: bytes, url: str) -> dict[str, Any] | None:
    """Return what newscrawl makes of *page*; None where it calls it no article."""
    article, _ = extract(Page(page, fetched_at=FETCHED_AT), url)
    return as_record(article) if isinstance(article, Article) else None


def plain(page: bytes, url: str) -> dict[str, Any] | None:
    """Return what trafilatura makes of *page*; None where it finds no text."""
    found = bare_extraction(page, url=url, with_metadata=True, include_comments=False)
    if found is None or not found.text:
        return None
    return {
        "title": found.title,
        "body": found.text,
        "published_at": found.date,
        "authors": [name.strip() for name in (found.author or "").split(";") if name.strip()],
    }


def faults(expected: dict[str, Any], got: dict[str, Any] | None) -> list[str]:
    """Return which of the *expected* fields *got* has wrong."""
    if "reason" in expected:
        return ["kind"] if got is not None else []
    if got is None:
        return ["kind"]
    return [name for name in ASKED if name in expected and _key(name, expected[name]) != _key(name, got[name])]


def _key(name: str, value: Any) -> Any:
    if name == "authors":
        return {words(author) for author in value}
    return (value or "")[:10] if name == "published_at" else words(value or "")


def main(*arguments: str) -> None:
    right: Counter[str] = Counter()
    folders = sorted(folder for folder in PAGES.iterdir() if (folder / "article.json").exists())
    for folder in folders:
        expected = json.loads((folder / "article.json").read_text("utf-8"))
        page = (folder / "page.html").read_bytes()
        for name, extractor in (("newscrawl", ours), ("trafilatura", plain)):
            wrong = faults(expected, extractor(page, expected["url"]))
            right[name] += not wrong
            if wrong and "-v" in arguments:
                print(f"{name} {folder.name}: {', '.join(wrong)}")
    for name in ("newscrawl", "trafilatura"):
        print(f"{name}: {right[name]} of {len(folders)} pages right")


if __name__ == "__main__":
    main(*sys.argv[1:])

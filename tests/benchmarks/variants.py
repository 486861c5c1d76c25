"""How many pages of ``tests/pages`` still come out right when they are written in another way.

    python -m tests.benchmarks.variants [-v]

Each page is written in each way of ``tests/page_variants.py`` that changes it. All expected fields have to be as they
were. ``-v`` names what is wrong.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newscrawl.extraction import Page, extract
from newscrawl.items import Article, as_record
from tests.page_variants import VARIANTS

PAGES = Path(__file__).parents[1] / "pages"
FETCHED_AT = datetime(2026, 6, 1, tzinfo=UTC)
CHARSET = re.compile(r"charset=[\"']?(?!utf-8)[a-z]", re.I)


def pages() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield name, text and expected record of each page that is in UTF-8 and says no other charset."""
    for folder in sorted(PAGES.iterdir()):
        try:
            page = (folder / "page.html").read_text("utf-8")
        except UnicodeDecodeError:
            continue
        if not CHARSET.search(page) and "\0" not in page:
            yield folder.name, page, json.loads((folder / "article.json").read_text("utf-8"))


def faults(page: str, expected: dict[str, Any]) -> list[str]:
    """Return which of the *expected* fields come out otherwise."""
    article, _ = extract(Page(page.encode(), fetched_at=FETCHED_AT), expected["url"])
    if "reason" in expected or not isinstance(article, Article):
        reason = None if isinstance(article, Article) else article.reason
        return [] if reason == expected.get("reason") else [f"kind: {reason or 'article'}"]
    record = as_record(article)
    return [name for name in expected if record[name] != expected[name]]


def main() -> None:
    wrong: dict[str, list[str]] = {}
    count = 0
    for name, page, expected in pages():
        for way, variant in VARIANTS.items():
            if (written := variant(page)) != page:
                count += 1
                if found := faults(written, expected):
                    wrong.setdefault(way, []).append(f"{name}: {', '.join(found)}")
    failures = sum(map(len, wrong.values()))
    print(f"{count - failures:,} of {count:,} variants right")
    for way, names in sorted(wrong.items()):
        print(f"  {way}: {len(names)}")
        if "-v" in sys.argv:
            print(*(f"    {name}" for name in names), sep="\n")


if __name__ == "__main__":
    main()

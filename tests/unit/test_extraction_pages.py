"""Each folder of ``pages`` is a test: a page as publishers build them, and the article in it or why there is none."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.extraction import Page, extract
from newscrawl.html.decode import decode
from newscrawl.items import Article, as_record
from newscrawl.outcomes import Rejection

PAGES = Path(__file__).parents[1] / "pages"
FETCHED_AT = datetime(2026, 6, 1, tzinfo=UTC)


def cases() -> list[Path]:
    return sorted(folder for folder in PAGES.iterdir() if (folder / "article.json").exists())


@pytest.mark.parametrize("folder", cases(), ids=lambda folder: folder.name)
def test_page_yields_its_article(folder: Path) -> None:
    expected = json.loads((folder / "article.json").read_text("utf-8"))

    article, _ = extract(Page((folder / "page.html").read_bytes(), fetched_at=FETCHED_AT), expected["url"])

    if "reason" in expected:
        assert isinstance(article, Rejection), as_record(article)["body"][:300]
        assert article.reason == expected["reason"]
        return
    assert isinstance(article, Article), article
    record = as_record(article)
    assert {name: record[name] for name in expected} == expected


def test_the_pages_are_of_many_languages_and_scripts() -> None:
    languages, scripts = set(), set()
    for folder in cases():
        text = decode((folder / "page.html").read_bytes())
        languages.update(found[1] for found in [re.search(r"<html[^>]* lang=[\"']?([a-z]{2,3})", text)] if found)
        text = re.sub(r"<script.*?</script>|<[^>]*>", " ", text, flags=re.S)
        named = Counter(unicodedata.name(char, "").split(" ")[0] for char in text if char.isalpha())
        scripts.update(name for name, count in named.items() if count >= named.total() / 3)

    assert len(cases()) >= 120
    assert len(languages) >= 25, sorted(languages)
    assert len(scripts) >= 10, sorted(scripts)

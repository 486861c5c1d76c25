"""Each folder of ``pages`` is a test: a page as publishers build them, and the article in it or why there is none."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.extraction import Page, extract
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

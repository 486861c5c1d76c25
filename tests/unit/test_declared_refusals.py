"""A page refuses the training of machines by a header or a meta element, and only by what says so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.extraction import Page, extract
from newscrawl.items import Article

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PROSE = "".join(f"<p>The mayor answered question {n} of the council, as it had asked in May.</p>" for n in range(8))
HEADLINE = "The council asks the mayor"


def refuses(head: str = "", **headers: str) -> bool:
    page = f"<html lang=en><head>{head}</head><body><article><h1>{HEADLINE}</h1>{PROSE}</article></body>"
    article = extract(Page(page.encode(), NOW, "text/html", **headers), "https://a.example/news/the-council-asks")[0]
    assert isinstance(article, Article)
    return article.ai_opt_out


@pytest.mark.parametrize(("value", "refused"), [("1", True), (" 1 ", True), ("0", False), ("", False), ("10", False)])
def test_only_a_reservation_of_1_is_one(value, refused):
    assert refuses(tdm_reservation=value) is refused
    assert refuses(f'<meta name="tdm-reservation" content="{value}">') is refused


@pytest.mark.parametrize(
    ("value", "refused"),
    [
        ("noai", True),
        ("noarchive, NoAI", True),
        ("newscrawl: noai", True),
        ("noimageai", False),
        ("index, follow", False),
        ("noairplay", False),
    ],
)
def test_only_the_word_noai_refuses(value, refused):
    assert refuses(robots_tag=value) is refused
    assert refuses(f'<meta name="robots" content="{value}">') is refused

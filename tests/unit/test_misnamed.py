"""Blocks in the midst of a text that the finder's names speak against."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.extraction import Page, extract
from newscrawl.items import Article

PROSE = [
    f"The harbour board met for {n} hours on Tuesday, and nobody left before the vote was taken." for n in range(2, 9)
]


def body_of(block: str) -> str:
    before, after = ("".join(f"<p>{text}</p>" for text in part) for part in (PROSE[:3], PROSE[3:]))
    page = (
        f"<html><body><article><h1>Board sells the quay</h1><div>{before}{block}{after}</div></article></body></html>"
    )
    article, _ = extract(Page(page.encode(), fetched_at=datetime(2026, 11, 5, tzinfo=UTC)), "https://quay.example/a")
    assert isinstance(article, Article), article
    return article.body


@pytest.mark.parametrize("name", ["slide", "story-banner", "promo-text", "overlay", "noprint", "toolbar", "embed"])
@pytest.mark.parametrize(
    "sentence",
    [
        "The quay goes to eleven fishermen for a sum that was not named.",
        "码头以未公布的价格卖给了十一名渔民和他们的家人。",
    ],
    ids=["english", "chinese"],
)
def test_paragraph_among_paragraphs_is_the_text_whatever_it_is_named(name: str, sentence: str) -> None:
    assert sentence in body_of(f"<p class='{name}'>{sentence}</p>")
    assert sentence in body_of(f"<div class='{name}'><p>{sentence}</p><p>{sentence}</p></div>")


@pytest.mark.parametrize(
    "block",
    [
        "<div class='banner'><p>Tell us what it has to carry.</p><p><a href='/try'>Try it for a month.</a></p></div>",
        "<p class='signup-banner'>Tell us what your quay has to carry, <a href='/try'>free for a month</a>.</p>",
        "<div class='post-attachment'><p>The quay in the winter of 1974, before it was built anew.</p></div>",
    ],
    ids=["with a button", "with a link", "a caption"],
)
def test_offer_or_caption_among_paragraphs_is_left_out(block: str) -> None:
    assert body_of(block) == "\n\n".join(PROSE)

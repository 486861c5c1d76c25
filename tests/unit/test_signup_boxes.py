"""Boxes for an address go, and never the story around them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.extraction import Page, extract
from newscrawl.items import Article

STORY = (
    "The council voted on Monday to keep the pool open through the winter, after a petition with 4,300 signatures.",
    "Heating the water costs about nine thousand pounds a month, as the treasurer told the meeting twice.",
    "The vote was nine to seven, and two members changed their minds in the last hour of the debate.",
)
FIELD = '<input type="email" name="e"><input type="submit" value="Go">'
OFFER = f"<h4>Our letter</h4><p>The best of the week, every Friday.</p>{FIELD}"


def body_of(page: str) -> str:
    html = f"<html><head><title>Pool stays open</title></head><body>{page}</body></html>"
    article, _ = extract(
        Page(html.encode(), fetched_at=datetime(2026, 5, 5, tzinfo=UTC)), "https://a.example/pool-open"
    )
    assert isinstance(article, Article), article
    return article.body


def paragraphs(count: int = 3) -> str:
    return "".join(f"<p>{text}</p>" for text in STORY[:count])


@pytest.mark.parametrize("heading", ["h1", "h2", "div"])
@pytest.mark.parametrize("box", [f"<div>{OFFER}</div>", f"<div>{FIELD}</div>", FIELD])
def test_a_page_that_stands_in_one_form_keeps_its_story(heading: str, box: str) -> None:
    title = f"<{heading}>Pool stays open</{heading}>"
    page = f'<form id="aspnetForm"><div><a href="/a">News</a></div>{title}<div>{paragraphs()}</div>{box}</form>'

    assert body_of(page).split("\n\n") == list(STORY)


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("element", ["div", "section", "form"])
def test_a_box_goes_wherever_it_stands_and_a_brief_stays(element: str, count: int) -> None:
    box = f"<{element}>{OFFER}</{element}>"

    for page in (
        f"<article><h1>Pool stays open</h1>{paragraphs(count)}{box}</article>",
        f"<h1>Pool stays open</h1><div>{paragraphs(count)}</div>{box}",
        f"<h1>Pool stays open</h1><div>{paragraphs(count)}{box}</div>",
    ):
        assert body_of(page).split("\n\n") == list(STORY[:count])


def test_a_form_that_is_the_page_says_what_it_says() -> None:
    page = f"<h1>Pool stays open</h1><div>{paragraphs(1)}{FIELD}</div>"

    assert body_of(page) == STORY[0]

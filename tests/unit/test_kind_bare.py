"""A page that is nothing but a form or a table is no article, in any language."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml.html import fromstring

from newscrawl.extraction import Page, extract
from newscrawl.extraction.kinds.kind import page_kind
from newscrawl.extraction.tree.nodes import nodes_of
from newscrawl.outcomes import Reason, Rejection

FETCHED_AT = datetime(2026, 11, 24, tzinfo=UTC)
URL = "https://harbour.example/2026/11/23/the-bridge"


def kind(main: str, body: str, url: str = URL, types: tuple[str, ...] = ()) -> Reason | None:
    page = f"<html><head><title>Harbour</title></head><body><main>{main}</main></body></html>"
    tree = fromstring(page)
    outcome = page_kind(tree, nodes_of(tree), url, title="", body=body, declared_types=types)
    return outcome[0] if outcome else None


@pytest.mark.parametrize(
    ("heading", "field", "reason"),
    [
        ("न्यूज़लेटर", "email", Reason.SECTION),
        ("النشرة البريدية اليومية", "email", Reason.SECTION),
        ("เข้าสู่ระบบ", "password", Reason.LOGIN),
        ("ورود", "password", Reason.LOGIN),
    ],
)
def test_a_form_without_a_text_is_no_article(heading: str, field: str, reason: Reason) -> None:
    form = f'<h1>{heading}</h1><p>{heading}</p><form><input type="{field}"><button>OK</button></form>'

    assert kind(form, f"{heading} {heading}") is reason


@pytest.mark.parametrize("own", ["", "<h2>Sign up</h2>"])
def test_a_form_below_a_heading_that_is_a_picture_is_no_article(own: str) -> None:
    page = f'<h1><img src="/logo.png"></h1><form>{own}<input type="email"></form>'

    assert kind(page, "Sign up") in (Reason.SECTION, Reason.NO_BODY)


@pytest.mark.parametrize(("field", "reason"), [("email", Reason.SECTION), ("password", Reason.LOGIN)])
def test_a_page_that_is_one_form_and_asks_for_an_address_is_no_article(field: str, reason: Reason) -> None:
    page = f'<form><a href="/">Home</a><h1>Harbour letter</h1><p>Every day.</p><input type="{field}"></form>'

    result, _ = extract(Page(f"<html><body>{page}</body></html>".encode(), fetched_at=FETCHED_AT), URL)

    assert isinstance(result, Rejection)
    assert result.reason is reason


def test_a_brief_above_a_comment_form_stays() -> None:
    text = "The council closed the river bridge on Monday until spring, and nobody knows why."
    form = '<form id="commentform"><input type="email"><textarea></textarea></form>'

    assert kind(f"<h1>The bridge</h1><p>{text}</p>{form}", text) is None


def test_a_story_with_a_form_for_a_newsletter_stays() -> None:
    text = "The council closed the river bridge on Monday until spring, and nobody knows why. " * 3

    assert kind(f'<h1>The bridge</h1><p>{text}</p><form><input type="email"></form>', text) is None


def rows(count: int) -> list[str]:
    return [f"Team {number} {number % 4} - {number % 3} Team {number + 20}" for number in range(count)]


def table(lines: list[str]) -> str:
    return "<table>" + "".join(f"<tr><td>{line}</td></tr>" for line in lines) + "</table>"


def test_a_table_of_figures_is_no_article() -> None:
    lines = rows(20)

    assert kind(f"<h1>Live</h1>{table(lines)}", "\n\n".join(lines)) is Reason.SECTION


@pytest.mark.parametrize("types", [("article",), ("NewsArticle",)])
def test_a_table_that_is_declared_an_article_stays(types: tuple[str, ...]) -> None:
    lines = rows(20)

    assert kind(f"<h1>Results</h1>{table(lines)}", "\n\n".join(lines), types=types) is None


def test_a_report_with_a_table_stays() -> None:
    text = "The rowers of the harbour won the last race of the year on Sunday, and moved up to the third place at last."
    lines = rows(20)

    assert kind(f"<h1>The race</h1><p>{text}</p>{table(lines)}", "\n\n".join([text, *lines])) is None


def test_the_archive_of_a_month_is_a_list() -> None:
    heads = [f"The council closed the river bridge for the time number {number}" for number in range(30)]
    links = "".join(f'<li><a href="/2026/11/{n:02}/bridge-{n}">{head}</a></li>' for n, head in enumerate(heads))

    body = " ".join(["2026-11", *heads])

    assert kind(f"<h1>2026-11</h1><ul>{links}</ul>", body, "https://harbour.example/archive/2026/11") is Reason.SECTION

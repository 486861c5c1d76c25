"""When a page was published: the article's own date, told from those of changes, comments and other stories."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml.html import fromstring

from newscrawl.extraction import Page
from newscrawl.extraction.declarations.declared import Choice, Declared
from newscrawl.extraction.metadata.dates import published
from newscrawl.extraction.tree.nodes import nodes_of
from newscrawl.items import format_time

PLAIN = "https://gazette.example/ferry"
DATED = "https://gazette.example/2026/05/05/ferry"
TEASER = (
    '<article><h3><a href="/lock">The lock</a></h3><time datetime="2020-01-02T03:04:05Z">2 January</time></article>'
)
CHANGED = '<meta property="og:updated_time" content="2026-05-20T10:00:00Z">'


def date_of(body: str, head: str = "", url: str = PLAIN) -> tuple[str | None, str]:
    tree = fromstring(f"<html><head>{head}</head><body><h1>The ferry is back</h1>{body}</body></html>")
    found: Choice = published(
        tree, nodes_of(tree), Declared(tree, url), Page(b"", fetched_at=datetime(2026, 6, 1, tzinfo=UTC))
    )
    return (format_time(found.value[0]), found.source) if found.value else (None, "")


@pytest.mark.parametrize(
    ("body", "head", "url", "expected"),
    [
        pytest.param(
            "",
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-05-05T09:30:00+02:00"}'
            '</script><meta name="date" content="2026-05-04">',
            PLAIN,
            ("2026-05-05T07:30:00Z", "json-ld"),
            id="JSON-LD before meta, in UTC",
        ),
        pytest.param(
            '<span itemprop="datePublished" content="2026-05-05T09:30:00Z">5.5.</span>'
            '<ol><li><time itemprop="datePublished" content="2026-05-09T09:30:00Z">9.5.</time></li></ol>',
            "",
            PLAIN,
            ("2026-05-05T09:30:00Z", "meta"),
            id="microdata before its comments'",
        ),
        pytest.param(
            f'{TEASER}<time datetime="2026-05-05T09:30:00Z">5 May</time>',
            "",
            PLAIN,
            ("2026-05-05T09:30:00Z", "time-tag"),
            id="not the time of a teaser",
        ),
        pytest.param(
            '<div><time datetime="2020-01-02T03:04:05Z">2 January</time></div>',
            "",
            DATED,
            ("2026-05-05T00:00:00Z", "url"),
            id="the address before a time far from it",
        ),
        pytest.param(
            '<p class="date">5 May 2026</p>',
            CHANGED,
            PLAIN,
            ("2026-05-05T00:00:00Z", "text"),
            id="never the time of the last change",
        ),
        pytest.param("<p>The ferry is back.</p>", CHANGED, PLAIN, (None, ""), id="nothing but a change says nothing"),
    ],
)
def test_takes_the_articles_own_date(body: str, head: str, url: str, expected: tuple[str | None, str]) -> None:
    assert date_of(body, head, url) == expected


def test_a_time_tag_in_a_card_adds_the_hour_to_the_day_that_the_text_names() -> None:
    card = '<section><h2>News</h2><time datetime="2026-05-05T09:30:00Z"></time></section><p class="date">5 May 2026</p>'

    assert date_of(card) == ("2026-05-05T09:30:00Z", "time-tag")


def test_a_date_of_a_change_above_it_is_no_label_of_the_first_publication() -> None:
    assert date_of("<p>Updated 6 May 2026</p><p>Published 5 March 2026</p>") == ("2026-03-05T00:00:00Z", "text")


def test_a_date_in_the_language_of_the_template_is_read_above_a_text_in_another() -> None:
    tree = fromstring(
        '<html lang="tr"><body><h1>The ferry is back</h1><span class="tarih">5 Ağustos 2025</span></body>'
    )

    found = published(
        tree, nodes_of(tree), Declared(tree, PLAIN), Page(b"", fetched_at=datetime(2026, 6, 1, tzinfo=UTC)), "en"
    )

    assert format_time(found.value[0]) == "2025-08-05T00:00:00Z"

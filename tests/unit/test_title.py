"""The headline is the one that readers see, without kicker and site name, wherever the page declares another."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from newscrawl.extraction.declared import Declared
from newscrawl.extraction.title import choose_title

URL = "https://gazette.example/2026/05/05/ferry"


def title_of(body: str, head: str = "", known: str | None = None) -> tuple[str, str]:
    tree = fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    found = choose_title(tree, Declared(tree, URL), known)
    return found.value, found.source


def og(title: str) -> str:
    return f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="The Gazette">'


@pytest.mark.parametrize(
    ("body", "head", "expected"),
    [
        pytest.param(
            "<h1>Ferry back on the sound</h1>",
            og("The ferry is back on the sound | The Gazette"),
            ("Ferry back on the sound", "h1"),
            id="what readers see before what the page declares",
        ),
        pytest.param(
            "<h1>The Gazette</h1><p>Text</p>",
            og("The ferry is back | The Gazette"),
            ("The ferry is back", "og:title"),
            id="a masthead is no headline",
        ),
        pytest.param(
            '<h1><span class="kicker">Coast</span> The ferry is back</h1>',
            og("The ferry is back"),
            ("The ferry is back", "h1"),
            id="without its kicker",
        ),
        pytest.param(
            "<h1>More from the coast</h1><h1>The ferry is back on the sound</h1>",
            og("The ferry is back on the sound"),
            ("The ferry is back on the sound", "h1"),
            id="the h1 that agrees, not the first",
        ),
        pytest.param(
            "<h1>No to the closing of the only ferry between the two islands</h1><h1>Log in</h1>",
            og("Petition : No to the closing of the only ferry between the two islands"),
            ("No to the closing of the only ferry between the two islands", "h1"),
            id="a headline behind a short name",
        ),
        pytest.param(
            "<p>Text</p>",
            og("&amp;quot;The ferry&amp;quot; is back - The Gazette"),
            ('"The ferry" is back', "og:title"),
            id="entities escaped twice",
        ),
        pytest.param(
            "<p>Text</p>", "<title>The ferry is back | Coast | gazette.example</title>",
            ("The ferry is back", "title"), id="the longest part of a bare title",
        ),
    ],
)  # fmt: skip
def test_the_headline_is_the_one_that_readers_see(body: str, head: str, expected: tuple[str, str]) -> None:
    assert title_of(body, head) == expected


def test_a_page_without_any_headline_takes_the_feeds() -> None:
    assert title_of("<p>Text</p>", known="The ferry is back") == ("The ferry is back", "feed or link")


def test_nothing_at_all_gives_no_headline() -> None:
    assert title_of("<p>Text</p>") == ("", "")

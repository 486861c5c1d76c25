"""Who wrote a page: persons only, from what it declares or from the byline that readers see."""

from __future__ import annotations

import json

import pytest
from lxml.html import fromstring

from newscrawl.extraction.authors import choose_authors
from newscrawl.extraction.bylines import bylines, parted_text
from newscrawl.extraction.declared import Declared

URL = "https://gazette.example/2026/05/05/ferry"
NELL, INES = "Nell Harrowby", "Ines Calder"


def authors(body: str, head: str = "") -> list[str]:
    tree = fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    value: list[str] = choose_authors(tree, Declared(tree, URL)).value
    return value


def json_ld(author: object) -> str:
    story = {"@type": "NewsArticle", "headline": "The ferry is back", "author": author}
    return f'<script type="application/ld+json">{json.dumps(story)}</script>'


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        pytest.param({"@type": "Person", "name": "Nell Harrowby"}, ["Nell Harrowby"], id="a person"),
        pytest.param([{"name": "Nell Harrowby"}, {"name": "Ines Calder"}], ["Nell Harrowby", "Ines Calder"], id="two"),
        pytest.param("By Nell Harrowby and Ines Calder", ["Nell Harrowby", "Ines Calder"], id="a sentence"),
        pytest.param({"@type": "Organization", "name": "Coast Wire"}, [], id="an organisation"),
        pytest.param({"@type": "Person", "name": "Gazette Staff"}, [], id="a desk"),
        pytest.param("https://social.example/nell", [], id="an address"),
    ],
)
def test_takes_the_persons_that_json_ld_names(author: object, expected: list[str]) -> None:
    assert authors("<h1>The ferry is back</h1>", json_ld(author)) == expected


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        pytest.param(f'<p>By <a href="/author/nell">{NELL}</a></p>', [NELL], id="address of an author"),
        pytest.param(
            f'<ul><li><a href="/people/nell">{NELL}</a></li><li><a href="/people/ines">{INES}</a></li></ul>',
            [NELL, INES],
            id="two addresses",
        ),
        pytest.param(f'<div class="byline">By<a>{NELL}</a><a>News</a></div>', [NELL], id="class name"),
        pytest.param(f"<ul><li>Von: <a>{NELL}</a>, <a>{INES}</a></li></ul>", [NELL, INES], id="spoken"),
        pytest.param('<p class="author">Leave a comment here</p>', [], id="no name at all"),
        pytest.param('<p class="author">Posted on | Monday</p>', [], id="a date's label"),
    ],
)
def test_reads_the_byline_below_the_headline(byline: str, expected: list[str]) -> None:
    assert authors(f"<h1>The ferry is back</h1>{byline}<p>The ferry crossed the sound this morning.</p>") == expected


def test_leaves_the_author_of_a_teaser_to_the_other_story() -> None:
    teaser = '<article><h3><a href="/lock">The lock is shut</a></h3><a href="/author/ines">Ines Calder</a></article>'

    assert authors(f"<h1>The ferry is back</h1>{teaser}") == []


def test_believes_what_is_declared_before_what_is_shown() -> None:
    shown = '<h1>The ferry is back</h1><p class="byline">Ines Calder</p>'

    assert authors(shown, json_ld({"name": "Nell Harrowby"})) == ["Nell Harrowby"]


def test_parts_the_texts_of_neighbouring_elements() -> None:
    line = fromstring("<div>By<a>Nell <b>Harrowby</b></a><span>Chief</span></div>")

    assert parted_text(line) == "By|Nell Harrowby|Chief"


def test_reads_a_hostile_byline_in_bounded_time() -> None:
    tree = fromstring("<html><body><h1>x</h1><div class='author'>" + "<span>a" * 20_000 + "</body></html>")

    assert list(bylines(tree))

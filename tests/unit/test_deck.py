"""The deck between headline and text belongs to the article."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from newscrawl.extraction.cuts.headline import Headlines
from newscrawl.extraction.finder.deck import visible_deck, with_deck
from newscrawl.extraction.text.body import Line
from newscrawl.extraction.tree.nodes import Nodes, nodes_of

DECK = "After nine weeks in the yard the ferry crosses the sound again, with a new engine and an old crew."
TEXT = Line("The first crossing left the north pier at six this morning.")


def page(below: str) -> Nodes:
    return nodes_of(fromstring(f"<html><body><h1>The ferry is back</h1>{below}<p>{TEXT.text}</p></body></html>"))


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(f"<p>{DECK}</p>", id="a paragraph"),
        pytest.param(
            f"<header><div><div>{DECK}</div><span>By Nell Harrowby</span></div></header>", id="beside a byline"
        ),
        pytest.param(f"<h2>{DECK.replace('nine', '<b>nine</b>')}</h2>", id="a heading with markup"),
    ],
)
@pytest.mark.parametrize("description", [DECK, DECK[:80] + "…"], ids=["whole", "cut off"])
def test_the_deck_that_the_page_declares_as_its_description_begins_the_text(below, description):
    lines = with_deck(page(below), [TEXT], description, Headlines.of([]))

    assert [line.text for line in lines] == [DECK, TEXT.text]


def test_a_deck_that_the_text_has_is_not_told_twice():
    assert with_deck(page(f"<p>{DECK}</p>"), [Line(DECK), TEXT], DECK, Headlines.of([])) == [Line(DECK), TEXT]


def test_a_description_that_no_reader_sees_stays_a_description():
    assert with_deck(page(""), [TEXT], DECK, Headlines.of([])) == [TEXT]


def test_a_description_that_is_the_headline_again_is_no_deck():
    again = "The ferry is back on the sound today"

    assert with_deck(page(f"<h2>{again}</h2>"), [TEXT], again, Headlines.of([again.casefold()])) == [TEXT]


def test_a_word_or_two_are_no_deck():
    assert visible_deck(page("<p>Ferry news</p>"), "Ferry news") == ""

"""The text that was found, written out as the paragraphs of the page."""

from __future__ import annotations

import pytest
from lxml.html import document_fromstring

from newscrawl.extraction.text.blocks import blocks_of
from newscrawl.extraction.text.body import Line
from newscrawl.extraction.text.paragraphs import paragraphs

FIRST = "The night bus to the hill estates is back after four years, on Fridays and Saturdays."
SECOND = "Nurses on late shifts had asked for it in a letter with more than nineteen hundred signatures."


def texts(html: str) -> list[tuple[str, str]]:
    return [(block.line.kind, block.line.text) for block in blocks_of(document_fromstring(f"<body>{html}</body>"))]


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>Set <code>debug=0</code>, then restart.</p>", [("p", "Set debug=0, then restart.")]),
        ("<p>one<br>two</p>", [("p", "one"), ("p", "two")]),
        ("<div>one<p>two</p>three</div>", [("p", "one"), ("p", "two"), ("p", "three")]),
        ("<ul><li><p>one</p></li><li>two</li></ul>", [("item", "one"), ("item", "two")]),
        ("<table><tr><td><p>A</p></td><td><p>9</p></td></tr></table>", [("row", "A 9")]),
        ("<x-par>one</x-par><x-par>two</x-par>", [("p", "one"), ("p", "two")]),
        ("<p>the <x-term>bus</x-term> is back</p>", [("p", "the bus is back")]),
        ("<h2><a href='/a'>one</a></h2><script>no</script>", [("head", "one")]),
    ],
)
def test_a_block_is_a_line(html: str, lines: list[tuple[str, str]]) -> None:
    assert texts(html) == lines


@pytest.mark.parametrize("blanks", ["", "\n "])
def test_the_link_of_a_picture_is_not_that_of_the_line_below(blanks: str) -> None:
    html = f"<div><a href='/big.jpg'><img></a></div>{blanks}<p>one <a href='/a'>two</a></p><p>three</p>"

    found = blocks_of(document_fromstring(f"<body>{html}</body>"))

    assert [(block.line.text, block.line.href) for block in found] == [("one two", "/a"), ("three", "")]


def test_a_text_found_as_one_line_gets_its_paragraphs_back_without_the_buttons() -> None:
    tree = document_fromstring(
        f"<body><h1>Bus</h1><a>Share</a><button>Save</button><p>{FIRST}</p><p>{SECOND}</p></body>"
    )

    lines = paragraphs(blocks_of(tree), [Line(f"Bus Share Save {FIRST} {SECOND}")])

    assert [line.text for line in lines] == [FIRST, SECOND]


def test_the_subheading_that_the_finder_left_out_comes_back_and_the_teaser_does_not() -> None:
    tree = document_fromstring(
        f"<body><div><p>{FIRST}</p><h2>Who pays</h2><p>{SECOND}</p></div><div><h2>Other news</h2></div></body>"
    )

    lines = paragraphs(blocks_of(tree), [Line(FIRST), Line(SECOND)])

    assert [line.text for line in lines] == [FIRST, "Who pays", SECOND]


def test_a_text_that_the_page_does_not_hold_stays_as_it_was_found() -> None:
    found = [Line(FIRST), Line(SECOND)]

    tree = document_fromstring("<body><p>Something else altogether stands here.</p></body>")

    assert paragraphs(blocks_of(tree), found) == found


def test_an_opening_that_the_finder_took_for_a_teaser_comes_back() -> None:
    tree = document_fromstring(
        f"<body><h1>Bus</h1><div class=story><div class=story__teaser><p>{FIRST}</p></div>"
        f"<div class=story__text><p>{SECOND}</p></div></div></body>"
    )

    assert [line.text for line in paragraphs(blocks_of(tree), [Line(SECOND)])] == [FIRST, SECOND]

"""An article in several blocks of one template is taken whole, and nothing else of the page."""

from __future__ import annotations

from lxml.html import fromstring

from newscrawl.extraction.finder.continuation import continued
from newscrawl.extraction.text.body import Line


def paragraph(number: int) -> str:
    return (
        f"Paragraph {number} tells of crossing {number}, with {number + 3} passengers and {number * 7} cars on board."
    )


def block(*numbers: int, name: str = "text") -> str:
    return f"<div class='{name}'>" + "".join(f"<p>{paragraph(number)}</p>" for number in numbers) + "</div>"


def found(*numbers: int) -> list[Line]:
    return [Line(paragraph(number)) for number in numbers]


def texts(body: str, lines: list[Line]) -> list[str] | None:
    whole = continued(fromstring(f"<html><body><main><h1>The ferry</h1>{body}</main></body></html>"), lines)
    return None if whole is None else [line.text for line in whole]


def test_blocks_of_the_same_template_go_on_in_the_pages_order():
    body = block(1, 2) + "<aside>An advertisement</aside>" + block(3, 4) + block(5)

    assert texts(body, found(3, 4)) == [paragraph(number) for number in (1, 2, 3, 4, 5)]


def test_headings_at_the_same_place_go_with_their_paragraphs():
    body = block(1, 2) + f"<div class='text'><h2>The engine</h2><p>{paragraph(3)}</p></div>"

    assert texts(body, found(1, 2)) == [paragraph(1), paragraph(2), "The engine", paragraph(3)]


def test_blocks_of_another_template_are_something_else():
    assert texts(block(1, 2) + block(3, 4, name="comment"), found(1, 2)) is None


def test_what_stands_below_another_headline_is_another_story():
    assert texts(block(1, 2) + "<h1>The lock</h1>" + block(3, 4), found(1, 2)) is None


def test_another_article_of_the_same_template_is_another_story():
    assert (
        texts(f"<article>{block(1, 2)}</article><article><h2>The lock</h2>{block(3, 4)}</article>", found(1, 2)) is None
    )


def test_the_posts_of_a_live_blog_are_one_story():
    posts = "".join(f"<article>{block(number)}</article>" for number in (3, 4))

    whole = texts(f"<article>{block(1, 2)}{posts}</article>", found(1, 2))

    assert whole == [paragraph(number) for number in (1, 2, 3, 4)]


def test_a_paragraph_that_was_found_in_pieces_is_not_told_twice():
    pieces = [Line(part) for part in paragraph(1).split(", ")] + found(2)

    assert texts(block(1, 2), pieces) is None


def test_a_list_of_links_at_the_same_place_is_no_text():
    links = "<div class='text'>" + "".join(f"<p><a href='/{n}'>{paragraph(n)}</a></p>" for n in (3, 4)) + "</div>"

    assert texts(block(1, 2) + links, found(1, 2)) is None

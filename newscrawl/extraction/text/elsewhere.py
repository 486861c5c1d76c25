"""Other texts of a page of which the finder took next to nothing: where names of blocks or their order misled it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from copy import deepcopy

from lxml.html import HtmlElement

from newscrawl.extraction.text.blocks import Block
from newscrawl.extraction.text.body import Line, find_text
from newscrawl.extraction.text.density import densest, prose_chars
from newscrawl.extraction.text.missed import is_in, is_of_text
from newscrawl.extraction.text.paragraphs import paragraphs, with_looks

DENSEST = "densest part"


def texts_elsewhere(
    tree: HtmlElement, blocks: Sequence[Block], topic: Collection[str]
) -> Iterator[tuple[str, list[Line]]]:
    """Yield other texts of *tree* with those *blocks*, each with the name of what found it; *topic*: see paragraphs."""
    yield "without names", paragraphs(blocks, find_text(without_names(tree), fast=True), topic)
    yield DENSEST, densest_part(blocks)


def densest_part(blocks: Sequence[Block]) -> list[Line]:
    """Return the blocks of text of *blocks* in the part of the page that holds most of its prose."""
    prose = [prose_chars(block.line) for block in blocks]
    part = densest(blocks, prose)
    if part is None:
        return []
    return with_looks(
        [
            block
            for block, size in zip(blocks, prose, strict=True)
            if is_in(block.element, part) and is_of_text(block, bool(size))
        ]
    )


def without_names(tree: HtmlElement) -> HtmlElement:
    """Return a copy of *tree* without classes and ids: a forum's post stands in a block that is called comments."""
    copy = deepcopy(tree)
    for element in copy.iter():
        for name in ("class", "id"):
            element.attrib.pop(name, None)
    return copy

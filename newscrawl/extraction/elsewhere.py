"""Other texts of a page of which the finder took next to nothing: where names of blocks or their order misled it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from copy import deepcopy

from lxml.html import HtmlElement

from newscrawl.extraction.blocks import blocks_of
from newscrawl.extraction.body import Line, find_text
from newscrawl.extraction.density import densest, prose_chars
from newscrawl.extraction.missed import is_in, is_of_text
from newscrawl.extraction.paragraphs import paragraphs, with_looks

DENSEST = "densest part"


def texts_elsewhere(tree: HtmlElement, topic: Collection[str]) -> Iterator[tuple[str, list[Line]]]:
    """Yield other texts of *tree*, each with the name of what found it; *topic* as in :func:`paragraphs`."""
    yield "without names", paragraphs(tree, find_text(without_names(tree), fast=True), topic)
    yield DENSEST, densest_part(tree)


def densest_part(tree: HtmlElement) -> list[Line]:
    """Return the blocks of text in the part of *tree* that holds most of its prose."""
    blocks = blocks_of(tree)
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

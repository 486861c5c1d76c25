"""Where a page has next to no text of its own: its data, its noscript part, or blocks whose names mislead."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from newscrawl.extraction.cuts.context import Context
from newscrawl.extraction.cuts.lines import cut_lines
from newscrawl.extraction.text.body import Line, find_text
from newscrawl.extraction.text.elsewhere import without_names
from newscrawl.extraction.text.embedded import embedded_paragraphs
from newscrawl.extraction.tree.rich_text import element_blocks, is_prose

SHELL_CHARS = 2_000
"""Of prose. A page that has more is read as it is: its data would be parsed for nothing."""

SHOWN_CHARS = 200
"""Of found text. A page that shows more of its story keeps the rest from its readers on purpose (three of 205 saved
pages, two of them paywalls)."""


def rescue(
    tree: HtmlElement,
    hidden: Sequence[HtmlElement],
    titles: Sequence[str],
    lines: list[Line],
    context: Context,
    prose: int,
) -> list[Line]:
    """Return *lines*, or a longer text that the page carries where a text finder does not look.

    *tree* is pruned; *hidden* are the page's ``script`` and ``noscript`` elements; *titles* are what it calls its
    story; *prose* is how many characters of text outside links the tree has.
    """
    length = _length(lines)
    if length < SHOWN_CHARS and prose < SHELL_CHARS:
        scripts = [element for element in hidden if element.tag == "script"]
        noscript = [
            block
            for element in hidden
            if element.tag == "noscript"
            for block in element_blocks(element)
            if is_prose(block)
        ]
        for paragraphs in (embedded_paragraphs(scripts, titles), noscript):
            longer = cut_lines([Line(text) for text in paragraphs], context)
            if _length(longer) > length:
                lines, length = longer, _length(longer)
    if not length and prose:
        return cut_lines(find_text(without_names(tree), fast=False), context) or lines
    return lines


def _length(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines if not line.cut)

"""The part of the page where its prose is dense: the second way to find the text, by the share of prose alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from lxml.html import HtmlElement

from newscrawl.extraction.text.blocks import Block
from newscrawl.extraction.text.body import Line
from newscrawl.extraction.text.sentences import MAX_LINKED, MIN_PROSE_CHARS
from newscrawl.text.scripts import DENSE_CHAR
from newscrawl.text.sentences import is_sentence

MAIN_SHARE = 0.6
"""Of an element's prose that one child has to hold to be looked into; else the element is the densest."""


def prose_chars(line: Line) -> int:
    """Return how many characters of prose *line* has; a character of a script without blanks counts three times."""
    if line.linked >= MAX_LINKED or line.kind == "row" or not is_sentence(line.text):
        return 0
    size = len(line.text)
    if not line.text.isascii():
        size += 2 * len(DENSE_CHAR.findall(line.text))
    return size if size > MIN_PROSE_CHARS else 0


def densest(blocks: Sequence[Block], prose: Sequence[int]) -> HtmlElement | None:
    """Return the innermost element that holds most of the prose of *blocks*; None where they have none.

    *prose* is how many characters of it each block has.
    """
    sums: Counter[HtmlElement] = Counter()
    for block, size in zip(blocks, prose, strict=True):
        if size:
            sums[block.element] += size
    children: defaultdict[HtmlElement, set[HtmlElement]] = defaultdict(set)
    in_children: Counter[HtmlElement] = Counter()
    for element, size in sums.items():
        if (parent := element.getparent()) is not None:
            children[parent].add(element)
            in_children[parent] += size
    root = None
    for element, size in in_children.items():  # paragraphs stand together: few parents
        sums[element] += size
        root = element
        for parent in element.iterancestors():
            children[parent].add(root)
            sums[parent] += size
            root = parent
    while root is not None and (below := children.get(root)):
        best = max(below, key=sums.__getitem__)
        if sums[best] < MAIN_SHARE * sums[root]:
            break
        root = best
    return root

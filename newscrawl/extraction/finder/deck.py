"""The deck: the sentence or two that stand between headline and text, and that text finders mostly miss.

It is the article's: without it the segments of 1,150 saved pages lose .011 of their F1 (tests.benchmarks.ablation).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from newscrawl.extraction.cuts.headline import Headlines
from newscrawl.extraction.metadata.headline_place import find_headline
from newscrawl.extraction.text.body import Line, words_of
from newscrawl.extraction.tree.nodes import Nodes
from newscrawl.text.clean import clean, words

ELEMENTS = ("p", "h2", "h3", "h4", "div", "span", "strong", "em", "i")
MAX_ELEMENTS = 300
"""Elements below the headline among which it is looked for."""

MIN_WORDS, MAX_CHARS, MAX_PIECES = 5, 700, 40
SAME_CHARS = 60
"""Of its beginning that stand in the page's description too, which may be cut off or go on."""


def with_deck(nodes: Nodes, lines: Sequence[Line], description: str, headlines: Headlines) -> list[Line]:
    """Return *lines* below the deck that the page shows.

    Not where they have it already, nor where it is a copy of one of *headlines*.
    """
    key = words(description)[:SAME_CHARS]
    if not key or key in words_of(lines):
        return list(lines)
    deck = visible_deck(nodes, description)
    return [Line(deck), *lines] if deck and not headlines.is_copy(deck) else list(lines)


def visible_deck(nodes: Nodes, description: str) -> str:
    """Return the line below the headline that says what the page declares as its *description*; "" if there is none."""
    declared = words(description)
    if len(declared.split()) < MIN_WORDS:
        return ""
    best = ""
    for at in islice(find_headline(nodes, "").below(*ELEMENTS), MAX_ELEMENTS):
        if not nodes.all[at] or not _begins(nodes, at, declared):
            continue
        text = " ".join(clean("".join(islice(nodes.pieces(at), MAX_PIECES))[: 2 * MAX_CHARS]).split())
        if not 2 * MIN_WORDS <= len(text) <= MAX_CHARS or (best and len(text) >= len(best)):
            continue
        key = words(text)
        same = key.startswith(declared[:SAME_CHARS]) or declared.startswith(key[:SAME_CHARS])
        if same and len(key.split()) >= MIN_WORDS and len(key) >= min(len(declared), SAME_CHARS):
            best = text  # the innermost: those around it have more text
    return best


def _begins(nodes: Nodes, at: int, declared: str) -> bool:
    """Say whether the text of the element begins with the first of the words *declared*."""
    for piece in islice(nodes.pieces(at), MAX_PIECES):
        initial = piece.lstrip()[:1]
        if initial.isascii() and initial.isalnum() and initial.lower() != declared[0]:
            return False  # most are told by it
        if first := words(piece.strip()[:SAME_CHARS]).partition(" ")[0]:
            return declared.startswith(first) or first.startswith(declared[:SAME_CHARS])
    return False

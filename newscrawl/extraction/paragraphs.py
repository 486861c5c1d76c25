"""The paragraphs of the page for the text that was found: whole, in the page's order, with their headings and lists.

trafilatura's own tree parts sentences at inline code, glues a short story into one line, and leaves out headings and
items that hold links. So its text only says which blocks of the page are the article's; the lines are the page's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from lxml.html import HtmlElement

from newscrawl.extraction.blocks import Block, blocks_of
from newscrawl.extraction.body import Line

LONG = 40
"""Word characters from which on a block is the found one wherever it stands; shorter ones have to stand in order."""

MIN_COVERED = 0.9
"""Of the found text that has to be met in blocks of the page; below it the text stays as it was found."""

PIECE = 16
"""Characters of the pieces by which a block is compared whose text was found in part only."""

PARTLY = 0.6
"""Of a block's pieces that have to be found."""

MAX_HEAD_CHARS = 160
NOT_WORD = re.compile(r"[\W_]+")


def paragraphs(tree: HtmlElement, found: Sequence[Line]) -> list[Line]:
    """Return the lines of *tree* that hold the text of *found*, and the headings and list items between them.

    Lines that are no blocks of the tree, as where the text was put together anew, are returned as they are.
    """
    blocks = blocks_of(tree)
    keys = [_key(block.line.text) for block in blocks]
    kept = _matched(keys, [_key(line.text) for line in found])
    covered = sum(len(keys[at]) for at in kept)
    if not kept or covered < MIN_COVERED * sum(len(_key(line.text)) for line in found):
        return list(found)
    kept |= _between(blocks, kept)
    return [blocks[at].line for at in sorted(kept)]


def _key(text: str) -> str:
    return NOT_WORD.sub("", text.casefold())


def _matched(keys: Sequence[str], found: Sequence[str]) -> set[int]:
    """Return which of the blocks' *keys* stand in the *found* text."""
    whole = "".join(found)
    exact = Counter(found)
    ends: dict[int, tuple[int, int]] = {}
    for at, key in enumerate(keys):
        if len(key) < LONG:
            continue
        if (start := whole.find(key)) >= 0:
            ends[at] = (start, start + len(key))
        elif exact[key] or _share(key, whole) >= PARTLY:
            start = max(whole.find(key[:PIECE]), 0)
            ends[at] = (start, start + len(key))
    kept = set(ends)
    # short ones touch what was found before or behind them, or are a found line between two that were
    for order, step in ((range(len(keys)), -1), (range(len(keys) - 1, -1, -1), 1)):
        for at in order:
            key = keys[at]
            if not key or at in kept or at + step not in ends:
                continue
            start, end = ends[at + step]
            if step < 0 and whole.startswith(key, end):
                ends[at] = (end, end + len(key))
            elif step > 0 and whole.startswith(key, start - len(key)) and start >= len(key):
                ends[at] = (start - len(key), start)
            else:
                continue
            kept.add(at)
    for at in kept:
        exact[keys[at]] -= 1
    if kept:
        first, last = min(kept), max(kept)
        for at in range(first, last):
            if at not in kept and exact[keys[at]] > 0:
                exact[keys[at]] -= 1
                kept.add(at)
    elif len(found) <= 5:  # a text so short that no block of it is long
        for at, key in enumerate(keys):
            if exact[key] > 0:
                exact[key] -= 1
                kept.add(at)
    return kept


def _share(key: str, whole: str) -> float:
    pieces = range(0, max(1, len(key) - PIECE + 1), PIECE // 2)
    return sum(key[at : at + PIECE] in whole for at in pieces) / len(pieces)


def _between(blocks: Sequence[Block], kept: set[int]) -> set[int]:
    """Return the headings and list items between the *kept* blocks that stand as these do."""
    more: set[int] = set()
    homes = {blocks[at].element.getparent() for at in kept}
    last = max(kept)
    for at in range(min(kept), last):
        line, element = blocks[at].line, blocks[at].element
        if at in kept or line.kind != "head" or len(line.text) > MAX_HEAD_CHARS:
            continue
        if at + 1 in kept and (element.getparent() in homes):
            more.add(at)
    return more

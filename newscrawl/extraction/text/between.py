"""Lists and quotations between two paragraphs of the text that the finder passed over, in the same part of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.text.beside import is_beside
from newscrawl.extraction.text.blocks import Block
from newscrawl.text.sentences import is_sentence

KINDS = frozenset({"item", "quote"})
BOXES = frozenset({"ul", "ol", "dl", "blockquote"})
MAX_LINKED = 0.2
"""Share of the characters of all lines of a list or quotation."""

MAX_AROUND = 5
"""Elements around a line, one of which stands beside the paragraphs."""

MIN_ITEMS = 2
"""Of a list; a term with one definition is the credit of a picture."""

MIN_COPY_CHARS = 20
"""Of a line that is a copy of the text's; shorter ones are words."""

NETWORKS = re.compile(r"(?:twitter|tweet|instagram)\w*", re.I)
"""In the names of quotations from there."""


def lists_between(blocks: Sequence[Block], keys: Sequence[str], kept: set[int]) -> set[int]:
    """Return the lines between *kept* blocks that fill a list or a quotation which stands beside these.

    *keys* are the texts of *blocks* as they are compared. A quotation of the text itself stands there already.
    """
    more: set[int] = set()
    text = "".join(keys[at] for at in sorted(kept))
    for start, end in _gaps(kept):
        lines = [blocks[at] for at in range(start, end)]
        if lines[-1].line.kind == "head" or any(not _may_be(block) for block in lines):
            continue
        size = sum(len(block.line.text) for block in lines)
        linked = sum(block.line.linked * len(block.line.text) for block in lines)
        if linked > MAX_LINKED * size or any(len(key) >= MIN_COPY_CHARS and key in text for key in keys[start:end]):
            continue
        quoted = any(block.line.kind == "quote" and is_sentence(block.line.text) for block in lines)
        if not quoted and sum(block.line.kind == "item" for block in lines) < MIN_ITEMS:
            continue
        behind = set(blocks[end].element.iterancestors())
        above = islice(blocks[start - 1].element.iterancestors(), MAX_AROUND)
        home = next((element for element in above if element in behind), None)
        if home is not None and _fill_box(lines, home):
            more.update(range(start, end))
    return more


def _gaps(kept: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the beginnings and ends of the runs of blocks between two of *kept*."""
    last = -1
    for at in sorted(kept):
        if 0 <= last < at - 1:
            yield last + 1, at
        last = at


def _may_be(block: Block) -> bool:
    return (
        block.line.kind in KINDS or block.element.tag == "dt" or (block.line.kind == "head" and not block.line.linked)
    )


def _fill_box(lines: Sequence[Block], home: HtmlElement) -> bool:
    """Say whether each of *lines* stands in a list or a quotation below *home*, and no name speaks against it."""
    for block in lines:
        around = [block.element, *islice(block.element.iterancestors(), MAX_AROUND)]
        if home not in around:
            return False
        inside = around[: around.index(home)]
        if next(inside[-1].iter("img", "picture"), None) is not None:
            return False  # a gallery
        if block.line.kind != "head" and not any(element.tag in BOXES for element in inside):
            return False
        names = (f"{element.get('class') or ''} {element.get('id') or ''}"[:300] for element in inside)
        if any(is_beside(NETWORKS.sub("", name)) for name in names):
            return False
    return True

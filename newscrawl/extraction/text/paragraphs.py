"""The paragraphs of the page for the text that was found: whole, in the page's order, with their headings and lists.

trafilatura's own tree parts sentences at inline code, glues a short story into one line, and leaves out headings and
items that hold links. So its text only says which blocks of the page are the article's; the lines are the page's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.text.between import lists_between
from newscrawl.extraction.text.blocks import Block, is_marked, look_of
from newscrawl.extraction.text.body import Line
from newscrawl.extraction.text.missed import missed
from newscrawl.text.clean import ascii_text
from newscrawl.text.scripts import DENSE_CHAR
from newscrawl.text.sentences import is_sentence

LONG = 40
"""Word characters from which on a block is the found one wherever it stands; shorter ones have to stand in order."""

MIN_COVERED = 0.9
"""Of the found text that has to be met in blocks of the page; below it the text stays as it was found."""

MIN_COVERED_ALONE = 0.4
"""The same where all was found as one line: trafilatura's last resort, with headline, byline and buttons in it."""

USUAL = 0.2
"""Of the text that stands in elements of one name and class, from which on they are the text's own."""

PIECE = 16
"""Characters of the pieces by which a block is compared whose text was found in part only."""

MAX_SEARCHED = 500
"""Pieces that are searched for one by one, which costs less than the table of all pieces of the found text."""

PARTLY = 0.6
"""Of a block's pieces that have to be found."""

MAX_OPENING = 4
"""Paragraphs that a first part named a teaser has at most."""

MAX_HEAD_CHARS = 160
MAX_STARTS = 500
MAX_BOXES = 6
"""Elements, one in another, that a page builder puts around each heading and each text."""

NOT_WORD = re.compile(r"[\W_]+")
DROPPED = str.maketrans("", "", "".join(map(chr, range(48))) + ":;<=>?@[\\]^_`{|}~\x7f")


def paragraphs(blocks: Sequence[Block], wanted: Sequence[Line], topic: Collection[str] = ()) -> list[Line]:
    """Return the lines of a page's *blocks* that hold the text of *wanted*, and the blocks that the finder missed.

    *topic* are the longer words of the page's title and description. Lines that are no blocks of the page, as where the
    text was put together anew, are returned as they are.
    """
    keys = [_key(block.line.text) for block in blocks]
    found = [_key(line.text) for line in wanted]
    size = sum(map(len, set(found)))  # trafilatura writes what stands in a cell twice
    kept = _matched(keys, found)
    least = (MIN_COVERED if len(wanted) > 1 else MIN_COVERED_ALONE) * size
    if sum(len(keys[at]) for at in kept) < least and len(wanted) == 1:
        brief = _in_order(keys, found[0])
        if not any(blocks[at].element.tag == "h1" or is_sentence(blocks[at].line.text) for at in brief):
            return with_looks([blocks[at] for at in sorted(brief)]) or list(wanted)  # a page of labels
        kept = brief
    if not kept or sum(len(keys[at]) for at in kept) < least:
        return list(wanted)
    kept |= _between(blocks, kept) | _opening(blocks, kept)
    kept |= lists_between(blocks, keys, kept)
    added = missed(blocks, kept, topic)
    return with_looks(
        [
            replace(blocks[at], line=replace(blocks[at].line, why=added[at])) if at in added else blocks[at]
            for at in sorted(kept | added.keys())
        ]
    )


def with_looks(blocks: Sequence[Block]) -> list[Line]:
    """Return the lines of *blocks*, those marked that look another way than most of the text."""
    looks = [look_of(block.element) for block in blocks]
    chars: Counter[tuple[str, str]] = Counter()
    for block, look in zip(blocks, looks, strict=True):
        chars[look] += len(block.line.text)
    usual = {look for look, size in chars.items() if size >= USUAL * chars.total()}
    return [
        block.line if look in usual and not is_marked(block.element) else replace(block.line, apart=True)
        for block, look in zip(blocks, looks, strict=True)
    ]


@lru_cache(maxsize=512)  # most lines of the finder's are blocks of the page
def _key(text: str) -> str:
    bare = ascii_text(text)
    return NOT_WORD.sub("", text.casefold()) if bare is None else bare.lower().translate(DROPPED)


def _is_long(key: str) -> bool:
    """Say whether *key*, of a script without blanks, says as much as ``LONG`` letters: three times as much each."""
    return not key.isascii() and len(key) + 2 * len(DENSE_CHAR.findall(key)) >= LONG


class _Found:
    """The found text as one string, of which each part is claimed by one block only: pages hold copies of their text.

    A summary above, the caption of a gallery's picture again, the whole story in a hidden box for printing.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self.text = "".join(keys)
        self.claimed = bytearray(len(self.text))
        self.pieces: dict[str, int] = {}
        self.asked = 0

    def claim(self, start: int, end: int) -> bool:
        """Claim a part; say whether most of it was free."""
        if end > len(self.text) or 2 * self.claimed.count(1, start, end) > end - start:
            return False
        self.claimed[start:end] = bytes([1]) * (end - start)
        return True

    def whole(self, key: str) -> int | None:
        """Return where *key* stands and is free, now claimed."""
        start = self.text.find(key)
        while start >= 0:
            if self.claim(start, start + len(key)):
                return start
            start = self.text.find(key, start + 1)
        return None

    def _place(self, piece: str) -> int:
        """Return where *piece* stands first, -1 if nowhere.

        Few are searched for, at the speed of memory; where there are many, a table of all pieces is made.
        """
        if self.asked < MAX_SEARCHED:
            self.asked += 1
            return self.text.find(piece)
        if not self.pieces:
            last = len(self.text) - PIECE + 1
            self.pieces = {self.text[at : at + PIECE]: at for at in range(last - 1, -1, -1)}
        return self.pieces.get(piece, -1)

    def partly(self, key: str) -> int | None:
        """Return where the free part begins that most of *key*'s pieces stand in, now claimed."""
        starts = range(0, len(key) - PIECE + 1, PIECE // 2)
        free: list[int] = []
        for count, at in enumerate(starts):
            if len(free) + len(starts) - count < PARTLY * len(starts):
                return None  # nor would it be if the rest were found
            place = self._place(key[at : at + PIECE])
            if place >= 0 and not self.claimed[place]:
                free.append(place)
        if len(free) < PARTLY * len(starts) or not free:
            return None
        for place in free:
            self.claimed[place : place + PIECE] = bytes([1]) * PIECE
        return free[0]


def _matched(keys: Sequence[str], lines: Sequence[str]) -> set[int]:
    """Return which of the blocks' *keys* stand in the text of the found *lines*."""
    finder, exact, often = _Found(lines), Counter(lines), Counter(keys)
    ends: dict[int, tuple[int, int]] = {}
    long = [at for at, key in enumerate(keys) if len(key) >= LONG or _is_long(key)]
    for take, wanted in ((finder.whole, True), (finder.whole, False), (finder.partly, False)):
        for at in long:
            key = keys[at]
            if at not in ends and (not wanted or key in exact) and (start := take(key)) is not None:
                ends[at] = (start, start + len(key))
    kept = set(ends)
    # short ones touch what was found before or behind them, or are a found line between two that were
    for order, step in ((range(len(keys)), -1), (range(len(keys) - 1, -1, -1), 1)):
        for at in order:
            key = keys[at]
            if not key or at in kept or at + step not in ends:
                continue
            start, end = ends[at + step]
            start = end if step < 0 else start - len(key)
            if start >= 0 and finder.text.startswith(key, start) and finder.claim(start, start + len(key)):
                ends[at] = (start, start + len(key))
                kept.add(at)
    exact.subtract(keys[at] for at in kept)
    first, last = (min(kept), max(kept)) if kept else (0, len(keys))
    for at, key in enumerate(keys):
        if at not in kept and exact[key] > 0 and (first < at < last or often[key] == 1):
            exact[key] -= 1
            kept.add(at)
    return kept


def _in_order(keys: Sequence[str], text: str) -> set[int]:
    """Return the first blocks whose *keys*, one behind another, are *text*: all the lines of a brief are short."""
    for start, first in enumerate(keys[:MAX_STARTS]):
        if not first or not text.startswith(first):
            continue
        kept, end = set(), 0
        for at in range(start, len(keys)):
            if keys[at] and text.startswith(keys[at], end):
                kept.add(at)
                end += len(keys[at])
        if end >= MIN_COVERED * len(text):
            return kept
    return set()


def _between(blocks: Sequence[Block], kept: set[int]) -> set[int]:
    """Return the headings and list items between the *kept* blocks that stand as these do."""
    more: set[int] = set()
    homes = {blocks[at].element.getparent() for at in kept}
    last = max(kept)
    before = min(kept)
    for at in range(min(kept), last):
        line, element = blocks[at].line, blocks[at].element
        if at in kept or line.kind != "head" or len(line.text) > MAX_HEAD_CHARS:
            before = at if at in kept else before
            continue
        if at + 1 not in kept:
            continue
        if element.getparent() in homes or _is_beside(element, blocks[before].element, blocks[at + 1].element):
            more.add(at)
    return more


def _is_beside(heading: HtmlElement, before: HtmlElement, behind: HtmlElement) -> bool:
    """Say whether *heading* alone fills a box that stands between those of its neighbours, as page builders make it."""
    box = heading
    for above in islice(heading.iterancestors(), MAX_BOXES):
        if len(above) > 1 or (above.text or "").strip():
            break
        box = above
    home = box.getparent()
    return home is not None and all(home in islice(block.iterancestors(), MAX_BOXES) for block in (before, behind))


def _opening(blocks: Sequence[Block], kept: set[int]) -> set[int]:
    """Return the paragraphs right above the *kept* blocks that look as these do, in the same part of the page.

    The finder passes over a first part that is named a teaser.
    """
    first = min((at for at in kept if blocks[at].line.kind == "p"), default=0)
    looks = {look_of(blocks[at].element) for at in kept if blocks[at].line.kind == "p"}
    around = set(islice(blocks[first].element.iterancestors(), 3))
    more: set[int] = set()
    for at in range(first - 1, max(-1, first - MAX_OPENING - 1), -1):
        line, element = blocks[at].line, blocks[at].element
        prose = line.kind == "p" and line.linked < 0.4 and len(line.text) > 80 and is_sentence(line.text)
        if not prose or at in kept or element.tag not in ("p", "div") or look_of(element) not in looks:
            break
        if around.isdisjoint(islice(element.iterancestors(), 3)):
            break
        more.add(at)
    return more

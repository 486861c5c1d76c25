"""Blocks that the finder passed over: how likely each is the article's, by where it stands and what it looks like.

The finder takes the first run of paragraphs and misses sections of another template: cards of a list of products,
answers in an accordion, lists, tables, the rest of a text in chunks. The blocks between found ones, and those of the
densest part of the page that stand where found ones do, are judged one by one. A block is only ever added here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.text.beside import is_beside
from newscrawl.extraction.text.blocks import Block, look_of
from newscrawl.extraction.text.density import densest, prose_chars
from newscrawl.extraction.text.missed_weights import WEIGHTS
from newscrawl.text.clean import words
from newscrawl.text.sentences import is_sentence

MIN_LIKELIHOOD = 0.53
"""From which on a block is added: a little above even odds, since what is added wrongly stands in somebody's text."""

MANY_TIMES = 2
"""Times the found prose that the densest part has beside it, from which on the finder took the wrong part."""

MIN_BLOCKS = 15
"""Of that part: fewer are a note or an advertisement beside a short text (five of 1,100 pages)."""

MIN_PROSE_SHARE = 0.75
MIN_TOPIC = 0.3
"""Of the words of title and description that it has to hold."""

MAX_AROUND = 5
"""Elements around a block whose names are read."""

LINKED = 0.8
"""Share of a block's characters in links from which on it is no prose."""

PARTS = frozenset("table ul ol dl details section article button label form header".split())
USUAL = 0.1
"""Of the found text in elements of one look, from which on the look is the text's."""


def missed(blocks: Sequence[Block], kept: set[int], topic: Collection[str] = ()) -> dict[int, str]:
    """Return which of *blocks* belong to the text beside those *kept*, and what speaks most for each.

    *topic* are the longer words of the page's title and description.
    """
    prose = [prose_chars(block.line) for block in blocks]
    container = densest(blocks, prose) if kept else None
    if container is None:
        return {}
    elements = set(container.iter())
    inside = {at for at, block in enumerate(blocks) if block.element in elements}
    added = _most(blocks, prose, inside - kept, sum(prose[at] for at in kept), topic)
    for at, names in features_of(blocks, kept, prose, inside).items():
        if at not in added and (likely := likelihood(names)) >= MIN_LIKELIHOOD:
            best = sorted(names, key=lambda name: -WEIGHTS.get(name, 0.0))[:2]
            added[at] = f"{likely:.2f}: {', '.join(best)}"
    return added


def _most(
    blocks: Sequence[Block], prose: Sequence[int], inside: Collection[int], size: int, topic: Collection[str]
) -> dict[int, str]:
    """Return the blocks of the densest part where the finder took its beginning only, or another text altogether.

    Round-ups and lists of products have an introduction that it likes better than all their cards. *inside* are the
    blocks that it left there, *size* is how many characters of prose it took.
    """
    if sum(prose[at] for at in inside) < MANY_TIMES * size or sum(blocks[at].element.tag == "h1" for at in inside) > 1:
        return {}
    rest = [at for at in sorted(inside) if is_of_text(blocks[at], bool(prose[at]))]
    shared = len(set(topic) & set(words(" ".join(blocks[at].line.text for at in rest)).split()))
    dense = sum(prose[at] for at in rest) >= MIN_PROSE_SHARE * sum(len(blocks[at].line.text) for at in rest)
    if len(rest) < MIN_BLOCKS or not dense or shared < MIN_TOPIC * len(topic):
        return {}
    return dict.fromkeys(rest, "most of the page's prose stands here, of which little was found")


def is_of_text(block: Block, is_prose: bool) -> bool:
    """Say whether *block* may be text by itself: no list of links, no form or caption, not named as beside a text."""
    line, element = block.line, block.element
    if (
        line.linked >= LINKED
        or line.kind == "code"
        or (line.kind == "p" and not is_prose and not is_sentence(line.text))
    ):
        return False
    return not any(
        around.tag in ("figure", "figcaption", "form", "nav")
        or is_beside(f"{around.get('class') or ''} {around.get('id') or ''}"[:300])
        for around in (element, *islice(element.iterancestors(), MAX_AROUND))
    )


def likelihood(names: Sequence[str]) -> float:
    """Return how likely a block with the features *names* is the article's, 0 to 1."""
    return 1 / (1 + math.exp(-sum([WEIGHTS.get(name, 0.0) for name in names])))


def features_of(
    blocks: Sequence[Block], kept: set[int], prose: Sequence[int], inside: set[int]
) -> Mapping[int, list[str]]:
    """Return, for each block that may have been missed, what it shows, as names of ``WEIGHTS``.

    *prose* is how many characters of it each block has; *inside* are the blocks of the densest part.
    """
    page = _Page(blocks, kept, prose, inside)
    asked = set(range(page.first, page.last + 1)) - kept
    asked.update(at for at in inside - kept if page.is_near(at))
    return {
        at: page.features(at)
        for at in sorted(asked)
        if blocks[at].line.linked < LINKED or blocks[at].line.kind == "head"
    }


class _Page:
    """What the blocks of a page have in common."""

    def __init__(self, blocks: Sequence[Block], kept: set[int], prose: Sequence[int], inside: set[int]) -> None:
        self.blocks, self.kept, self.prose, self.inside = blocks, kept, prose, inside
        self._homes: dict[HtmlElement | None, tuple[tuple[str, ...], HtmlElement | None]] = {}
        chars: Counter[tuple[str, str]] = Counter()
        for at in kept:
            chars[look_of(blocks[at].element)] += len(blocks[at].line.text)
        self.usual = {look for look, size in chars.items() if size >= USUAL * chars.total()}
        self.parents = {blocks[at].element.getparent() for at in kept}
        self.grandparents = {parent.getparent() for parent in self.parents if parent is not None}
        self.places = {self._place_of(blocks[at].element) for at in kept}
        self.articles = {self._home_of(blocks[at].element)[1] for at in kept}
        self.first, self.last = min(kept), max(kept)
        self.texts = Counter(block.line.text for block in blocks)
        self.templates = Counter(self._place_of(block.element) for at, block in enumerate(blocks) if prose[at])

    def _home_of(self, element: HtmlElement) -> tuple[tuple[str, ...], HtmlElement | None]:
        """Return the place around *element* and the outermost <article> there: the same for all below one parent."""
        parent = element.getparent()
        if parent not in self._homes:
            self._homes[parent] = place_of(element)[2:], outermost(element)
        return self._homes[parent]

    def _place_of(self, element: HtmlElement) -> tuple[str, ...]:
        return *look_of(element), *self._home_of(element)[0]

    def is_near(self, at: int) -> bool:
        """Say whether the block *at* stands where found ones do, in the same story: no other headline between them."""
        element = self.blocks[at].element
        if self._place_of(element) not in self.places or self._home_of(element)[1] not in self.articles:
            return False
        between = range(at, self.first) if at < self.first else range(self.last + 1, at + 1)
        return all(self.blocks[index].element.tag != "h1" for index in between)

    def features(self, at: int) -> list[str]:
        """Return what the block *at* shows."""
        block = self.blocks[at]
        line, element = block.line, block.element
        size = len(line.text)
        form = "prose" if self.prose[at] else "a sentence" if is_sentence(line.text) else "words"
        shown = ["bias", f"kind {line.kind}", f"{line.kind} of {form}"]
        shown.append("tiny" if size < 25 else "short" if size < 80 else "long" if size > 300 else "middling")
        if line.linked >= 0.5:
            shown.append("mostly linked")
        elif line.linked >= 0.2:
            shown.append("partly linked")
        if self.texts[line.text] > 1:
            shown.append("stands twice")
        where = "above" if at < self.first else "below" if at > self.last else "between"
        shown.append(where)
        if at in self.inside:
            shown.append("in the densest part")
        if look_of(element) in self.usual:
            shown.append("usual look")
        parent = element.getparent()
        place = self._place_of(element)
        if place in self.places:
            shown.append("same place")
        if parent in self.parents:
            shown.append("same parent")
        elif parent is not None and (parent in self.grandparents or parent.getparent() in self.parents):
            shown.append("near parent")
        if self.templates[place] >= 3:
            shown.append("template of prose")
        for name, near in (("before", at - 1), ("after", at + 1)):
            if near in self.kept:
                shown.append(f"found {name}")
            elif 0 <= near < len(self.blocks) and self.prose[near]:
                shown.append(f"prose {name}")
        if line.kind == "head":
            below = next((n for n in range(at + 1, min(at + 4, len(self.blocks))) if self.prose[n]), None)
            shown.append("heads prose" if below is not None else "heads no prose")
        names = set()
        quoted = False
        for around in (element, *islice(element.iterancestors(), MAX_AROUND)):
            quoted = quoted or around.tag == "blockquote"
            if around.tag in ("figure", "figcaption") and not quoted:
                names.add("figure")
            elif around.tag in PARTS:
                names.add(f"in {around.tag}")
            if is_beside(f"{around.get('class') or ''} {around.get('id') or ''}"[:300]):
                names.add("named beside")
        return shown + sorted(names)


def is_in(element: HtmlElement, container: HtmlElement) -> bool:
    """Say whether *element* is *container* or stands in it."""
    return element is container or any(parent is container for parent in element.iterancestors())


def outermost(element: HtmlElement) -> HtmlElement | None:
    """Return the outermost <article> around *element*; a live blog has one for each post inside its own."""
    return next(reversed(list(element.iterancestors("article"))), None)


def place_of(element: HtmlElement) -> tuple[str, ...]:
    """Return the names and classes of *element* and of the two around it."""
    around = (element, *islice(element.iterancestors(), 2))
    return tuple(part for holder in around for part in (str(holder.tag), holder.get("class") or ""))

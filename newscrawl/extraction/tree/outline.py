"""The outline of a page: where the links, headings and paragraphs of its own part stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice
from operator import itemgetter

from lxml.html import HtmlElement

from newscrawl.extraction.tree.heading_words import is_other, is_related
from newscrawl.extraction.tree.nodes import Nodes
from newscrawl.text.scripts import DENSE_CHAR

SKIPPED = frozenset(["", *"script style noscript template svg iframe object select textarea button form nav".split()])
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
LABELS = frozenset("p div span font strong b em dt dd li legend summary header figcaption label".split())
BLOCKS = {*"p li div td dd dt blockquote figure figcaption section article aside".split(), *HEADINGS}
BELOW_TEXT = frozenset(["br", "ul", "ol", "dl", "table"])
CONTAINERS = frozenset(["div", "section", "article", "main"])
PAGE_HEADER = ("h1", "nav", "ul", "form")
INNER = frozenset(["article", "aside", "section", "li", "main"])
MAX_HEADING = 70
MAX_CHROME_CHARS = 1_500  # of text beside its links; a larger region with such a class is the page itself
PROSE_CHARS = 80
MIN_PROSE_CHARS = 30  # of a paragraph that ends as a sentence does
SENTENCE_END = re.compile(r"[.!?…。！？।؟][\"'”’»“)\]]*$")
MAX_CARD_LINKS = 4  # of one card: its picture, kicker, headline and "read more"
MAX_LINKS, MAX_HEADINGS, MAX_NAMED, MAX_BLOCKS = 5_000, 1_000, 200, 3_000


Order = tuple[int, int, int]
"""Where a heading stands among the others."""


@dataclass(slots=True)
class Heading:
    """A heading, or a short line that stands like one."""

    at: int
    """Which of the nodes it is; for a line of bare text the one behind it."""

    links: int
    """How many links stand before it."""

    level: int
    kind: str
    """related, other, or plain."""


class Outline:
    """Links, headings and blocks of the page that *nodes* are of, in its order; each is its place in the nodes."""

    def __init__(self, nodes: Nodes) -> None:
        count = len(nodes.tags)
        self.nodes = nodes
        self.skipped = list(_skipped(nodes))
        self.shown = bytearray(b"\1") * count
        self.open = bytearray()
        """Those that are shown and stand in no link."""

        self.chars, self.plain = list(nodes.all), list(nodes.prose)
        """Characters in each element, all of them and those outside links."""

        self._measure()
        self.links = [at for at, href in nodes.hrefs.items() if href and self.shown[at]][:MAX_LINKS]
        self.in_prose, self.blocked = bytearray(len(self.links)), bytearray(len(self.links))
        """Of each link: it stands in a sentence; in what is no part of the story."""

        starts = bytearray(count + 1)
        for at in self.links:
            starts[at + 1] = 1
        self.first = list(accumulate(starts))
        """Each element's links are those from ``first`` up to ``last``."""

        self.last = list(map(self.first.__getitem__, nodes.ends))
        self.has_h1 = {around for at in nodes.tagged["h1"] if self.shown[at] for around in (at, *nodes.around(at))}
        self.blocks: list[int] = []
        """Small blocks that hold one or two links."""

        self.prose: dict[int, list[int]] = {}
        """Parent -> its paragraphs of prose, the last first."""

        self._related: list[tuple[Order, Heading]] = []
        self._others: list[tuple[Order, int, int, int, str]] = []
        """Other lines that may be headings: their level, the links in them and their text; few pages need to know."""

        self.labelled: list[int] = []
        """Lists right below a line of bare text that says what they are."""

        self.named: list[int] = []
        self._find_headings()
        self._find_blocks()
        self._find_labels()
        self._judge_names()
        self.related = [heading for _, heading in sorted(self._related, key=itemgetter(0))]
        """The headings of related stories."""

    @cached_property
    def headings(self) -> list[Heading]:
        """All headings."""
        found = list(self._related)
        for order, at, level, links, text in self._others:
            leads_elsewhere = is_other(text, level > 0)
            short = len(text.split()) <= 3 and len(text) <= 25  # a linked heading of more words is a teaser's
            if (short or not links) and (leads_elsewhere or level):
                found.append((order, Heading(at, self.first[at], level, "other" if leads_elsewhere else "plain")))
        return [heading for _, heading in sorted(found, key=itemgetter(0))[:MAX_HEADINGS]]

    def _measure(self) -> None:
        """Leave out what is skipped, and what is in links."""
        nodes, chars, plain = self.nodes, self.chars, self.plain
        for at in self.skipped:
            end, size, prose = nodes.ends[at], nodes.all[at], nodes.prose[at]
            self.shown[at:end] = bytes(end - at)
            if not size:
                continue
            for home in nodes.around(at):
                chars[home] -= size
                plain[home] -= prose
                if nodes.tags[home] == "a":
                    prose = 0
        self.open[:] = self.shown
        for at in nodes.tagged["a"]:
            end = nodes.ends[at]
            plain[at:end] = [0] * (end - at)
            self.open[at + 1 : end] = bytes(end - at - 1)

    def _find_headings(self) -> None:
        nodes, chars, first, last = self.nodes, self.chars, self.first, self.last
        for tag in (HEADINGS.keys() | LABELS) & nodes.tagged.keys():
            level = HEADINGS.get(tag, 0)
            for at in nodes.tagged[tag]:
                if not 2 <= chars[at] <= MAX_HEADING or not self.open[at]:
                    continue
                links = last[at] - first[at]
                if level or (not links and self._has_text(at)):
                    self._keep_line((nodes.ends[at], 0, -at), at, level, links, self.text(at))

    def _find_blocks(self) -> None:
        nodes, chars, plain, first, last = self.nodes, self.chars, self.plain, self.first, self.last
        tags = [tag for tag in nodes.tagged if tag in BLOCKS or "-" in tag]
        asked: set[int] = set()
        for at in sorted((at for tag in tags for at in nodes.tagged[tag]), reverse=True):  # children before parents
            if not self.open[at]:
                continue
            self._keep_prose(at)
            count = last[at] - first[at]
            if 0 < count <= MAX_CARD_LINKS and chars[at] <= 4 * MAX_HEADING and self._leads_to_one(at):
                self.blocks.append(at)
            if 0 < count <= 10 and plain[at] >= 40:
                self._mark_prose(at, asked)
        spans = [at for at in nodes.tagged["span"] if last[at] > first[at] and not plain[at]]
        self.blocks += [
            at
            for at in self.links + spans
            if chars[at] >= 15 and self.open[at] and nodes.tags[nodes.parents[at]] in CONTAINERS
        ]
        self.blocks.sort()
        del self.blocks[MAX_BLOCKS:]

    def links_of(self, at: int) -> list[int]:
        """Return the links in *at*."""
        return self.links[self.first[at] : self.last[at]]

    def is_right_below(self, at: int, home: int) -> bool:
        """Say whether *home* begins with *at*, or nearly so."""
        between = self.skipped[bisect_left(self.skipped, home) : bisect_left(self.skipped, at)]
        before = self.nodes.before[at] - self.nodes.before[home]
        return before - sum(self.nodes.all[hidden] for hidden in between) <= 3

    def _leads_to_one(self, at: int) -> bool:
        """Say whether the links in *at* lead to one place, as those of a card do."""
        links = self.links_of(at)
        return len(links) == 1 or len({self.nodes.hrefs[link] for link in links}) == 1

    def text(self, at: int) -> str:
        """Return the text of *at* on one line."""
        if self.nodes.ends[at] == at + 1:
            return " ".join((self.nodes.texts[at] or "").split())
        return one_text(self.nodes.elements[at])

    def ancestors(self, at: int, limit: int = 12) -> Iterator[int]:
        """Yield what holds *at* below body, the nearest first."""
        for home in islice(self.nodes.around(at), limit):
            if self.nodes.tags[home] in ("body", "html"):
                return
            yield home

    def _has_text(self, at: int) -> bool:
        nodes = self.nodes
        return nodes.own[at] > 0 or any(nodes.behind[child] for child in islice(nodes.children(at), 4))

    def _keep_line(self, order: Order, at: int, level: int, links: int, text: str) -> None:
        if is_related(text, level > 0):
            self._related.append((order, Heading(at, self.first[at], level, "related")))
        else:
            self._others.append((order, at, level, links, text))

    def _keep_prose(self, at: int) -> None:
        """Keep *at* if it is a paragraph of prose, or a wrapper around a single one."""
        inside = self.prose.get(at)
        if inside is not None:
            is_prose = len(inside) == 1 and self.nodes.tags[at] in CONTAINERS
        else:
            is_prose = self.plain[at] >= MIN_PROSE_CHARS and self._is_prose(at)
        if is_prose:
            self.prose.setdefault(self.nodes.parents[at], []).append(at)

    def _is_prose(self, at: int) -> bool:
        """Say whether a block is prose by what stands outside its links: long, or a sentence; a div by its own."""
        tag, plain = self.nodes.tags[at], self.plain[at]
        if tag != "p" and (tag != "div" or self.nodes.own[at] < MIN_PROSE_CHARS):
            return False
        if plain >= PROSE_CHARS:
            return True
        text = self.text(at)
        return SENTENCE_END.search(text) is not None or plain + 2 * len(DENSE_CHAR.findall(text)) >= PROSE_CHARS

    def _mark_prose(self, at: int, asked: set[int]) -> None:
        """Mark the links of a block that is a sentence around them."""
        for index in range(self.first[at], self.last[at]):
            if index not in asked:
                asked.add(index)
                link = self.links[index]
                before = _text_before(self.nodes.elements[link])
                self.in_prose[index] = before >= 12 or (before > 0 and self.nodes.behind[link] >= 12)

    def _find_labels(self) -> None:
        """Find lines of bare text that say what follows: ``Related Articles<br>``, ``Related Articles<ul>``."""
        nodes = self.nodes
        for at in sorted(at for tag in BELOW_TEXT & nodes.tagged.keys() for at in nodes.tagged[tag] if self.shown[at]):
            previous, parent = nodes.elements[at].getprevious(), nodes.elements[at].getparent()
            text = previous.tail if previous is not None else parent.text if parent is not None else None
            if not text or not 2 <= len(text := " ".join(text.split())) <= MAX_HEADING:
                continue
            if previous is not None and previous.tag not in BLOCKS and previous.tag not in BELOW_TEXT:
                continue
            if nodes.tags[at] != "br" and is_related(text, False):
                self.labelled.append(at)
            else:
                self._keep_line((at, 1, 0), at, 0, 0, text)

    def _judge_names(self) -> None:
        """Keep the blocks whose names say that they are related; block the links of those that are no part of it."""
        for at, names in self.nodes.names:
            if not (names.is_related or names.is_chrome) or not at or not self.shown[at]:
                continue
            if names.is_related and len(self.named) < MAX_NAMED:
                self.named.append(at)
            elif names.is_chrome and at not in self.has_h1 and self.plain[at] <= MAX_CHROME_CHARS:
                start, end = self.first[at], self.last[at]
                self.blocked[start:end] = b"\1" * (end - start)


def _skipped(nodes: Nodes) -> Iterator[int]:
    """Yield the outermost elements that are left out with all that they hold."""
    places = [at for tag in SKIPPED & nodes.tagged.keys() for at in nodes.tagged[tag]]
    for at in (*nodes.tagged["header"], *nodes.tagged["footer"]):  # of the page, not of a block
        is_inner = any(nodes.tags[around] in INNER for around in nodes.around(at))
        if not is_inner and (nodes.tags[at] == "footer" or any(nodes.inside(at, tag) for tag in PAGE_HEADER)):
            places.append(at)
    end = 1  # the root stays
    for at in sorted(places):
        if at >= end:
            yield at
            end = nodes.ends[at]


def one_text(element: HtmlElement) -> str:
    """Return the text of *element* on one line."""
    return " ".join(" ".join(islice(element.itertext(), 60)).split())


def _text_before(element: HtmlElement) -> int:
    """Count the characters before *element* in its line: its parent's text, and what its last siblings left."""
    size = 0
    for sibling in islice(element.itersiblings(preceding=True), 4):
        size += len((sibling.tail or "").strip())
        if sibling.tag == "br" or sibling.tag in BLOCKS:
            return size
    parent = element.getparent()
    return size + (len((parent.text or "").strip()) if parent is not None else 0)

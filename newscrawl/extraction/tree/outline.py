"""The outline of a page: where the links, headings and paragraphs of its own part stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import itemgetter

from lxml.html import HtmlElement

from newscrawl.extraction.tree.nodes import Nodes
from newscrawl.phrases.lists import OTHER, OTHER_HEADING, READ_MORE
from newscrawl.phrases.related import RELATED
from newscrawl.phrases.rows import in_lower_case, lowered
from newscrawl.text.scripts import DENSE_CHAR

SKIPPED = frozenset(["", *"script style noscript template svg iframe object select textarea button form nav".split()])
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
LABELS = frozenset("p div span font strong b em dt dd li legend summary header figcaption label".split())
BLOCKS = {*"p li div td dd dt blockquote figure figcaption section article aside".split(), *HEADINGS}
BELOW_TEXT = frozenset(["br", "ul", "ol", "dl", "table"])
_OUTLINED = LABELS | BLOCKS | {"a"}
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
_RELATED, _READ_MORE, _OTHER, _OTHER_HEADING = map(in_lower_case, (RELATED, READ_MORE, OTHER, OTHER_HEADING))


@dataclass(slots=True)
class Link:
    """One <a href>."""

    href: str
    at: int
    """Which of the nodes it is."""

    in_prose: bool = False
    blocked: bool = False


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
        self.shown, self.in_link = bytearray(count), bytearray(count)
        self.before = [0] * count
        """Characters before each element; ``chars``, ``plain``: in it, all of them and those outside links."""

        self.chars, self.plain = list(nodes.own), list(nodes.own)
        self.first, self.last = [0] * count, [0] * count
        """Each element's links are those from ``first`` up to ``last``."""

        self._count()
        links = [Link(href, at) for at, href in nodes.hrefs.items() if href and self.shown[at]]
        links.sort(key=lambda link: (nodes.ends[link.at], -link.at))  # as they end
        self.links = links[:MAX_LINKS]
        self.has_h1 = {around for at in nodes.tagged["h1"] if self.shown[at] for around in (at, *nodes.around(at))}
        self.blocks: list[int] = []
        """Small blocks that hold one or two links."""

        self.prose: dict[int, list[int]] = {}
        """Parent -> its paragraphs of prose, the last first."""

        self._found: list[tuple[tuple[int, int, int], Heading]] = []
        self.labelled: list[int] = []
        """Lists right below a line of bare text that says what they are."""

        self.named: list[int] = []
        self._find()
        self._find_labels()
        self._found.sort(key=itemgetter(0))
        self.headings = [heading for _, heading in self._found[:MAX_HEADINGS]]
        self._judge_names()

    def _count(self) -> None:
        nodes = self.nodes
        chars, plain, links = self.chars, self.plain, [0] * len(nodes.tags)
        tags, parents, ends, behind = nodes.tags, nodes.parents, nodes.ends, nodes.behind
        skipped = _skipped(nodes)
        for at, href in nodes.hrefs.items():
            links[at] = bool(href)
        for at in range(len(tags) - 1, 0, -1):  # children before parents
            home, size = parents[at], behind[at]
            if skipped[at]:
                chars[at] = plain[at] = links[at] = 0
            elif tags[at] == "a":
                plain[at] = 0
            chars[home] += chars[at] + size
            plain[home] += plain[at] + size
            links[home] += links[at]
        before, first, last, in_link = self.before, self.first, self.last, self.in_link
        next_char, next_link = list(nodes.own), [0] * len(tags)
        last[0] = min(links[0], MAX_LINKS)
        self.shown[0] = at = 1
        while at < len(tags):
            home = parents[at]
            before[at] = start = next_char[home]
            next_char[home] = start + chars[at] + behind[at]
            if skipped[at]:
                at = ends[at]
                continue
            self.shown[at] = 1
            next_char[at] += start
            first[at] = next_link[at] = link = next_link[home]
            last[at] = next_link[home] = link + links[at]
            if in_link[home] or tags[home] == "a":
                in_link[at] = 1
                plain[at] = 0
            at += 1
        if links[0] > MAX_LINKS:
            self.first = [min(link, MAX_LINKS) for link in first]
            self.last = [min(link, MAX_LINKS) for link in last]

    def _find(self) -> None:
        nodes, chars = self.nodes, self.chars
        asked: set[int] = set()
        for at in range(len(nodes.tags) - 1, -1, -1):  # children before parents
            tag = nodes.tags[at]
            if not self.shown[at] or self.in_link[at] or (tag not in _OUTLINED and "-" not in tag):
                continue
            size, count = chars[at], self.last[at] - self.first[at]
            if 2 <= size <= MAX_HEADING and (tag in HEADINGS or (tag in LABELS and not count and self._has_text(at))):
                self._heading(at, count)
            if tag in BLOCKS or "-" in tag:
                self._keep_prose(at)
                is_small = 0 < count <= MAX_CARD_LINKS and size <= 4 * MAX_HEADING
                if is_small and len({link.href for link in self.links_of(at)}) == 1:
                    self.blocks.append(at)  # the links of a card lead to one place
                if 0 < count <= 10 and self.plain[at] >= 40:
                    self._mark_prose(at, asked)
            elif count and size >= 15 and (tag == "a" or (tag == "span" and not self.plain[at])):
                home = nodes.parents[at]
                if home >= 0 and nodes.tags[home] in CONTAINERS:
                    self.blocks.append(at)
        self.blocks = self.blocks[: -MAX_BLOCKS - 1 : -1]

    def links_of(self, at: int) -> list[Link]:
        """Return the links in *at*."""
        return self.links[self.first[at] : self.last[at]]

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

    def _heading(self, at: int, links: int) -> None:
        level = HEADINGS.get(self.nodes.tags[at], 0)
        text = self.text(at)
        kind = heading_kind(text, level > 0)
        short = len(text.split()) <= 3 and len(text) <= 25  # a linked heading of more words is a teaser's
        if (links and kind != "related" and not short) or (kind == "plain" and not level):
            return
        self._found.append(((self.nodes.ends[at], 0, -at), Heading(at, self.first[at], level, kind)))

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
        for link in self.links_of(at):
            if link.at not in asked:
                asked.add(link.at)
                before = _text_before(self.nodes.elements[link.at])
                link.in_prose = before >= 12 or (before > 0 and self.nodes.behind[link.at] >= 12)

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
            kind = heading_kind(text, False)
            if kind == "related" and nodes.tags[at] != "br":
                self.labelled.append(at)
            elif kind != "plain":
                self._found.append(((at, 1, 0), Heading(at, self.first[at], 0, kind)))

    def _judge_names(self) -> None:
        """Keep the blocks whose names say that they are related; block the links of those that are no part of it."""
        for at, names in self.nodes.names:
            if not at or not self.shown[at]:
                continue
            if names.is_related and len(self.named) < MAX_NAMED:
                self.named.append(at)
            elif names.is_chrome and at not in self.has_h1 and self.plain[at] <= MAX_CHROME_CHARS:
                for link in self.links_of(at):
                    link.blocked = True


def _skipped(nodes: Nodes) -> bytearray:
    """Return which elements are left out with all that they hold."""
    skipped = bytearray(len(nodes.tags))
    for tag in SKIPPED & nodes.tagged.keys():
        for at in nodes.tagged[tag]:
            skipped[at] = 1
    for at in (*nodes.tagged["header"], *nodes.tagged["footer"]):  # of the page, not of a block
        if not any(nodes.tags[around] in INNER for around in nodes.around(at)):
            skipped[at] = nodes.tags[at] == "footer" or any(
                nodes.inside(at, tag) for tag in ("h1", "nav", "ul", "form")
            )
    skipped[0] = 0
    return skipped


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


@lru_cache(maxsize=4_096)
def heading_kind(text: str, is_heading: bool = True) -> str:
    """Say what a heading stands above: related stories, another list, or anything."""
    text = lowered(text)
    if _RELATED.fullmatch(text) or (is_heading and _READ_MORE.fullmatch(text)):
        return "related"
    return "other" if _OTHER.search(text) or (is_heading and _OTHER_HEADING.fullmatch(text)) else "plain"

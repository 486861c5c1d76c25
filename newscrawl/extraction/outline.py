"""The outline of a page: where its links, headings and paragraphs stand, from one walk over the tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from newscrawl.phrases.lists import CHROME, NAMED, OTHER, OTHER_HEADING, READ_MORE
from newscrawl.phrases.related import RELATED
from newscrawl.text.scripts import DENSE_CHAR

SKIPPED = frozenset("script style noscript template svg iframe object select textarea button form nav".split())
EDGES = frozenset({"header", "footer"})
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
LABELS = frozenset("p div span strong b em dt dd li legend summary header figcaption label".split())
BLOCKS = {*"p li div td dd dt blockquote figure figcaption section article aside".split(), *HEADINGS}
BELOW_TEXT = frozenset(["br", "ul", "ol", "dl", "table"])
CONTAINERS = frozenset(["div", "section", "article", "main"])
INNER = frozenset(["article", "aside", "section", "li", "main"])
MAX_HEADING = 70
MAX_CHROME_CHARS = 1_500  # of text beside its links; a larger region with such a class is the page itself
PROSE_CHARS = 80
MIN_PROSE_CHARS = 30  # of a paragraph that ends as a sentence does
SENTENCE_END = re.compile(r"[.!?…。！？।؟][\"'”’»“)\]]*$")
MAX_CARD_LINKS = 4  # of one card: its picture, kicker, headline and "read more"
MAX_LINKS, MAX_HEADINGS, MAX_NAMED, MAX_BLOCKS = 5_000, 1_000, 200, 3_000
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_+")


@dataclass  # without slots: what is filled in at the end costs nothing to make, and a page has thousands
class Span:
    """What an element holds: counts at its start and at its end."""

    order: int
    chars: int
    plain: int
    links: int
    end_chars: int = field(default=0, init=False)
    end_plain: int = field(default=0, init=False)
    end_links: int = field(default=0, init=False)
    has_h1: bool = field(default=False, init=False)


@dataclass(slots=True)
class Link:
    """One <a href>."""

    href: str
    text: str
    element: HtmlElement
    in_prose: bool = False
    blocked: bool = False


@dataclass(slots=True)
class Heading:
    """A heading, or a short line that stands like one."""

    element: HtmlElement
    order: int
    links: int
    """How many links stand before it."""

    level: int
    kind: str
    """related, other, or plain."""


@dataclass(slots=True)
class Outline:
    """Links, headings and blocks in the page's order."""

    spans: dict[HtmlElement, Span] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    named: list[HtmlElement] = field(default_factory=list)
    labelled: list[HtmlElement] = field(default_factory=list)
    """Lists right below a line of bare text that says what they are."""

    blocks: list[HtmlElement] = field(default_factory=list)
    """Small blocks that hold one or two links."""

    prose: dict[HtmlElement, list[int]] = field(default_factory=dict)
    """Parent -> the orders of its paragraphs of prose."""


def outline(tree: HtmlElement) -> Outline:
    """Return the outline of *tree*, which is left as it is."""
    body = tree.find("body")
    walk = _Walk()
    walk.run(tree if body is None else body)
    return walk.outline


class _Walk:
    def __init__(self) -> None:
        self.outline = Outline()
        self.inside_link = 0
        self.inside_inner = 0
        self.chrome: list[HtmlElement] = []

    def run(self, root: HtmlElement) -> None:
        links, spans = self.outline.links, self.outline.spans
        chars = plain = 0
        walker = iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                tag = element.tag
                if element is not root:
                    if tag in SKIPPED or (
                        (tag in EDGES or not isinstance(tag, str)) and self._is_skipped(element, tag)
                    ):
                        walker.skip_subtree()  # its end comes all the same, and with it what stands behind it
                        continue
                    name, mark = element.get("class"), element.get("id")
                    if name or mark:
                        self._find_name(element, f"{name or ''} {mark or ''}")
                spans[element] = Span(len(spans), chars, plain, len(links))
                if tag in BELOW_TEXT:
                    self._find_label(element, spans[element])
                self.inside_inner += tag in INNER
                self.inside_link += tag == "a"
                text = element.text
            else:
                if (span := spans.get(element)) is not None:
                    self._end(element, span, chars, plain)
                text = element.tail if element is not root else None
            if text:
                size = len(text.strip())
                chars += size
                if not self.inside_link:
                    plain += size
        self._block_chrome()

    def _is_skipped(self, element: HtmlElement, tag: object) -> bool:
        if not isinstance(tag, str):
            return True
        if tag == "header" and not self.inside_inner:  # of the page, not of a block
            return next(element.iter("h1", "nav", "ul", "form"), None) is not None
        return tag == "footer" and not self.inside_inner

    def _end(self, element: HtmlElement, span: Span, chars: int, plain: int) -> None:
        outline = self.outline
        tag = element.tag
        self.inside_inner -= tag in INNER
        if tag == "a":
            self.inside_link -= 1
            href = element.get("href")
            if href and len(outline.links) < MAX_LINKS:
                outline.links.append(Link(href, "", element))
        span.end_chars, span.end_plain, span.end_links = chars, plain, len(outline.links)
        if tag == "h1":
            self._mark_headline(element, span)
        if self.inside_link:
            return
        size, links = chars - span.chars, span.end_links - span.links
        if 2 <= size <= MAX_HEADING and (tag in HEADINGS or (tag in LABELS and not links and _has_own_text(element))):
            self._heading(element, span, links)
        if tag in BLOCKS or "-" in tag:
            self._keep_prose(element, span, plain - span.plain)
            is_small = links <= MAX_CARD_LINKS and size <= 4 * MAX_HEADING and len(outline.blocks) < MAX_BLOCKS
            if links and is_small and len({link.href for link in outline.links[span.links : span.end_links]}) == 1:
                outline.blocks.append(element)  # the links of a card lead to one place
            self._mark_prose(span)
        elif links and size >= 15 and (tag == "a" or (tag == "span" and plain == span.plain)):
            parent = element.getparent()
            if parent in outline.spans and parent.tag in CONTAINERS:
                outline.blocks.append(element)

    def _keep_prose(self, element: HtmlElement, span: Span, plain: int) -> None:
        """Keep *element* if it is a paragraph of prose, or a wrapper around a single one."""
        parent, prose = element.getparent(), self.outline.prose
        if parent is None:
            return
        inside = prose.get(element)
        if inside is not None:
            is_prose = len(inside) == 1 and element.tag in CONTAINERS
        else:
            is_prose = plain >= MIN_PROSE_CHARS and _is_prose(element, plain)
        if is_prose:
            prose.setdefault(parent, []).append(span.order)

    def _mark_headline(self, element: HtmlElement, span: Span) -> None:
        """Mark a headline and all that holds it."""
        span.has_h1 = True
        for parent in element.iterancestors():
            outer = self.outline.spans.get(parent)
            if outer is None or outer.has_h1:
                break
            outer.has_h1 = True

    def _find_name(self, element: HtmlElement, name: str) -> None:
        """Keep *element* if its *name*, class and id, says what it is."""
        related, chrome = _name_kinds(name[:200])
        if related and len(self.outline.named) < MAX_NAMED:
            self.outline.named.append(element)
        elif chrome:
            self.chrome.append(element)

    def _find_label(self, element: HtmlElement, span: Span) -> None:
        """Keep *element* if a line of bare text above it says what follows: ``Related Articles<br>``, ``…<ul>``."""
        previous, parent = element.getprevious(), element.getparent()
        text = previous.tail if previous is not None else parent.text if parent is not None else None
        if not text or not 2 <= len(text := " ".join(text.split())) <= MAX_HEADING:
            return
        if previous is not None and previous.tag not in BLOCKS and previous.tag not in BELOW_TEXT:
            return
        kind = heading_kind(text, False)
        if kind == "related" and element.tag != "br":
            self.outline.labelled.append(element)
        elif kind != "plain" and len(self.outline.headings) < MAX_HEADINGS:
            self.outline.headings.append(Heading(element, span.order, span.links, 0, kind))

    def _heading(self, element: HtmlElement, span: Span, links: int) -> None:
        if len(self.outline.headings) >= MAX_HEADINGS:
            return
        level = HEADINGS.get(element.tag, 0)
        text = one_text(element)
        kind = heading_kind(text, level > 0)
        short = len(text.split()) <= 3 and len(text) <= 25  # a linked heading of more words is a teaser's
        if (links and kind != "related" and not short) or (kind == "plain" and not level):
            return
        self.outline.headings.append(Heading(element, span.order, span.links, level, kind))

    def _mark_prose(self, span: Span) -> None:
        """Mark the links of a block that is a sentence around them."""
        if 0 < span.end_links - span.links <= 10 and span.end_plain - span.plain >= 40:
            for link in self.outline.links[span.links : span.end_links]:
                parent = link.element.getparent()
                before = _text_before(link.element)
                if before >= 12 or (before and parent is not None and len((link.element.tail or "").strip()) >= 12):
                    link.in_prose = True

    def _block_chrome(self) -> None:
        for element in self.chrome:
            span = self.outline.spans[element]
            if not span.has_h1 and span.end_plain - span.plain <= MAX_CHROME_CHARS:
                for link in self.outline.links[span.links : span.end_links]:
                    link.blocked = True


def one_text(element: HtmlElement) -> str:
    """Return the text of *element* on one line."""
    text = " ".join(islice(element.itertext(), 60)) if len(element) else element.text or ""
    return " ".join(text.split())


@lru_cache(maxsize=4_096)
def heading_kind(text: str, is_heading: bool = True) -> str:
    """Say what a heading stands above: related stories, another list, or anything."""
    text = text.casefold() if text.isupper() else text
    if RELATED.fullmatch(text) or (is_heading and READ_MORE.fullmatch(text)):
        return "related"
    return "other" if OTHER.search(text) or (is_heading and OTHER_HEADING.fullmatch(text)) else "plain"


@lru_cache(maxsize=4_096)
def _name_kinds(name: str) -> tuple[bool, bool]:
    name = _CAMEL.sub("-", name).lower()  # a search that ignores the case takes twice as long
    return bool(NAMED.search(name)), bool(CHROME.search(name))


def _is_prose(element: HtmlElement, plain: int) -> bool:
    """Say whether a block with *plain* characters outside links is prose: long, or a sentence; a div by its own."""
    if element.tag != "p" and (element.tag != "div" or len((element.text or "").strip()) < MIN_PROSE_CHARS):
        return False
    if plain >= PROSE_CHARS:
        return True
    text = one_text(element)
    return SENTENCE_END.search(text) is not None or plain + 2 * len(DENSE_CHAR.findall(text)) >= PROSE_CHARS


def _has_own_text(element: HtmlElement) -> bool:
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in islice(element, 4))


def _text_before(element: HtmlElement) -> int:
    """Count the characters before *element* in its line: its parent's text, and what its last siblings left."""
    size = 0
    for sibling in islice(element.itersiblings(preceding=True), 4):
        size += len((sibling.tail or "").strip())
        if sibling.tag == "br" or sibling.tag in BLOCKS:
            return size
    parent = element.getparent()
    return size + (len((parent.text or "").strip()) if parent is not None else 0)


def ancestors(element: HtmlElement, limit: int = 12) -> Iterator[HtmlElement]:
    """Yield the nearest ancestors of *element* below body."""
    for parent in islice(element.iterancestors(), limit):
        if parent.tag in ("body", "html"):
            return
        yield parent

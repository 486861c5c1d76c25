"""Bylines that readers see: what the page's markup, addresses and words show to be the name of who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.etree import iterwalk
from lxml.html import HtmlElement

BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?line|authors?|writer|autor(?:es|en)?|auteurs?|autore|verfasser)(?:$|[\s_-])|Author|Byline",
    re.I,
)
NOT_BYLINE = re.compile(
    r"bio|image|photo|avatar|social|comment|related|card|teaser|box|follow|twitter|title|job|role|date", re.I
)
PROFILE = re.compile(
    r"/(?:authors?|writers?|autor(?:e[ns]?|in|i)?|auteurs?|redakteure?|journalists?|people|profiles?|staff|contributors?"
    r"|columnists?|reporters?|bylines?)/[^/?#]+",
    re.I,
)
"""The address of what a site tells of one of its authors."""

INLINE = frozenset("b strong i em u mark font small sup sub abbr q wbr".split())
SILENT = frozenset({"script", "style", "svg", "time"})
CARDS = frozenset({"li", "article", "aside", "figure", "section", "nav", "footer"})
ELEMENTS = ("p", "span", "div", "a", "address", "small", "li", "strong", "h4", "h5")
BLOCKS = frozenset({"p", "div", "li", "ul", "section"})
SPOKEN = re.compile(r"\s*(?:by|von|par|por|di|door|av|af|przez|text|autor(?:in)?|author)\b\s*:?\s*(?:$|[^\W\d_])", re.I)
MAX_CHARS = 150  # of a byline; what is longer is a sentence about the author
MAX_NAMED = 5
"""Names of one story; more are those of the stories beside it."""

MAX_LINKS = 25
MAX_LINES = 60
"""Links and lines below the headline among which the byline is looked for: share buttons and breadcrumbs stand there
too, and further down begin the text and its quotations."""

MAX_BYLINES = 20
MAX_EVENTS = 120
"""Elements named a byline, and beginnings and ends of elements in one: bounds against pages made to be slow."""


def bylines(tree: HtmlElement) -> Iterator[list[str]]:
    """Yield the texts of what may be a byline, the surest kind first; within a kind in document order."""
    named = tree.xpath(".//*[@itemprop='author']//*[@itemprop='name']")[:10]
    texts = [element.get("content") or parted_text(element) for element in named]
    yield texts if len(texts) <= MAX_NAMED else texts[:1]  # more are the authors of the stories beside this one
    yield [parted_text(element) for element in tree.xpath(".//a[@rel='author']")[:1]]
    yield profile_links(tree)
    for element in islice(filter(is_byline, tree.iter(*ELEMENTS)), MAX_BYLINES):
        foot = next(element.iterancestors("footer"), None)  # of the page; an article's own may hold its byline
        if foot is None or next(foot.iterancestors("article", "main"), None) is not None:
            yield [parted_text(element)]
    yield spoken_line(tree)


def profile_links(tree: HtmlElement) -> list[str]:
    """Return the texts of the first links below the headline that lead to its authors' own pages."""
    found: list[str] = []
    block: set[HtmlElement] = set()
    for element in islice(below_headline(tree, "a"), MAX_LINKS):
        if not PROFILE.search(element.get("href") or "") or is_in_card(element):
            continue
        around = set(islice((one for one in element.iterancestors() if one.tag in BLOCKS), 2))
        if block and block.isdisjoint(around):
            break
        block = block or around
        named = next((one for one in islice(element.iterancestors(), 4) if is_byline(one)), element)
        found.append(parted_text(named))
    return found[:MAX_NAMED]


def spoken_line(tree: HtmlElement) -> list[str]:
    """Return the first line below the headline that says who wrote it: "By Nell Harrowby"."""
    for element in islice(below_headline(tree, *ELEMENTS), MAX_LINES):
        if SPOKEN.match(element.text or "") and not is_in_card(element):
            text = parted_text(element)
            if len(text) <= MAX_CHARS:
                return [text]
    return []


def below_headline(tree: HtmlElement, *tags: str) -> Iterator[HtmlElement]:
    """Yield the elements of *tags* below the first h1."""
    below = False
    for element in tree.iter("h1", *tags):
        if element.tag == "h1":
            below = True
        elif below:
            yield element


def is_byline(element: HtmlElement) -> bool:
    """Say whether the template names *element* a byline, and its text is as short as one."""
    name = element.get("class") or ""
    if not name or not BYLINE.search(name) or NOT_BYLINE.search(name):
        return False
    return 3 < len(parted_text(element)) <= MAX_CHARS


def is_in_card(link: HtmlElement) -> bool:
    """Say whether *link* stands in the teaser of another story: with a heading or a headline's link, and no h1."""
    for card in islice((one for one in link.iterancestors() if one.tag in CARDS), 2):
        if next(card.iter("h1"), None) is not None:
            return False
        if next(card.iter("h2", "h3", "h4"), None) is not None:
            return True
    return False


def parted_text(element: HtmlElement) -> str:
    """Return the text of *element* on one line, with a bar where another element than an inline one begins or ends."""
    parts: list[str] = []
    for event, node in islice(iterwalk(element, events=("start", "end")), MAX_EVENTS):
        apart = not isinstance(node.tag, str) or node.tag not in INLINE
        if event == "start":
            parts += ["|" * (apart and node is not element), node.text or "" if node.tag not in SILENT else ""]
        elif node is not element:
            parts += ["|" * apart, node.tail or ""]
    pieces = (" ".join(piece.split()) for piece in "".join(parts)[:1000].split("|"))
    return "|".join(piece for piece in pieces if piece)

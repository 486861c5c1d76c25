"""What is taken out of the tree before the text is looked for: blocks that say what they are by name or heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from lxml.html import HtmlElement

from newscrawl.phrases.boilerplate import RELATED_HEADING

MAX_SHARE = 0.25
"""Of the page's prose; a block that holds more of it is not what its name says."""

MAX_HEADING_CHARS = 60
MIN_HEADED_CHARS = 400
"""A block below a heading of other stories is at least allowed this much prose: teasers have sentences."""

MAX_ELEMENTS = 20_000
"""What stands behind so many elements is no article any more."""

CHROME = frozenset("nav aside footer iframe select textarea input dialog object video audio canvas map".split())
"""What never holds an article's text; taken out first, for every later step costs what is in it: with the head two
fifths of the elements that trafilatura would look at and drop. (figure, label, button and noscript cost more text.)"""

SILENT = frozenset({"script", "style", "template", "svg"})
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "strong", "p", "div", "span"})
ROOTS = frozenset({"html", "body", "main", "article"})

NAMES = re.compile(
    r"(?<![a-z])(?:"
    r"news-?letter|sign-?up|subscri(?:be|ption)-?(?:box|form|widget|cta|module|promo|prompt|wrap\w*|block|container|banner)"
    r"|related|recirc\w*|recommend(?:ed|ations?)|read-?(?:more|next|also)|most-?(?:read|popular|viewed)|trending"
    r"|popular-?posts|more-?(?:stories|news|from|on)|you-?may|outbrain|taboola"
    r"|author-?(?:bio|info|box|card|profile|about|description)|about-?(?:the-?)?author|bio(?:graphy)?"
    r"|post-?tags|article-?tags|tag-?list|tags|share|sharing|social|disclaimer|copyright|cookie|consent"
    r"|app-?promo|promo(?:box|-?\w*)?|comments?"
    r")(?![a-z])"
)
"""Class and id tokens, in lower case, by which templates name what is not the article."""

CONTENT = re.compile(
    r"article-?_*(?:body|text|content)|(?:body|content|main)-?_*(?:text|wrap|content|copy)|story-?_*(?:body|text)"
    r"|entry-content|post-content|no-?related|has-"
)
"""Tokens by which they name the article itself."""


class Sizes:
    """How many characters of text each element of a tree holds, outside links and in all."""

    def __init__(self, root: HtmlElement) -> None:
        self.root = root
        self.elements: list[HtmlElement] = list(root.iter())
        self.prose: dict[HtmlElement, int] = dict.fromkeys(self.elements, 0)
        self.all: dict[HtmlElement, int] = dict.fromkeys(self.elements, 0)
        for element in reversed(self.elements):  # children before their parents
            text, tail = element.text, element.tail
            own = len(text.strip()) if text and element.tag not in SILENT else 0
            prose, whole = self.prose[element] + own, self.all[element] + own
            self.prose[element], self.all[element] = prose, whole
            if element is root:
                break
            parent = element.getparent()
            behind = len(tail.strip()) if tail else 0
            self.prose[parent] += behind + (0 if element.tag == "a" else prose)
            self.all[parent] += behind + whole


Step = Callable[[Sizes], list[HtmlElement]]


def prune_chrome(sizes: Sizes) -> list[HtmlElement]:
    """Return the elements that never hold an article's text."""
    return [element for element in sizes.elements if element.tag in CHROME]


def prune_named(sizes: Sizes) -> list[HtmlElement]:
    """Return the blocks whose class or id names what they are."""
    found = []
    for element in sizes.elements:
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        if len(name) > 1 and _is_named(name[:500]):
            found.append(element)
    return found


@lru_cache(maxsize=4096)  # a page has 500 named elements and 200 names, most of them on every page of its site
def _is_named(name: str) -> bool:
    name = name.lower()  # a search that ignores the case takes twice as long
    return NAMES.search(name) is not None and not CONTENT.search(name)


def prune_headed(sizes: Sizes) -> list[HtmlElement]:
    """Return the blocks that begin with a heading of other stories."""
    found = []
    limit = max(MIN_HEADED_CHARS, sizes.prose[sizes.root] // 10)
    for heading in sizes.elements:
        if heading.tag not in HEADINGS or not 3 <= sizes.all[heading] <= MAX_HEADING_CHARS or len(heading) > 2:
            continue
        text = heading.text_content() if len(heading) else heading.text
        if not _heads_others(" ".join(text.split())):
            continue
        block = heading
        for parent in heading.iterancestors():
            if parent.tag in ROOTS or sizes.prose[parent] > limit or _has_text_before(parent, block, sizes):
                break
            block = parent
        if block is not heading:
            found.append(block)
    return found


@lru_cache(maxsize=4096)
def _heads_others(text: str) -> bool:
    return RELATED_HEADING.match(text) is not None


def _has_text_before(parent: HtmlElement, child: HtmlElement, sizes: Sizes) -> bool:
    """Say whether text of *parent* stands before *child*."""
    if (parent.text or "").strip():
        return True
    return any(sizes.all[sibling] or (sibling.tail or "").strip() for sibling in child.itersiblings(preceding=True))


STEPS: tuple[Step, ...] = (prune_chrome, prune_named, prune_headed)


def prune(tree: HtmlElement, steps: Sequence[Step] = STEPS) -> int:
    """Take out of *tree* the blocks that are not the article; return how many characters of prose it is left with."""
    body = tree.find("body")
    root = tree if body is None else body
    sizes = Sizes(root)
    most = MAX_SHARE * sizes.prose[root]
    drop: dict[HtmlElement, None] = {}
    for step in steps:
        drop.update(dict.fromkeys(element for element in step(sizes) if sizes.prose[element] <= most))
    left = sizes.prose[root]
    if root is not tree and (head := tree.find("head")) is not None:
        tree.remove(head)
    # the longest of 1,150 real pages has 15,000 elements; 100,000 short paragraphs cost trafilatura a minute
    drop.update(dict.fromkeys(sizes.elements[MAX_ELEMENTS:]))
    for element in drop:
        if element is root or any(parent in drop for parent in element.iterancestors()):
            continue
        if next(element.iter("h1"), None) is None:
            element.drop_tree()
            left -= sizes.prose[element]
    return left

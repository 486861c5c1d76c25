"""What is taken out of the tree before the text is looked for: blocks that say by their own name or heading what they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from newscrawl.extraction.phrases import RELATED_HEADING

MAX_SHARE = 0.25
"""Of the page's prose; a block that holds more of it is not what its name says."""

Step = Callable[[HtmlElement, dict[HtmlElement, int]], list[HtmlElement]]

CHROME = ("nav", "iframe", "select", "textarea", "input", "dialog", "object", "video", "audio", "canvas", "map")
"""What never holds an article's text; taken out first, for every later step costs what is in it."""

SILENT = frozenset({"script", "style", "template", "svg"})

BLOCKS = (
    "div",
    "section",
    "aside",
    "ul",
    "ol",
    "p",
    "figure",
    "form",
    "footer",
    "nav",
    "table",
    "details",
    "blockquote",
    "span",
    "article",
    "li",
)

NAMES = re.compile(
    r"(?<![a-z])(?:news-?letter|sign-?up|subscri(?:be|ption)-?(?:box|form|widget|cta|module|promo|prompt|wrap\w*|block|container|banner)|related|recirc\w*|recommend(?:ed|ations?)|read-?(?:more|next|also)|"
    r"most-?(?:read|popular|viewed)|trending|popular-?posts|more-?(?:stories|news|from|on)|you-?may|outbrain|taboola|author-?(?:bio|info|box|card|profile|about|description)|about-?(?:the-?)?author|"
    r"bio(?:graphy)?|post-?tags|article-?tags|tag-?list|tags|share|sharing|social|disclaimer|copyright|cookie|consent|app-?promo|promo(?:box|-?\w*)?|comments?)(?![a-z])",
    re.I,
)
"""Class and id tokens by which templates name what is not the article."""


CONTENT = re.compile(
    r"article-?_*(?:body|text|content)|(?:body|content|main)-?_*(?:text|wrap|content|copy)|story-?_*(?:body|text)|entry-content|post-content|no-?related|has-",
    re.I,
)
"""Tokens by which they name the article itself."""


def prune_chrome(tree: HtmlElement, prose: dict[HtmlElement, int]) -> list[HtmlElement]:
    """Return the elements that never hold an article's text."""
    return list(tree.iter(*CHROME))


def prune_named(tree: HtmlElement, prose: dict[HtmlElement, int]) -> list[HtmlElement]:
    """Return the blocks whose class or id names what they are."""
    found = []
    for element in tree.iter(*BLOCKS):
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        if len(name) > 1 and NAMES.search(name[:500]) and not CONTENT.search(name[:500]):
            found.append(element)
    return found


def prune_headed(tree: HtmlElement, prose: dict[HtmlElement, int]) -> list[HtmlElement]:
    """Return the blocks that begin with a heading of other stories."""
    found = []
    limit = max(400, prose[tree] // 10)
    for heading in tree.iter("h2", "h3", "h4", "h5", "h6", "strong", "p", "div", "span"):
        if len(heading) > 2:
            continue
        text = " ".join("".join(heading.itertext()).split()) if len(heading) < 3 else ""
        if not 3 <= len(text) <= 60 or not RELATED_HEADING.search(text):
            continue
        block = heading
        for parent in heading.iterancestors():
            if parent.tag in ("body", "article", "main", "html") or prose[parent] > limit or _before(parent, block):
                break
            block = parent
        if block is not heading:
            found.append(block)
    return found


def _before(parent: HtmlElement, child: HtmlElement) -> bool:
    """Say whether text of *parent* stands before *child*."""
    if (parent.text or "").strip():
        return True
    for sibling in parent:
        if sibling is child:
            return False
        if sibling.text_content().strip() or (sibling.tail or "").strip():
            return True
    return False


STEPS: tuple[Step, ...] = (prune_chrome, prune_named, prune_headed)


def prose_lengths(root: HtmlElement) -> dict[HtmlElement, int]:
    """Return for each element below *root* how many characters of its text stand outside links."""
    prose: dict[HtmlElement, int] = {}
    for _, element in iterwalk(root, events=("end",)):
        size = 0
        if element.tag not in SILENT:
            size = len((element.text or "").strip())
            for child in element:
                if child.tag != "a":
                    size += prose[child]
                size += len((child.tail or "").strip())
        prose[element] = size
    return prose


def prune(tree: HtmlElement, steps: Sequence[Step] = STEPS) -> int:
    """Take out of *tree* the blocks that are not the article; return how many characters of prose it is left with."""
    body = tree.find("body")
    root = tree if body is None else body
    prose = prose_lengths(root)
    left = prose[root]
    for step in steps:
        for element in step(root, prose):
            if (
                element is root
                or prose[element] > MAX_SHARE * prose[root]
                or next(element.iter("h1"), None) is not None
            ):
                continue
            if element.getparent() is not None:
                element.drop_tree()
                left -= prose[element]
    return left

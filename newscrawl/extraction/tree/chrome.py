"""What a page shows outside its chrome: headers, footers, menus, whatever elements they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.tree.rich_text import element_blocks
from newscrawl.text.clean import count_words
from newscrawl.text.scripts import weight

CHROME = frozenset({"header", "footer", "nav", "aside", "head", "noscript"})
DIALOGS = frozenset({"dialog", "alertdialog"})
"""Roles of what lies above a page, such as a question for consent."""

MENU_BOXES = ("ul", "ol", "div", "p", "td")
MIN_LINKS = 3
MAX_LINKS = 60  # of a block that are measured; a menu has fewer
MAX_ENTRY = 18
"""Letters of a menu's entry, at the mean; headlines have more."""

MAX_BESIDE = 20
"""Letters of a menu outside its links."""

MAX_CHILDREN = 200
"""Of a body that are read: the question is whether it says next to nothing."""


def shown_words(tree: HtmlElement) -> int:
    """Return how many words the page *tree* shows outside its chrome and its links."""
    body = tree.find("body")
    if body is None:
        return 0
    parts = [
        child
        for child in islice(body, MAX_CHILDREN)
        if isinstance(child.tag, str) and child.tag not in CHROME and child.get("role") not in DIALOGS
    ]
    whole = sum(count_words(text) for part in parts for text in element_blocks(part))
    return whole - sum(count_words(link.text_content()) for part in parts for link in part.iter("a"))


def menus(body: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the outermost menus of *body*: blocks of three or more links with short texts, and next to nothing else."""
    inside: set[HtmlElement] = set()
    for box in body.iter(*MENU_BOXES):
        parent = box.getparent()
        if parent in inside or parent.tag in CHROME:
            inside.add(box)
        elif _is_menu(box):
            inside.add(box)
            yield box


def _is_menu(box: HtmlElement) -> bool:
    links = list(islice(box.iter("a"), MAX_LINKS))
    if len(links) < MIN_LINKS:
        return False
    linked = sum(weight(link.text_content().strip()) for link in links)
    return linked <= MAX_ENTRY * len(links) and weight("".join(box.text_content().split())) <= linked + MAX_BESIDE

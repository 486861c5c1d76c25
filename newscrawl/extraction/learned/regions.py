"""Regions of a site's template beside its text, in which no story has anything of its own: menus, sidebars, footers.

A page that is read the generic way shows which of its regions gave a field and which gave none. Where two other stories
found nothing in a region, and no other story anything, the fields of the next page are looked for without it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from lxml.etree import XPath
from lxml.html import HtmlElement

from newscrawl.extraction.learned.shape import place_key
from newscrawl.extraction.tree.changes import Changes
from newscrawl.extraction.tree.heading_words import is_related
from newscrawl.extraction.tree.outline import MAX_HEADING
from newscrawl.phrases.lists import NAMED

MAX_REGIONS = 64
"""That are remembered of a page."""

MIN_ELEMENTS = 5
"""Of a region: a smaller one costs next to nothing."""

NAMES = XPath(".//@class|.//@id", smart_strings=False)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "strong", "b")
MAX_HEADINGS = 100
WORD_STARTS = re.compile(r"(?<=[a-z])(?=[A-Z])|_+")
PAGER = re.compile(r"(?<![a-z])pag(?:er|ination|inator|e-?nav|enav)")


def regions_of(tree: HtmlElement, used: Sequence[HtmlElement]) -> tuple[int, ...]:
    """Return the regions of *tree* as even numbers, odd ones where an element of *used* stands in them."""
    body = tree.find("body")
    if body is None or not used:
        return ()
    live = {around for element in used for around in (element, *element.iterancestors())}
    giving: dict[int, None] = {}
    sizes: dict[int, int] = {}
    waiting = [body]
    while waiting:
        for child, key in _children(waiting.pop()):
            if child not in live:
                sizes[key] = max(sizes.get(key, 0), sum(1 for _ in child.iter()))
                continue
            giving[key] = None
            if child not in used:
                waiting.append(child)
    dead = sorted(
        (key for key in sizes if sizes[key] >= MIN_ELEMENTS and key not in giving), key=lambda key: -sizes[key]
    )
    return tuple([key | 1 for key in giving if key] + [key for key in dead if key])[:MAX_REGIONS]


def remove_regions(
    tree: HtmlElement, container: HtmlElement, dead: Collection[int], live: Collection[int], changes: Changes
) -> tuple[int, ...]:
    """Take the *dead* regions out of *tree* that say nothing else by themselves; return all regions that were met."""
    body = tree.find("body")
    met: dict[int, bool] = {}
    around = {container, *container.iterancestors()}
    waiting = [body] if body is not None and body in around else []
    while waiting:
        parent = waiting.pop()
        for child, key in _children(parent):
            if child is container:
                continue
            if child in around or key in live:
                met[key] = True
                waiting.append(child)
            elif key in dead and not (child.tail or "").strip() and not _may_matter(child):
                met.setdefault(key, False)
                changes.remove(child)
    met.pop(0, None)
    return tuple(key | is_live for key, is_live in met.items())[:MAX_REGIONS]


def _children(element: HtmlElement) -> Iterator[tuple[HtmlElement, int]]:
    for child in list(element):
        if isinstance(child.tag, str):
            yield child, place_key(child) & ~1


def _may_matter(region: HtmlElement) -> bool:
    """Say whether *region* is named as, or has a heading of, what a story has on its own."""
    names = dict.fromkeys((region.get("class") or "", region.get("id") or "", *NAMES(region)))
    if _is_named(" ".join(names)):
        return True
    headings = islice(region.iter(*HEADINGS), MAX_HEADINGS)
    return any(element.tag == "h1" or _is_heading_of_related(element) for element in headings)


@lru_cache(maxsize=512)
def _is_named(names: str) -> bool:
    names = WORD_STARTS.sub("-", names).lower()
    return NAMED.search(names) is not None or PAGER.search(names) is not None


def _is_heading_of_related(element: HtmlElement) -> bool:
    """Say whether *element* heads other stories of its own; a linked heading is the title of one."""
    holder = element[0] if len(element) and not (element.text or "").strip() else element
    text = " ".join((holder.text or "").split())
    return holder.tag != "a" and 2 <= len(text) <= MAX_HEADING and is_related(text)

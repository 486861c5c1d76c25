"""Blocks in the midst of the text whose names speak against them, and nothing else does: a paragraph named a slide."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.text.beside import is_beside
from newscrawl.text.scripts import weight
from newscrawl.text.sentences import is_sentence

MAX_SIBLINGS = 12
"""Elements on either side among which a paragraph of the text has to stand."""

MIN_CHARS = 40
"""Of a sentence: letters, or signs that say as much."""

MIN_PARAGRAPHS = 2
MAX_LINKED = 0.4
"""Share of a paragraph's characters in links."""

PARAGRAPHS = frozenset({"p", "div"})
LINKS = ("a", "ref")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "head")
"""Names of HTML and of the finder's tree."""


def keep_misnamed(found: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Return the elements of *found*, which their names speak against, without those that are the text.

    Such a one holds prose and stands between paragraphs of prose that have no such name, below the same parent; it is
    not named as what stands beside a text.
    """
    named = set(found)
    return [element for element in found if not _is_text(element, named)]


def is_misnamed(element: HtmlElement) -> bool:
    """Say whether *element* is text in the midst of the text, all of it prose without links and headings."""
    return _is_text(element, ())


def _is_text(element: HtmlElement, named: Collection[HtmlElement]) -> bool:
    if element.tag not in PARAGRAPHS or next(element.iter(*LINKS), None) is not None or not _is_prose(element):
        return False
    if is_beside(f"{element.get('class') or ''} {element.get('id') or ''}") or _is_hidden(element):
        return False
    return all(
        any(_is_prose(beside) for beside in _siblings(element, named, before=before)) for before in (True, False)
    )


def _siblings(element: HtmlElement, named: Collection[HtmlElement], *, before: bool) -> Iterator[HtmlElement]:
    """Yield the paragraphs beside *element* that nothing speaks against, the nearest first."""
    siblings = islice(element.itersiblings(preceding=before), MAX_SIBLINGS)
    return (one for one in siblings if one.tag == "p" and one not in named)


def _is_hidden(element: HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "")
    return element.get("aria-hidden") == "true" or "display:none" in style or "hidden" in style


def _is_prose(element: HtmlElement) -> bool:
    """Say whether *element* is a paragraph of prose, or a block of several and of nothing else.

    An offer has a heading or a link, a caption has one paragraph (ten of twelve such blocks in 1,500 saved pages).
    """
    if element.tag != "p":
        paragraphs = [child for child in islice(element, MAX_SIBLINGS) if _is_prose(child)]
        return len(paragraphs) >= MIN_PARAGRAPHS and next(element.iter(*HEADINGS, *LINKS, "form"), None) is None
    text = " ".join("".join(element.itertext()).split())
    linked = sum(len("".join(link.itertext()).strip()) for link in element.iter(*LINKS))
    return linked < MAX_LINKED * len(text) and is_sentence(text) and weight(text) >= MIN_CHARS

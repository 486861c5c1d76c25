"""Prose of a page outside the container of its text: where no earlier story had any, the text may go on there."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.learned.shape import spots_of
from newscrawl.extraction.pruning.prune import CHROME
from newscrawl.extraction.text.beside import is_beside
from newscrawl.extraction.text.missed import MAX_AROUND
from newscrawl.extraction.tree.teasers import is_in_teaser
from newscrawl.text.sentences import is_sentence

MIN_CHARS = 80
"""Of a paragraph that counts."""

MAX_TEASER_CHARS = 300
"""Of the one paragraph of a teaser."""

MAX_PLACES = 30
"""That are remembered of a page."""


def places_outside(tree: HtmlElement, texts: Collection[str]) -> tuple[int, ...]:
    """Return where prose stands in *tree* that is none of *texts*, the article's lines; not where these stand too."""
    own, other = set[int](), dict[int, None]()
    for paragraph in tree.iter("p"):
        if not (text := _as_prose(paragraph.text_content())):
            continue
        place = spots_of(paragraph, None)[0]
        if text in texts:
            own.add(place)
        else:
            other[place] = None
    return tuple(place for place in other if place not in own)[:MAX_PLACES]


def unknown_outside(
    tree: HtmlElement, container: HtmlElement, known: Collection[int]
) -> tuple[int, int, tuple[int, ...]]:
    """Return how much text the paragraphs of *tree* hold, and how much prose stands outside at no *known* place.

    The third are all places outside of *container* where prose stands.
    """
    inside = set(container.iter("p"))
    whole = size = 0
    places: dict[int, None] = {}
    for paragraph in tree.iter("p"):
        text = paragraph.text_content()
        whole += len(text)
        if paragraph in inside or not (text := _as_prose(text)):
            continue
        place = spots_of(paragraph, None)[0]
        places[place] = None
        if not (place in known or _is_beside_text(paragraph) or _is_teaser(paragraph, text)):
            size += len(text)
    return whole, size, tuple(places)[:MAX_PLACES]


def _is_beside_text(paragraph: HtmlElement) -> bool:
    """Say whether the template names *paragraph*, or what it stands in, as no part of a text."""
    return any(
        around.tag in CHROME or is_beside(f"{around.get('class') or ''} {around.get('id') or ''}"[:300])
        for around in (paragraph, *islice(paragraph.iterancestors(), MAX_AROUND))
    )


def _is_teaser(paragraph: HtmlElement, text: str) -> bool:
    """Say whether *paragraph* is all that stands below a linked heading; a post of a live blog has several or more."""
    beside = (paragraph.getprevious(), paragraph.getnext())
    if len(text) > MAX_TEASER_CHARS or any(one is not None and one.tag == "p" for one in beside):
        return False
    return is_in_teaser(paragraph)


def _as_prose(text: str) -> str:
    """Return *text* on one line where it is prose, else nothing."""
    if len(text) < MIN_CHARS:
        return ""
    text = " ".join(text.split())
    return text if len(text) >= MIN_CHARS and is_sentence(text) else ""

"""Prose of a page outside the container of its text: where no earlier story had any, the text may go on there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.beside import is_beside
from newscrawl.extraction.missed import MAX_AROUND
from newscrawl.extraction.prune import CHROME
from newscrawl.extraction.shape import spots_of
from newscrawl.text.sentences import is_sentence

MIN_CHARS = 80
"""Of a paragraph that counts."""

MAX_PLACES = 30
"""That are remembered of a page."""


def places_outside(tree: HtmlElement, texts: Collection[str]) -> tuple[int, ...]:
    """Return where prose stands in *tree* that is none of *texts*, the article's lines; not where these stand too."""
    own, other = set[int](), dict[int, None]()
    for paragraph, text in _prose(tree):
        place = spots_of(paragraph, None)[0]
        if text in texts:
            own.add(place)
        else:
            other[place] = None
    return tuple(place for place in other if place not in own)[:MAX_PLACES]


def unknown_outside(tree: HtmlElement, container: HtmlElement, known: Collection[int]) -> tuple[int, tuple[int, ...]]:
    """Return how much prose of *tree* stands neither in *container* nor at a *known* place, and all places outside."""
    inside = set(container.iter("p"))
    size = 0
    places: dict[int, None] = {}
    for paragraph, text in _prose(tree):
        if paragraph not in inside:
            place = spots_of(paragraph, None)[0]
            places[place] = None
            size += 0 if place in known or _is_beside_text(paragraph) else len(text)
    return size, tuple(places)[:MAX_PLACES]


def _is_beside_text(paragraph: HtmlElement) -> bool:
    """Say whether the template names *paragraph*, or what it stands in, as no part of a text."""
    return any(
        around.tag in CHROME or is_beside(f"{around.get('class') or ''} {around.get('id') or ''}"[:300])
        for around in (paragraph, *islice(paragraph.iterancestors(), MAX_AROUND))
    )


def _prose(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    for paragraph in tree.iter("p"):
        text = " ".join(paragraph.text_content().split())
        if len(text) >= MIN_CHARS and is_sentence(text):
            yield paragraph, text

"""What a page that was read the generic way teaches beside where its text stood: which regions gave a field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from newscrawl.extraction.declarations.declared import Choice
from newscrawl.extraction.learned.outside import places_outside
from newscrawl.extraction.learned.regions import regions_of
from newscrawl.extraction.learned.shape import Shape
from newscrawl.extraction.learned.template import container_of
from newscrawl.extraction.links.paged import Pager
from newscrawl.extraction.text.body import Line
from newscrawl.items import RelatedLink

MAX_TEXT = 300
"""Characters of a text in which a name is looked for."""

DECK_CHARS = 60
DECLARED = frozenset({"json-ld", "meta", "feed", "news-sitemap"})
"""Sources of a date that stand in no region."""


def whole_shape(
    tree: HtmlElement,
    shape: Shape,
    choices: Mapping[str, Choice],
    lines: Sequence[Line],
    related: Sequence[RelatedLink],
    pager: Pager | None,
) -> Shape:
    """Return *shape* with where prose stood outside the text, and with the regions of *tree*.

    No regions are taught by a page with other pages, nor where a field may have come from anywhere.
    """
    shape = replace(shape, outside=places_outside(tree, {line.text for line in lines}))
    moments = [claim for claim in choices["published_at"].evidence if claim.source in DECLARED]
    is_shown = all(claim.value[1] == "day" for claim in moments) or choices["image_url"].source == "img"
    is_shown = is_shown or choices["title"].source != "h1"
    container = container_of(tree, shape)
    if pager is not None or is_shown or container is None:
        return shape
    texts = [*(choices["authors"].value or ()), choices["title"].value, *(line.text[:DECK_CHARS] for line in lines[:1])]
    used = [container, *tree.iter("h1"), *_elements_of(tree, [text for text in texts if text], related)]
    return replace(shape, regions=regions_of(tree, used))


def _elements_of(tree: HtmlElement, texts: Sequence[str], related: Sequence[RelatedLink]) -> Iterable[HtmlElement]:
    """Yield the elements of *tree* that hold one of *texts*, and those that may lead to one of *related*."""
    ends = {_path(link.url) for link in related} - {""}
    for element in tree.iter():
        text = element.text
        names = text and len(text) < MAX_TEXT and any(wanted in text for wanted in texts)
        if names or (ends and element.tag == "a" and _path(element.get("href") or "") in ends):
            yield element


def _path(href: str) -> str:
    """Return the path of *href*, which may be no address at all: pages link to "https://[privacy]/"."""
    bare = href.partition("#")[0].partition("?")[0]
    _, slashes, behind = bare.partition("//")
    return (f"/{behind.partition('/')[2]}" if slashes else bare).rstrip("/")

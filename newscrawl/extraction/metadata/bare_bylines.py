"""Bylines that neither the template names nor HTML knows: bare text below the headline, and custom elements."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.metadata.bylines import (
    MAX_CHARS,
    MAX_RISE,
    REPORTER,
    Byline,
    after_date,
    headline_of,
    parted_text,
)
from newscrawl.phrases.authors import BY

MAX_SIBLINGS = 8  # deck, picture, share buttons and breaks stand before the byline, and then the text


def bare_bylines(tree: HtmlElement, title: str = "") -> Iterator[Byline]:
    """Yield the lines of bare text, and of custom elements, right below the headline that say who wrote the story."""
    headline = headline_of(tree, title)
    if headline is None:
        return
    for block in islice((headline, *headline.iterancestors()), MAX_RISE):
        if block.tag == "body":
            break
        for text in _lines_below(block):
            if len(text) > MAX_CHARS:
                return
            if BY.match(text) or REPORTER.fullmatch(text):
                yield Byline([text])
            elif named := after_date(text):
                yield Byline([named])


def _lines_below(block: HtmlElement) -> Iterator[str]:
    """Yield the bare text behind *block* and its next siblings, and what the custom elements among them hold."""
    yield " ".join((block.tail or "").split())
    for sibling in islice(block.itersiblings(), MAX_SIBLINGS):
        if isinstance(sibling.tag, str) and "-" in sibling.tag:
            yield parted_text(sibling)
        yield " ".join((sibling.tail or "").split())

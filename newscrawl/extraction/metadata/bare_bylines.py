"""Bylines that neither the template names nor HTML knows: bare text below the headline, and custom elements."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from newscrawl.extraction.metadata.bylines import MAX_CHARS, REPORTER, Byline, after_date, parted_text
from newscrawl.extraction.metadata.headline_place import MAX_RISE, Headline
from newscrawl.extraction.tree.nodes import Nodes
from newscrawl.phrases.authors import BY

MAX_SIBLINGS = 8  # deck, picture, share buttons and breaks stand before the byline, and then the text


def bare_bylines(headline: Headline) -> Iterator[Byline]:
    """Yield the lines of bare text, and of custom elements, right below the headline that say who wrote the story."""
    nodes, at = headline.nodes, headline.at
    if at is None:
        return
    for block in islice((at, *nodes.around(at)), MAX_RISE):
        if nodes.tags[block] == "body":
            break
        for text in _lines_below(nodes, block):
            if len(text) > MAX_CHARS:
                return
            if BY.match(text) or REPORTER.fullmatch(text):
                yield Byline([text])
            elif named := after_date(text):
                yield Byline([named])


def _lines_below(nodes: Nodes, block: int) -> Iterator[str]:
    """Yield the bare text behind *block* and its next siblings, and what the custom elements among them hold."""
    yield " ".join((nodes.tails[block] or "").split())
    for sibling in islice(nodes.following(block), MAX_SIBLINGS):
        if "-" in nodes.tags[sibling]:
            yield parted_text(nodes, sibling)
        yield " ".join((nodes.tails[sibling] or "").split())

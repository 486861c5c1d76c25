"""Where the headline stands on the page, and what stands right below and above it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from newscrawl.extraction.tree.nodes import Nodes
from newscrawl.text.clean import words

ELEMENTS = ("p", "span", "div", "a", "address", "small", "li", "strong", "em", "b", "i", "h3", "h4", "h5", "td", "font")
"""Elements in which bylines stand."""

UNNAMED = frozenset({"b", "strong", "font", "big", "td", "div", "span", "p", "center", "h4"})
"""Elements in which old pages and page builders put a headline."""

MAX_HEADINGS = 60
MAX_SPACE = 40
"""Characters of white space and marks around a headline."""

MAX_BELOW = 60
"""Elements below the headline among which the byline is looked for: share buttons and breadcrumbs stand there too, and
further down begin the text and its quotations."""

MAX_ABOVE, MAX_RISE = 12, 4
"""Elements above the headline, in the block so many levels around it."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline *title* of a page, at its place in the nodes; None where it shows none."""

    nodes: Nodes
    title: str
    at: int | None

    def below(self, *tags: str) -> Iterator[int]:
        """Yield the elements of *tags*, or ``ELEMENTS``, below the headline, and those of its own tag."""
        if self.at is None:
            return
        names, texts = self.nodes.tags, self.nodes.texts
        wanted = {names[self.at], *(tags or ELEMENTS)}
        for at in range(self.at + 1, len(names)):
            tag = names[at]
            if tag in wanted and (tag not in ("b", "i") or (texts[at] or "").strip()):  # they draw icons, too
                yield at

    def above(self, *tags: str) -> list[int]:
        """Return the last elements of *tags*, or ``ELEMENTS``, before the headline, in the block that it stands in."""
        if self.at is None:
            return []
        names = self.nodes.tags
        block = self.at
        for around in islice(self.nodes.around(self.at), MAX_RISE):
            if names[around] in ("body", "html", "main"):
                break
            block = around
        wanted = {names[self.at], *(tags or ELEMENTS)}
        return [at for at in range(block, self.at) if names[at] in wanted][-MAX_ABOVE:]

    def near(self, *tags: str) -> Iterator[int]:
        """Yield the first elements below the headline, then those right above it."""
        yield from islice(self.below(*tags), MAX_BELOW)
        yield from self.above(*tags)


def find_headline(nodes: Nodes, title: str) -> Headline:
    """Return the heading that is *title*, another element with its words, or the first h1."""
    return Headline(nodes, title, _place(nodes, title))


def _place(nodes: Nodes, title: str) -> int | None:
    key = words(title)
    headings = sorted(at for tag in ("h1", "h2", "h3") for at in nodes.tagged.get(tag, ()))[:MAX_HEADINGS]
    if key:
        for at in headings:
            if words(nodes.text(at)[:500]) == key:
                return at
        least, most = len(title), len(title) + MAX_SPACE
        for at, text in enumerate(nodes.texts):
            if text and least <= len(text) <= most and nodes.tags[at] in UNNAMED and words(text) == key:
                return at
    return next((at for at in headings if nodes.tags[at] == "h1"), None)

"""Reads the text of a page by the template of its site, and says whether the page bears it out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from newscrawl.extraction.learned.outside import unknown_outside
from newscrawl.extraction.learned.regions import remove_regions
from newscrawl.extraction.learned.shape import MAX_SPOTS, MOST, Shape, around_names, own_names, spots_of
from newscrawl.extraction.learned.template import Template, find_container
from newscrawl.extraction.pruning.prune import prune
from newscrawl.extraction.text.blocks import blocks_of
from newscrawl.extraction.text.body import Line
from newscrawl.extraction.text.density import prose_chars
from newscrawl.extraction.text.missed import LINKED, is_of_text
from newscrawl.extraction.text.paragraphs import with_looks
from newscrawl.extraction.tree.changes import Changes

MAX_DROPPED = 0.4
"""Of the prose in the container: a template that drops more is not trusted, as with lines that a site repeats."""

MAX_UNKNOWN = 0.1
"""Of the prose: what stands where no text stood before. Less of it is taken where it looks like text."""


@dataclass(frozen=True, slots=True)
class Served:
    """The text of one page by its site's template."""

    template: Template
    container: HtmlElement
    shape: Shape
    """What this page shows of the template."""

    lines: list[Line]
    why: str
    """Of what was found, for a person."""

    prose: int
    """Characters of prose in the container, or of the page's paragraphs where these hold more."""

    doubt: str = ""
    """Why it is not to be trusted; empty: it is."""


def serve(tree: HtmlElement, templates: Sequence[Template]) -> Served | None:
    """Return the text of *tree* by the first of *templates* whose container it has; None where it has none.

    The container alone is copied and searched for what is no article: half of the time of a page goes into the rest.
    """
    for template in templates:
        element = find_container(tree, template)
        if element is not None:
            container = copy(element)
            whole, elsewhere, places = unknown_outside(tree, element, template.outside)
            prose = max(prune(container), whole)
            shape = Shape(template.tag, own_names(element), around_names(element), outside=places)
            return _read(container, Served(template, element, shape, [], "", prose), elsewhere)
    return None


def _read(container: HtmlElement, served: Served, elsewhere: int) -> Served:
    """Return *served* with the lines of *container*, a pruned copy; *elsewhere* is how much prose stands outside."""
    template = served.template
    blocks = blocks_of(container)
    taken, prose = [], Counter[str]()
    chars: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    for block in blocks:
        spots = spots_of(block.element, container)
        known = template.holds_text(*spots)
        size = prose_chars(block.line)
        unknown = known is None
        if not known and block.line.kind == "quote":
            known = block.line.linked < LINKED  # the finder leaves out most posts that a story quotes, and some are it
        elif known is None:
            known = block.line.linked < LINKED and is_of_text(block, bool(size))
        prose["unknown" if unknown else "taken" if known else "dropped"] += size
        if known:
            taken.append(block)
        if not unknown:
            for spot in spots:
                chars[spot][not known] += len(block.line.text)
    whole = max(1, prose.total())
    doubt = ""
    if prose["dropped"] > MAX_DROPPED * whole:
        doubt = f"{prose['dropped']} of {whole} characters of prose would be dropped"
    elif prose["unknown"] > MAX_UNKNOWN * whole:
        doubt = f"{prose['unknown']} of {whole} characters of prose stand where no text stood before"
    elif elsewhere > MAX_UNKNOWN * whole:
        doubt = f"{elsewhere} characters of prose beside {whole} stand where no earlier story had any"
    shown = tuple((spot, min(own, MOST), min(rest, MOST)) for spot, (own, rest) in chars.items())[:MAX_SPOTS]
    why = f"the site's template, as {template.teachers} pages taught it"
    return replace(served, lines=with_looks(taken), why=why, doubt=doubt, shape=replace(served.shape, spots=shown))


def without_regions(tree: HtmlElement, served: Served, changes: Changes) -> Served:
    """Take the regions out of *tree* in which other stories had nothing; return *served* with those met."""
    template = served.template
    met = remove_regions(tree, served.container, template.dead, template.live, changes)
    return replace(served, shape=replace(served.shape, regions=met))

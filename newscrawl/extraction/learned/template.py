"""The template of a site's articles, learned from a few of its pages: a parser of the site that nobody wrote.

Every page that is read the generic way shows where its text stood (:class:`Shape`). Where two other stories of the
site agree, the next page is read by that alone: its container, and in it the spots where text stood before. The page
itself has to bear it out; where it does not, it is read the generic way, and teaches the site's next template.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from newscrawl.extraction.learned.memory import Observation
from newscrawl.extraction.learned.shape import NAMED, Shape, around_names, own_names

WINDOW = 8
"""Pages whose shapes count, the newest: a template that the site gave up is forgotten with them."""

TEACHERS = 2
"""Other stories that have to agree on the container, and on each spot: one hostile page changes nothing."""

CHECK_EVERY = 20
"""One page in so many is read the generic way all the same, so that the template cannot teach itself for ever."""

KEPT_SHARE = 0.35
"""Of the characters at a spot that were text, from which on it is the text's; the cuts judge its lines one by one."""

SURE_SHARE = 0.9
"""The same where only the names of the elements are those of a spot, not their classes."""


MIN_COMMON = 1 / 3
"""Of the container's names that two pages have to share: others tell a section or a page, or are made by a script."""

MIN_HELD = 0.5
"""Of the names that all pages have, which the container of the next one has to have."""


@dataclass(frozen=True, slots=True)
class Template:
    """Where the text of a site's articles stands."""

    tag: str
    own: Mapping[int, int]
    """How many pages have each name of the container."""

    around: Mapping[int, int]
    """The same of the element around it, which tells alike containers from one another."""

    spots: Mapping[int, float]
    """The share of text at each spot that enough pages have: that of the page in the middle, the lower of two."""

    outside: frozenset[int]
    """Places outside of it where enough pages had prose that was none of their text."""

    dead: frozenset[int]
    """Regions in which enough pages found nothing, and none anything."""

    live: frozenset[int]
    """Regions that gave a field."""

    teachers: int
    """How many pages taught it."""

    def holds_text(self, spot: int, bare: int) -> bool | None:
        """Say whether text stands at *spot*, or surely at *bare* (:func:`spots_of`); None where neither is known."""
        share = self.spots.get(spot)
        if share is None:
            return True if self.spots.get(bare, 0.0) >= SURE_SHARE else None
        return share >= KEPT_SHARE


def learn(memory: Sequence[Observation], story: int) -> list[Template]:
    """Return the templates that the newest pages of *memory* agree on, the latest first; *story* teaches nothing."""
    others = {
        observation.story: observation.shape
        for observation in memory
        if observation.story != story and observation.shape is not None
    }
    groups: list[list[Shape]] = []
    for shape in reversed([shape for shape in others.values() if shape is not None][-WINDOW:]):
        alike = [(common_share(shape, group[0]), -at) for at, group in enumerate(groups)]
        share, at = max(alike, default=(0.0, 0))
        if share >= MIN_COMMON:
            groups[-at].append(shape)
        else:
            groups.append([shape])
    return [_template(group) for group in groups if len(group) >= TEACHERS]


def common_share(one: Shape, other: Shape) -> float:
    """Return the share of their containers' names that two shapes have in common, 0 where they are not of one kind."""
    if one.tag != other.tag:
        return 0.0
    if one.own and other.own and (share := len(one.own & other.own) / min(len(one.own), len(other.own))):
        return share
    if one.tag in NAMED:  # there is one such on most pages, whatever a script calls it
        return len(one.around & other.around) / max(1, min(len(one.around), len(other.around)))
    return 0.0


def container_of(tree: HtmlElement, shape: Shape) -> HtmlElement | None:
    """Return the element of *tree* that *shape* was taken from."""
    return find_container(tree, _template([shape]))


def find_container(tree: HtmlElement, template: Template) -> HtmlElement | None:
    """Return the element of *tree* that has most names of *template*; None where none or more than one has them."""
    always = {name for name, pages in template.own.items() if pages == template.teachers}
    best: list[HtmlElement] = []
    most = 0
    for element in tree.iter(template.tag):
        own = own_names(element)
        if (not own and template.tag not in NAMED) or len(own & always) < MIN_HELD * len(always):
            continue
        score = sum(template.own.get(name, 0) for name in own)
        score += sum(template.around.get(name, 0) for name in around_names(element))
        if score > most:
            best, most = [element], score
        elif score == most:
            best.append(element)
    return best[0] if len(best) == 1 else None


def _template(shapes: Sequence[Shape]) -> Template:
    own = Counter(name for shape in shapes for name in shape.own)
    around = Counter(name for shape in shapes for name in shape.around)
    outside = Counter(place for shape in shapes for place in shape.outside)
    known = frozenset(place for place, pages in outside.items() if pages >= TEACHERS)
    regions = Counter(region for shape in shapes for region in shape.regions)
    live = frozenset(region & ~1 for region in regions if region & 1)
    dead = frozenset(region for region, pages in regions.items() if pages >= TEACHERS and not region & 1) - live
    return Template(shapes[0].tag, own, around, _spots(shapes), known, dead, live, len(shapes))


def _spots(shapes: Iterable[Shape]) -> dict[int, float]:
    pages: Counter[int] = Counter()
    own: defaultdict[int, list[float]] = defaultdict(list)
    for shape in shapes:
        for spot, kept, left in shape.spots:
            pages[spot] += 1
            own[spot].append(kept / max(1, kept + left))
    spots = {}
    for spot, seen in pages.items():
        if seen < TEACHERS:
            continue
        shares = sorted(own[spot])
        spots[spot] = shares[(seen - 1) // 2]  # as most pages say: one alone neither adds a spot nor takes it away
    return spots


def is_checked(story: int) -> bool:
    """Say whether *story* is read the generic way whatever its site taught."""
    return story % CHECK_EVERY == 0

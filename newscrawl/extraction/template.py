"""The template of a site's articles, learned from a few of its pages: a parser of the site that nobody wrote.

Every page that is read the generic way shows where its text stood (:class:`Shape`). Where two other stories of the
site agree, the next page is read by that alone: its container, and in it the spots where text stood before. The page
itself has to bear it out; where it does not, it is read the generic way, and teaches the site's next template.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from newscrawl.extraction.memory import Observation
from newscrawl.extraction.shape import Shape

WINDOW = 8
"""Pages whose shapes count, the newest: a template that the site gave up is forgotten with them."""

TEACHERS = 2
"""Other stories that have to agree on the container, and on each spot: one hostile page changes nothing."""

CHECK_EVERY = 20
"""One page in so many is read the generic way all the same, so that the template cannot teach itself for ever."""

KEPT_SHARE = 0.35
"""Of the characters at a spot that were text, from which on it is the text's; the cuts judge its lines one by one."""


@dataclass(frozen=True, slots=True)
class Template:
    """Where the text of a site's articles stands."""

    container: int
    spots: Mapping[int, bool]
    """Whether text stands at a spot that enough pages have."""

    teachers: int
    """How many pages taught it."""


def learn(memory: Sequence[Observation], story: int) -> list[Template]:
    """Return the templates that the newest pages of *memory* agree on, the latest first; *story* teaches nothing."""
    others = {
        observation.story: observation.shape
        for observation in memory
        if observation.story != story and observation.shape is not None
    }
    shapes = [shape for shape in others.values() if shape is not None][-WINDOW:]
    by_container: defaultdict[int, list[Shape]] = defaultdict(list)
    for shape in reversed(shapes):
        by_container[shape.container].append(shape)
    return [
        Template(container, _spots(taught), len(taught))
        for container, taught in by_container.items()
        if len(taught) >= TEACHERS
    ]


def _spots(shapes: Iterable[Shape]) -> dict[int, bool]:
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
        # as most pages say: one of them alone neither adds a spot nor takes it away
        spots[spot] = shares[(seen - 1) // 2] >= KEPT_SHARE
    return spots


def is_checked(story: int) -> bool:
    """Say whether *story* is read the generic way whatever its site taught."""
    return story % CHECK_EVERY == 0

"""What one page shows of its site's template: the element that holds its text, and where in it text stands."""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, islice
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

if TYPE_CHECKING:  # they bring trafilatura, which only workers need
    from newscrawl.extraction.text.blocks import Block
    from newscrawl.extraction.text.body import Line

COVERED = 0.98
"""Of the text that one element has to hold to be its container: what it does not hold would be lost."""

MIN_CHARS = 400
"""Of a text: shorter ones say little of a template."""

MAX_SPOTS = 60
DEPTH = 3
"""Elements by which a spot is told: that of the block and those around it, up to the container."""

ONE_PAGE = re.compile(r"\d|^(?:category|tag|author|status|format|type|hentry|section|topic|has|is|no|sticky)-?", re.I)
"""Class tokens that tell this page from the site's others, not its place in the template."""

NAMED = frozenset({"article", "main"})
TOLD_BY_TAG = NAMED | {"nav", "header", "footer", "aside"}
TEXT = frozenset("p h1 h2 h3 h4 h5 h6 li blockquote".split())
"""What holds one paragraph, not a text, though the whole of a short one may stand in it."""
MAX_NAMES = 12
"""Of the container, and of the element around it, by which it is told."""

_HEAD, _NAME, _SPOT = struct.Struct("<BBBBB"), struct.Struct("<I"), struct.Struct("<IHH")
MOST = 0xFFFF


@dataclass(frozen=True, slots=True)
class Shape:
    """The template as one page shows it."""

    tag: str
    """Of the element that holds the text, the container."""

    own: frozenset[int] = frozenset()
    """Hashes of the container's classes and of its id (:func:`own_names`)."""

    around: frozenset[int] = frozenset()
    """The same of the element around it, with its tag."""

    spots: tuple[tuple[int, int, int], ...] = ()
    """For each spot (:func:`spots_of`) in it, how many characters were of the text, and how many were not."""

    outside: tuple[int, ...] = ()
    """Places outside of it where prose stood (``outside.py``)."""

    regions: tuple[int, ...] = ()
    """Those beside it (``regions.py``)."""

    def to_bytes(self) -> bytes:
        """Return this shape as at most 1.2 kB."""
        tag = self.tag.encode("utf-8", "replace")[:100]
        hashes = (sorted(self.own)[:MAX_NAMES], sorted(self.around)[:MAX_NAMES], self.outside, self.regions)
        head = _HEAD.pack(len(tag), *map(len, hashes)) + tag + b"".join(map(_NAME.pack, chain(*hashes)))
        return head + b"".join(_SPOT.pack(*spot) for spot in self.spots)

    @classmethod
    def from_bytes(cls, data: bytes) -> Shape:
        """Read what :meth:`to_bytes` wrote; raises struct.error for anything else."""
        size, *counts = _HEAD.unpack_from(data)
        at = _HEAD.size + size
        tag = data[_HEAD.size : at].decode("utf-8", "replace")
        parts = []
        for count in counts:
            parts.append(struct.unpack_from(f"<{count}I", data, at))
            at += 4 * count
        own, around, outside, regions = parts
        spots = tuple((spot, text, rest) for spot, text, rest in _SPOT.iter_unpack(data[at:]))
        return cls(tag, frozenset(own), frozenset(around), spots, outside, regions)


def shape_of(blocks: Sequence[Block], lines: Iterable[Line]) -> Shape | None:
    """Return what a page shows whose *blocks* hold the text of *lines*; None where no one named element holds it."""
    wanted = Counter(line.text for line in lines if not line.cut)
    if sum(map(len, wanted)) < MIN_CHARS:
        return None
    texts = Counter(block.line.text for block in blocks)
    kept = {at for at, block in enumerate(blocks) if block.line.text in wanted}
    sure = [blocks[at] for at in kept if texts[blocks[at].line.text] == 1]
    if sum(len(block.line.text) for block in sure) < COVERED * sum(map(len, wanted)):
        return None  # the lines are not the page's own, or stand on it twice
    container = _container(sure)
    if container is None:
        return None
    chars: dict[int, list[int]] = {}
    inside = set(container.iter())
    for at, block in enumerate(blocks):
        if block.element in inside:
            for spot in spots_of(block.element, container):
                chars.setdefault(spot, [0, 0])[at not in kept] += len(block.line.text)
    largest = sorted(chars.items(), key=lambda item: -sum(item[1]))[:MAX_SPOTS]
    return Shape(
        str(container.tag),
        own_names(container),
        around_names(container),
        tuple((spot, min(own, MOST), min(other, MOST)) for spot, (own, other) in largest),
    )


def _container(blocks: Sequence[Block]) -> HtmlElement | None:
    """Return the innermost named element that holds nearly all text of *blocks*."""
    sums: Counter[HtmlElement] = Counter()
    for block in blocks:
        for element in (block.element, *block.element.iterancestors()):
            sums[element] += len(block.line.text)
    least = COVERED * sum(len(block.line.text) for block in blocks)
    holders = [element for element, size in sums.items() if size >= least]  # one in another
    for element in sorted(holders, key=lambda holder: -sum(1 for _ in holder.iterancestors())):
        if element.tag in ("body", "html"):
            return None
        if element.tag not in TEXT and (element.tag in NAMED or names_of(element)):
            return element
    return None


def names_of(element: HtmlElement) -> tuple[str, ...]:
    """Return the classes and the id of *element* that are its template's, not this page's; the id begins with "#"."""
    return _names(element.get("class") or "", element.get("id") or "")


@lru_cache(maxsize=8192)
def _names(classes: str, mark: str) -> tuple[str, ...]:
    names = [name for name in classes[:500].split() if not ONE_PAGE.search(name)]
    return (*names, f"#{mark[:100]}") if mark and not ONE_PAGE.search(mark) else tuple(names)


def own_names(element: HtmlElement) -> frozenset[int]:
    """Return the hashes of the names of *element*."""
    return _name_hashes("", element.get("class") or "", element.get("id") or "")


def around_names(element: HtmlElement) -> frozenset[int]:
    """Return the hashes of the tag and the names of the element around *element*."""
    parent = element.getparent()
    if parent is None:
        return frozenset()
    return _name_hashes(str(parent.tag), parent.get("class") or "", parent.get("id") or "")


@lru_cache(maxsize=8192)  # a served page is searched for the container by its names
def _name_hashes(tag: str, classes: str, mark: str) -> frozenset[int]:
    names = [f"{tag} {name}" for name in _names(classes, mark)[-MAX_NAMES + 1 :]]
    return frozenset(_hash64(name) & 0xFFFFFFFF for name in (*names, *([tag] if tag else [])))


@lru_cache(maxsize=8192)
def _hash64(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def place_key(element: HtmlElement) -> int:
    """Return a hash of *element* by its names and those of the element around it; 0 where nothing tells what it is."""
    classes, mark, parent = element.get("class"), element.get("id"), element.getparent()
    if parent is None or not (classes or mark or element.tag in TOLD_BY_TAG):
        return 0
    return _place_key(
        str(element.tag), classes or "", mark or "", str(parent.tag), parent.get("class") or "", parent.get("id") or ""
    )


@lru_cache(maxsize=8192)
def _place_key(tag: str, classes: str, mark: str, outer: str, outer_classes: str, outer_mark: str) -> int:
    names = _names(classes, mark)
    if not names and tag not in TOLD_BY_TAG:
        return 0
    return _hash64(f"{tag} {' '.join(names)}<{outer} {' '.join(_names(outer_classes, outer_mark))}") & 0xFFFFFFFF


def spots_of(element: HtmlElement, container: HtmlElement | None) -> tuple[int, int]:
    """Return where *element* stands in *container*, or in the page: a hash of names and classes, and one of names.

    Scripts make new classes with each version of a site, and templates add some for one page.
    """
    path: list[str] = []
    tags: list[str] = []
    for holder in (element, *islice(element.iterancestors(), DEPTH - 1)):
        if holder is container:
            break
        path.append(f"{holder.tag}.{'.'.join(_names(holder.get('class') or '', ''))}")
        tags.append(str(holder.tag))
    return _hash64("<".join(path)) & 0xFFFFFFFF, _hash64(f"bare {'<'.join(tags)}") & 0xFFFFFFFF

"""What one page shows of its site's template: the element that holds its text, and where in it text stands."""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

if TYPE_CHECKING:  # they bring trafilatura, which only workers need
    from newscrawl.extraction.blocks import Block
    from newscrawl.extraction.body import Line

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
TEXT = frozenset("p h1 h2 h3 h4 h5 h6 li blockquote".split())
"""What holds one paragraph, not a text, though the whole of a short one may stand in it."""
NO_CONTAINER = TEXT | {"a", "img", "button", "input", "meta", "link", "script"}
_HEAD, _SPOT = struct.Struct("<Q"), struct.Struct("<IHH")
MOST = 0xFFFF


@dataclass(frozen=True, slots=True)
class Shape:
    """The template as one page shows it."""

    container: int
    """Hash of the names of the element that holds the text (:func:`container_key`)."""

    spots: tuple[tuple[int, int, int], ...] = ()
    """For each spot (:func:`spot_of`) in it, how many characters were of the text, and how many were not."""

    def to_bytes(self) -> bytes:
        """Return this shape as at most 500 bytes."""
        return _HEAD.pack(self.container) + b"".join(_SPOT.pack(*spot) for spot in self.spots)

    @classmethod
    def from_bytes(cls, data: bytes) -> Shape:
        """Read what :meth:`to_bytes` wrote; raises struct.error for anything else."""
        spots = ((spot, own, other) for spot, own, other in _SPOT.iter_unpack(data[_HEAD.size :]))
        return cls(int(_HEAD.unpack_from(data)[0]), tuple(spots))


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
            chars.setdefault(spot_of(block.element, container), [0, 0])[at not in kept] += len(block.line.text)
    largest = sorted(chars.items(), key=lambda item: -sum(item[1]))[:MAX_SPOTS]
    return Shape(
        container_key(container), tuple((spot, min(own, MOST), min(other, MOST)) for spot, (own, other) in largest)
    )


def _container(blocks: Sequence[Block]) -> HtmlElement | None:
    """Return the innermost named element that holds nearly all text of *blocks*."""
    sums: Counter[HtmlElement] = Counter()
    for block in blocks:
        sums[block.element] += len(block.line.text)
    least = COVERED * sums.total()
    elements = list(blocks[0].element.getroottree().iter()) if blocks else []
    for element in reversed(elements):  # children before their parents, so the first that holds enough is the innermost
        if sums[element] >= least and element.tag not in TEXT:
            if element.tag in ("body", "html"):
                return None
            if element.tag in NAMED or names_of(element):
                return element
        if (parent := element.getparent()) is not None:
            sums[parent] += sums[element]
    return None


def names_of(element: HtmlElement) -> str:
    """Return the classes and the id of *element* that are its template's, not this page's."""
    return _names(element.get("class") or "", element.get("id") or "")


@lru_cache(maxsize=8192)
def _names(classes: str, mark: str) -> str:
    tokens = [name for name in classes[:500].split() if not ONE_PAGE.search(name)]
    return ".".join(tokens) + (f"#{mark[:100]}" if mark and not ONE_PAGE.search(mark) else "")


def container_key(element: HtmlElement) -> int:
    """Return a hash of the names of *element* and of the one around it."""
    parent = element.getparent()
    if parent is None:
        return _container_key(str(element.tag), element.get("class"), element.get("id"), "", None, None)
    return _container_key(
        str(element.tag), element.get("class"), element.get("id"), parent.tag, parent.get("class"), parent.get("id")
    )


@lru_cache(maxsize=8192)  # a served page is searched for the container's key
def _container_key(
    tag: str, classes: str | None, mark: str | None, around: str, around_classes: str | None, around_mark: str | None
) -> int:
    outer = f"{around}.{_names(around_classes or '', around_mark or '')}" if around else ""
    return _hash64(f"{tag}.{_names(classes or '', mark or '')}<{outer}")


@lru_cache(maxsize=8192)
def _hash64(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def spot_of(element: HtmlElement, container: HtmlElement) -> int:
    """Return a hash of where *element*, which is *container* or stands in it, stands in it."""
    path: list[str] = []
    for holder in (element, *islice(element.iterancestors(), DEPTH - 1)):
        if holder is container:
            break
        path.append(f"{holder.tag}.{_names(holder.get('class') or '', '')}")
    return _hash64("<".join(path)) & 0xFFFFFFFF


def holders(tree: HtmlElement, container: int) -> list[HtmlElement]:
    """Return the elements of *tree* whose :func:`container_key` is *container*, at most two."""
    elements = (
        element
        for element in tree.iter()
        if isinstance(element.tag, str)
        and element.tag not in NO_CONTAINER
        and (element.tag in NAMED or element.get("class") or element.get("id"))
        and container_key(element) == container
    )
    return list(islice(elements, 2))

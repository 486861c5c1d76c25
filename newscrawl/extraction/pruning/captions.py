"""Captions of pictures, in figures and in the boxes that pages had before HTML knew figures."""

from __future__ import annotations

from itertools import islice

from newscrawl.extraction.tree.nodes import Nodes

BOXES = frozenset({"table", "div", "span", "dl"})
FLOATING = frozenset({"left", "right"})
MAX_CAPTION_CHARS = 250
"""Of a box; what holds more is a column of the page."""

MAX_RISE = 6
"""Levels between a picture and the box that floats: rows, cells and links stand between."""


def prune_figure_captions(nodes: Nodes) -> list[int]:
    """Return the captions of figures, unless they are half of the page's prose: then they tell its story."""
    captions = nodes.tagged["figcaption"]
    return captions if 2 * sum(nodes.prose[at] for at in captions) <= nodes.prose[0] else []


def prune_captions(nodes: Nodes) -> list[int]:
    """Return the boxes that float beside the text (``align``), and hold a picture and a few words."""
    boxes: set[int] = set()
    for picture in nodes.tagged["img"]:
        for box in islice(nodes.around(picture), MAX_RISE):
            if nodes.all[box] > MAX_CAPTION_CHARS:
                break
            if nodes.tags[box] in BOXES and (nodes.elements[box].get("align") or "").lower() in FLOATING:
                boxes.add(box)
                break
    return list(boxes)

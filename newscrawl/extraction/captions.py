"""Boxes of a picture with its caption, as pages had them before HTML knew figures."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.sizes import Sizes

BOXES = frozenset({"table", "div", "span", "dl"})
FLOATING = frozenset({"left", "right"})
MAX_CAPTION_CHARS = 250
MAX_RISE = 6
"""Levels between a picture and the box that floats: rows, cells and links stand between."""


def prune_captions(sizes: Sizes) -> list[HtmlElement]:
    """Return the boxes that float beside the text (``align``), and hold a picture and a few words."""
    boxes: dict[HtmlElement, None] = {}
    for picture in sizes.root.iter("img"):
        for box in islice(picture.iterancestors(), MAX_RISE):
            if sizes.all.get(box, MAX_CAPTION_CHARS + 1) > MAX_CAPTION_CHARS:
                break
            if box.tag in BOXES and (box.get("align") or "").lower() in FLOATING:
                boxes[box] = None
                break
    return list(boxes)

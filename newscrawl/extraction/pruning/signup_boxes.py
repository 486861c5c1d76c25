"""Boxes in which readers leave their address for a newsletter: known by the field for it, in any language."""

from __future__ import annotations

from newscrawl.extraction.tree.nodes import ROOTS, Nodes

HEADLINES = ("h1", "h2")
TEXTS = ("p", "h3", "h4", "h5", "h6", "legend")
MAX_CHARS = 300
"""Of a box: what is offered, how often, and that one may leave."""

MAX_SHARE = 0.5
"""Of the page's prose; what holds more is the story, however short, with the field below it."""

MAX_TEXTS = 3
"""Its paragraphs and headings; where there are more, a story stands around the field."""


def signup_boxes(nodes: Nodes) -> list[int]:
    """Return the fields for an address, each as the largest box around it that holds little else.

    The form says nothing of the box: some content systems put the whole page into one.
    """
    fields = [at for at in nodes.tagged["input"] if (nodes.elements[at].get("type") or "").lower() == "email"]
    boxes: list[int] = []
    for field in fields:
        box = field
        for around in nodes.around(field):
            if not _is_box(around, nodes):
                break
            box = around
        boxes.append(box)
    return boxes


def _is_box(around: int, nodes: Nodes) -> bool:
    """Say whether *around* holds little text, no headline, and no field for a text, which a reply has."""
    if nodes.tags[around] in ROOTS or nodes.all[around] > MAX_CHARS:
        return False
    if nodes.prose[around] > MAX_SHARE * nodes.prose[0]:
        return False
    if any(nodes.inside(around, tag) for tag in (*HEADLINES, "textarea")):
        return False
    return sum(len(nodes.inside(around, tag)) for tag in TEXTS) <= MAX_TEXTS

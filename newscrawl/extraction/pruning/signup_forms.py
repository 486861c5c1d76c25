"""Boxes in which readers leave their address for a newsletter: known by the field for it, in any language."""

from __future__ import annotations

from newscrawl.extraction.tree.nodes import Nodes

ROOTS = frozenset({"html", "body", "main", "article"})
HEADLINES = ("h1", "h2")
TEXTS = ("p", "h3", "h4", "h5", "h6", "legend")
MAX_CHARS = 300
"""Of a box: what is offered, how often, and that one may leave."""

MAX_SHARE = 0.5
"""Of the page's prose; what holds more is the story, however short, with the form below it."""

MAX_TEXTS = 3
"""Its paragraphs and headings; where there are more, a story stands around the form."""


def signup_forms(nodes: Nodes) -> list[int]:
    """Return the forms that have a field for an address and none for a text, each as the largest box around it.

    A box holds little text, all of it above or beside the form within the same block, and no headline.
    """
    boxes: list[int] = []
    for form in nodes.tagged["form"]:
        if nodes.inside(form, "textarea") or not any(
            (nodes.elements[at].get("type") or "").lower() == "email" for at in nodes.inside(form, "input")
        ):
            continue
        box = form
        for around in nodes.around(form):
            texts = sum(len(nodes.inside(around, tag)) for tag in TEXTS)
            if nodes.tags[around] in ROOTS or nodes.all[around] > MAX_CHARS or texts > MAX_TEXTS:
                break
            if nodes.prose[around] > MAX_SHARE * nodes.prose[0]:
                break
            if any(nodes.inside(around, tag) for tag in HEADLINES):
                break
            box = around
        boxes.append(box)
    return boxes

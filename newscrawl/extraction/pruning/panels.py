"""Panels that a reader opens: answers below their questions, chapters that a page shows folded. They are the text."""

from __future__ import annotations

from itertools import islice

from newscrawl.extraction.tree.changes import Changes
from newscrawl.extraction.tree.nodes import Nodes
from newscrawl.text.scripts import DENSE_CHAR
from newscrawl.text.sentences import is_sentence

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary"})
CHROME = frozenset({"nav", "header", "footer", "aside", "form", "dialog", "menu"})
FIELDS = ("input", "select", "textarea", "form")
POPUPS = frozenset({"dialog", "alertdialog", "menu", "listbox", "tooltip", "search"})
HIDING = ("hidden", "style", "aria-hidden")
"""Attributes by which a panel is folded, and by which the finder leaves it out."""

MAX_APART = 4
"""Elements around the label, one of which has to hold its panel: that of a window stands at the end of the page."""

MAX_LABEL_CHARS = 200
MIN_CHARS = 20
"""Of a sentence of a panel's."""


def open_panels(nodes: Nodes, changes: Changes) -> set[int]:
    """Unfold the panels of prose below their labels and return them; make a label that is a button a heading.

    What a button controls is named by ``aria-controls``. Menus, windows and forms are none of these.
    """
    elements, opened = nodes.elements, set[int]()
    controls = [at for at, name in enumerate(nodes.controls) if name is not None]
    wanted = {nodes.controls[at] for at in controls}
    by_id = {mark: at for at, mark in enumerate(nodes.ids) if mark in wanted} if wanted else {}
    for control in controls:
        panel = by_id.get(nodes.controls[control])
        if panel is None or not _is_text(panel, nodes) or not _stands_by(control, panel, nodes):
            continue
        for name in HIDING:
            changes.drop_attribute(elements[panel], name)
        opened.add(panel)
        if nodes.tags[control] not in HEADINGS and 0 < nodes.all[control] <= MAX_LABEL_CHARS:
            headed = any(nodes.tags[around] in HEADINGS for around in islice(nodes.around(control), 3))
            inside = any(nodes.inside(control, tag) for tag in HEADINGS)
            changes.rename(elements[control], "span" if headed else "div" if inside else "h3")
            for link in nodes.inside(control, "a"):
                if link != control:
                    changes.rename(elements[link], "span")
    for button in nodes.tagged["button"]:
        if any(
            nodes.tags[around] in HEADINGS and nodes.all[around] == nodes.all[button]
            for around in islice(nodes.around(button), 2)
        ):
            changes.rename(elements[button], "span")  # its label is the heading
    return opened


def _is_text(panel: int, nodes: Nodes) -> bool:
    """Say whether *panel* holds prose, and no field to fill in."""
    element = nodes.elements[panel]
    if nodes.prose[panel] < MIN_CHARS or element.get("role") in POPUPS or element.tag in CHROME:
        return False
    if next(element.iter(*FIELDS), None) is not None or any(nodes.tags[at] in CHROME for at in nodes.around(panel)):
        return False
    return any(len(text) >= MIN_CHARS and (is_sentence(text) or DENSE_CHAR.search(text)) for text in element.itertext())


def _stands_by(control: int, panel: int, nodes: Nodes) -> bool:
    """Say whether *panel* is below its *control* in a part of the page that they share."""
    around = set(islice(nodes.around(control), MAX_APART))
    return not around.isdisjoint(islice(nodes.around(panel), 2)) and panel not in around

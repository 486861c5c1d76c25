"""Panels that a reader opens: answers below their questions, chapters that a page shows folded. They are the text."""

from __future__ import annotations

from itertools import islice

from lxml.etree import XPath
from lxml.html import HtmlElement

from newscrawl.extraction.sizes import Sizes
from newscrawl.text.scripts import DENSE_CHAR
from newscrawl.text.sentences import is_sentence

CONTROLS = XPath("descendant-or-self::*[@aria-controls]")
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


def open_panels(sizes: Sizes) -> set[HtmlElement]:
    """Unfold the panels of prose below their labels and return them; make a label that is a button a heading.

    What a button controls is named by ``aria-controls``. Menus, windows and forms are none of these.
    """
    opened: set[HtmlElement] = set()
    controls = CONTROLS(sizes.root)
    wanted = {control.get("aria-controls") for control in controls}
    by_id = {mark: element for element, _, mark in sizes.named if mark in wanted} if wanted else {}
    for control in controls:
        panel = by_id.get(control.get("aria-controls"))
        if panel is None or not _is_text(panel, sizes) or not _stands_by(control, panel):
            continue
        for name in HIDING:
            panel.attrib.pop(name, None)
        opened.add(panel)
        if control.tag not in HEADINGS and 0 < sizes.all[control] <= MAX_LABEL_CHARS:
            headed = any(around.tag in HEADINGS for around in islice(control.iterancestors(), 3))
            inside = next(control.iter(*HEADINGS), None) is not None
            control.tag = "span" if headed else "div" if inside else "h3"
            for link in control.iter("a"):
                link.tag = "span"
    for button in sizes.root.iter("button"):
        if any(
            around.tag in HEADINGS and sizes.all[around] == sizes.all[button]
            for around in islice(button.iterancestors(), 2)
        ):
            button.tag = "span"  # its label is the heading
    return opened


def _is_text(panel: HtmlElement, sizes: Sizes) -> bool:
    """Say whether *panel* holds prose, and no field to fill in."""
    if sizes.prose[panel] < MIN_CHARS or panel.get("role") in POPUPS or panel.tag in CHROME:
        return False
    if next(panel.iter(*FIELDS), None) is not None or any(around.tag in CHROME for around in panel.iterancestors()):
        return False
    return any(len(text) >= MIN_CHARS and (is_sentence(text) or DENSE_CHAR.search(text)) for text in panel.itertext())


def _stands_by(control: HtmlElement, panel: HtmlElement) -> bool:
    """Say whether *panel* is below its *control* in a part of the page that they share."""
    around = set(islice(control.iterancestors(), MAX_APART))
    return not around.isdisjoint(islice(panel.iterancestors(), 2)) and panel not in around

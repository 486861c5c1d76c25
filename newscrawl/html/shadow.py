"""Declarative shadow roots, put where a browser shows them.

A server may send the inside of a web component in ``<template shadowrootmode="open">``. A browser shows it in place of
the component's own children, and each ``<slot>`` in it shows the children that belong there (HTML, "declarative shadow
roots"). Text finders skip templates.
"""

from __future__ import annotations

from lxml.html import HtmlElement

ATTRIBUTES = ("shadowrootmode", "shadowroot")  # the second is what Chromium 90 to 110 understood


def has_shadow_roots(text: str) -> bool:
    """Tell whether the page *text* may hold a declarative shadow root."""
    return "shadowroot" in text


def flatten_shadow_roots(tree: HtmlElement) -> None:
    """Turn each declarative shadow root of *tree* into ordinary elements, with its slots filled, in place."""
    for template in list(tree.iter("template")):
        host = template.getparent()
        if host is None or not any(template.get(name) for name in ATTRIBUTES):
            continue
        template.tag = "div"
        _fill_slots(template, host)


def _fill_slots(root: HtmlElement, host: HtmlElement) -> None:
    """Move the children of *host* into the slots of *root*. What no slot takes is not shown, and is removed."""
    slots: dict[str, HtmlElement] = {}
    for slot in list(root.iter("slot")):
        slot.tag = "div" if len(slot) else "span"
        slots.setdefault(slot.get("name") or "", slot)
    text = " ".join(part for part in (host.text, root.tail) if part and part.strip())
    host.text, root.tail = None, None
    if text and (default := slots.get("")) is not None:
        default.text = text
    filled: set[HtmlElement] = set()
    for child in list(host):
        if child is root:
            continue
        place = slots.get(child.get("slot") or "") if isinstance(child.tag, str) else None
        if place is None:
            host.remove(child)
            continue
        if place not in filled:  # what stands in a slot is shown only where nothing is given for it
            filled.add(place)
            del place[:]
            place.text = None
        place.append(child)

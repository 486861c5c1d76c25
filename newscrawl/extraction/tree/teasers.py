"""Teasers: short blocks below a heading that is a link to another story."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from newscrawl.text.clean import words

HEADINGS = ("h1", "h2", "h3", "h4", "h5")
MAX_RISE = 6
MAX_NAME_WORDS = 4
MAX_PARTS = 120
MAX_TEASER = 1_500
"""Characters of a teaser with its markup's blanks; what is longer is the story."""


def is_in_teaser(element: HtmlElement, title: str = "") -> bool:
    """Say whether the next heading around *element* is a link, not *title*, in a block as short as a teaser."""
    for around in islice(element.iterancestors(), MAX_RISE):
        if around.tag in ("body", "main"):
            return False
        heading = next(around.iter(*HEADINGS), None)
        if heading is not None:
            is_own = heading.tag == "h1" or not _leads_away(heading) or _is_inside(heading, element)
            is_own = is_own or (title != "" and words(heading.text_content()[:500]) == words(title))
            return not is_own and len("".join(islice(around.itertext(), MAX_PARTS))) < MAX_TEASER
    return False


def _is_inside(heading: HtmlElement, element: HtmlElement) -> bool:
    """Say whether *heading* is part of *element* and as short as the name that it then is."""
    return element in heading.iterancestors() and len(heading.text_content().split()) <= MAX_NAME_WORDS


def _leads_away(heading: HtmlElement) -> bool:
    """Say whether *heading* is a link or holds one."""
    return heading.find(".//a") is not None or next(heading.iterancestors("a"), None) is not None

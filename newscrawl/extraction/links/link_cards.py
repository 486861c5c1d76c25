"""What may stand beside the link of another story between paragraphs: its card, or its date."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from newscrawl.dates.parse import read_stamp
from newscrawl.extraction.text.blocks import look_of
from newscrawl.extraction.tree.outline import HEADINGS

MAX_DATE_CHARS = 30


def is_card(element: HtmlElement, link: HtmlElement) -> bool:
    """Say whether *element* is the card of one other story, no part of a grid of them: picture and linked heading."""
    if not any(around.tag in HEADINGS for around in (link, *islice(link.iterancestors(), 3))):
        return False
    for around in (element, *islice(element.iterancestors(), 4)):
        for beside in (around.getprevious(), around.getnext()):
            if beside is not None and look_of(beside) == look_of(around) and next(beside.iter("a"), None) is not None:
                return False
    return next(element.iter("img", "picture"), None) is not None


def is_date(text: str) -> bool:
    """Say whether *text* is the date beside a headline."""
    return len(text) <= MAX_DATE_CHARS and read_stamp(text.strip(" –—-|·•()")) is not None

"""The date that one element of a page shows: in its attributes, its text, or what stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from lxml.html import HtmlElement

from newscrawl.dates.labels import PUBLISHED, PUBLISHED_LATER, is_update, unlabelled
from newscrawl.dates.parse import read_moment
from newscrawl.dates.relative import is_length, read_relative

Moment = tuple[datetime, str]
Kind = Literal["tag", "label", "name", "line", "dateline", "change", "elsewhere"]

HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
INSTANT = re.compile(r"\d{10}(?:\d{3})?|\d{4}-\d{2}-\d{2}[T ]?.*")
STAMPS = (
    "datetime content title data-seconds data-timestamp data-time data-date data-datetime data-published"
    " data-publish-date data-utc data-epoch data-ts data-created"
).split()
MAX_LINE = 120  # characters of a line that holds a date; a longer one is prose
MAX_WORDS = 14
BARS, PARTS = re.compile(r"\s*[|·•]\s*"), re.compile(r"\s*[|·•,،、–—]\s*")
MAX_HEADING = 30  # characters of a heading that is nothing but a date
MAX_LABEL = 40
HAS_DAY = re.compile(r"[\d月]")


def dates_of(
    element: HtmlElement, names: tuple[bool, bool], fetched_at: datetime, language: str, *, is_byline: bool = False
) -> Iterator[tuple[Kind, Moment]]:
    """Yield the date that *element* shows, if any, and how it is known to be one; behind a change's the publication's.

    *names*: whether its names are those of a date, and of a change's; *is_byline*: it stands between headline and text,
    where a time may be told from now on: "2 hours ago".
    """
    is_named, is_change = names
    if is_named or element.tag == "abbr":
        for attribute in STAMPS:
            stamp = element.get(attribute)
            if stamp and INSTANT.fullmatch(stamp.strip()) and (moment := read_moment(stamp, fetched_at)):
                yield ("change" if is_change or is_update(_before(element)) else "tag"), moment
                return
    for text in _lines(element, is_named):
        moment = read_moment(text, fetched_at, language)
        if moment is None and (is_named or (is_byline and HAS_DAY.search(text) and not is_length(text))):
            parts = (part.strip(" :") for part in PARTS.split(unlabelled(text)))
            moment = next((at for part in parts if (at := read_relative(part, fetched_at, language))), None)
        if moment is None:
            continue
        if is_change or is_update(text) or is_update(_before(element)):
            yield "change", moment
            later = PUBLISHED_LATER.search(text)
            if later is not None and (moment := read_moment(later[1], fetched_at, language)):
                yield "label", moment
            continue
        elif PUBLISHED.match(text) or PUBLISHED.match(_before(element)):
            yield "label", moment
        elif is_named:
            yield "name", moment
        elif not _is_title(element, text):
            yield "line", moment
        return


def _is_title(element: HtmlElement, text: str) -> bool:
    """Say whether *text* is a sentence, or a heading that is more than a date."""
    if text.endswith((".", "!", "?", "。", "।")) and len(text) >= 40:
        return True
    return element.tag in HEADINGS and len(text) > MAX_HEADING


def _lines(element: HtmlElement, is_named: bool) -> Iterator[str]:
    """Yield the text of *element* where it is a line, else its pieces that are; without a digit only if it is named."""
    pieces = [element.text or "", *((child.tail or "")[: 2 * MAX_LINE] for child in element[:20])]
    if not is_named and not any(HAS_DAY.search(piece) for piece in pieces if piece):
        return
    parts, size = [], 0
    for part in element.itertext():
        parts.append(part)
        size += len(part.strip())
        if size > MAX_LINE:
            break
    lines = [" ".join(parts)] if size <= MAX_LINE else pieces
    for line in lines:
        text = " ".join(line.split())
        for part in [text] if _is_short(text) else BARS.split(text):
            if len(part) >= 3 and _is_short(part):
                yield part


def _is_short(text: str) -> bool:
    return len(text) <= MAX_LINE and len(text.split()) <= MAX_WORDS


def _before(element: HtmlElement) -> str:
    """Return what stands before *element*: the label that a template puts there."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is None:
        text = (parent.text if parent is not None else None) or ""
    else:
        text = previous.tail or ""
        if not text.strip() and isinstance(previous.tag, str):
            text = previous.text_content()[:200]
    text = " ".join(text.split())
    is_label = len(text) <= MAX_LABEL and not any(map(str.isdigit, text))  # with a figure it is a date of its own
    return text if is_label else ""

"""The h1 elements of a page, and the ways to read each: without its kicker, without what ends it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.text.clean import estimate_words, one_line, words

KICKER = re.compile(
    r"kicker|topline|dachzeile|overline|over-?title|roof|eyebrow|label|categor|section|topic|prefix|super-?title|pre-?title|intro|tag",
    re.I,
)
HOME = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?(?://[^/?#\[\]]*)?"
    r"/(?:[a-z]{2}(?:[-_][a-z]{2})?/?|(?:index|default|home)(?:\.\w{3,5})?)?[?#]*",
    re.I,
)
"""The address of a site's front page, one for each language at times."""

HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
MAX_SUBHEADINGS, MIN_WORDS = 20, 3


@dataclass(frozen=True, slots=True)
class Heading:
    """One h1 and the ways to read it."""

    whole: str
    readings: tuple[str, ...]
    """Without what leads it (a kicker in an element of its own), shortest cut first, beginning with the whole."""

    heads: tuple[str, ...]
    """Without what ends it."""

    has_kicker: bool
    """Whether it begins with an element that its template names a kicker."""

    leads_home: bool
    """Whether it links to the site's front page, as a masthead does."""


def visible_headings(tree: HtmlElement) -> list[Heading]:
    """Return the h1 elements of *tree* that hold text."""
    headings = []
    for heading in list(tree.iter("h1"))[:20]:
        if HIDDEN.search(heading.get("style") or "") or heading.get("hidden") is not None:
            continue
        parts = _parts(heading)
        whole = one_line(" ".join(parts))
        if not whole:
            continue
        cuts = [one_line(" ".join(parts[start:])).lstrip(":|-–—/ ") for start in range(1, len(parts))]
        heads = [one_line(" ".join(parts[:end])) for end in range(1, len(parts))]
        readings = dict.fromkeys([whole, *(cut for cut in cuts if cut)])
        headings.append(
            Heading(
                whole,
                tuple(readings),
                tuple(heads),
                len(readings) > 1 and _has_kicker(heading, parts),
                _leads_home(heading),
            )
        )
    return headings


def first_subheading(tree: HtmlElement) -> str:
    """Return the first h2 that may be a headline: no link to another page, and not in a menu, a column or a footer."""
    for heading in islice(tree.iter("h2"), MAX_SUBHEADINGS):
        if any(around.tag in ("nav", "aside", "footer", "a") for around in heading.iterancestors()):
            continue
        text = one_line(heading.text_content()[:500])
        if next(heading.iter("a"), None) is None and estimate_words(text) >= MIN_WORDS:
            return text
    return ""


def _leads_home(heading: HtmlElement) -> bool:
    """Say whether *heading* holds, or stands in, a link to the front page."""
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    return any(is_home(link.get("href") or "") for link in links[:3])


def is_home(href: str) -> bool:
    """Say whether *href* is the address of a site's front page."""
    return HOME.fullmatch(href.strip()) is not None


def _has_kicker(heading: HtmlElement, parts: Sequence[str]) -> bool:
    """Say whether *heading* begins with an element that its template names a kicker, and goes on as a headline."""
    first = next((child for child in heading if isinstance(child.tag, str)), None)
    return (
        first is not None
        and KICKER.search(first.get("class") or "") is not None
        and one_line(first.text_content()) == parts[0]
        and len(words(" ".join(parts[1:])).split()) >= 3
    )


def _parts(heading: HtmlElement) -> list[str]:
    """Return the texts of *heading*, one for each element or line that it is made of; at most six."""
    parts: list[str] = []

    def add(text: str | None, *, new: bool) -> None:
        if not text or not text.strip():
            return
        if new or not parts:
            parts.append(text)
        else:
            parts[-1] += text

    pending = False
    for event, element in _walk(heading):
        if event == "text":
            add(element, new=pending)
            pending = pending and not (element and element.strip())
        else:
            pending = True
    parts = [one_line(part) for part in parts]
    return parts if len(parts) <= 6 else [*parts[:5], " ".join(parts[5:])]


def _walk(element: HtmlElement) -> list[tuple[str, str | None]]:
    """Return the texts of *element* in order, with a mark wherever an element begins or ends."""
    out: list[tuple[str, str | None]] = [("text", (element.text or "")[:2000])]
    for child in list(element)[:60]:
        inline = child.tag in ("i", "em", "b", "strong", "sup", "sub", "mark", "wbr", "q", "abbr", "font")
        if not inline:
            out.append(("mark", None))
        if child.tag not in ("script", "style", "svg", "noscript", "button"):
            out += _walk(child)
        if not inline:
            out.append(("mark", None))
        out.append(("text", (child.tail or "")[:2000]))
    return out

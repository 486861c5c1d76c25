"""Phrases of news sites' templates as rows, and the regular expressions that are made of them.

A phrase stands in one row of one table; the row says in which language it is, at which places it counts. Whoever
looks for phrases at a place asks for all rows of that place: no two readers know different phrases. Where a phrase was
met stands in ``tests/phrases.tsv``, with an example that the row must match.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Flag, auto
from typing import NamedTuple

from newscrawl.outcomes import Reason
from newscrawl.text.caseless import Caseless


class Place(Flag):
    """Where on a page a phrase counts."""

    RELATED = auto()
    """The whole of a line above stories that go with this one, and of what stands beside a link to one."""

    LIST = auto()
    """The whole of a line above another list of the site: its latest, its most read, advertisements."""

    LIST_WORD = auto()
    """Anywhere in a heading above such a list."""

    LIST_HEADING = auto()
    """The whole of a heading element above such a list or form; elsewhere the word labels a teaser."""

    BUTTON = auto()
    """The whole of a heading element above related stories; elsewhere it is a button."""

    LABEL = auto()
    """The whole of what stands beside a link that is a paragraph of its own."""

    OPENING = auto()
    """The beginning of a line that names another story."""

    MARKED = auto()
    """The same, where a colon, bar or dash follows."""

    BEFORE_HEADLINE = auto()
    """The beginning of a link's text, where a mark follows: the headline begins behind it."""

    NOTICE = auto()
    """The whole of a line that the page says of itself."""

    RIGHTS = auto()
    """Anywhere in a line at the end of the text; also the beginning of a notice."""

    CHANNELS = auto()
    """Anywhere in a line that asks the reader to follow or subscribe, wherever the line stands."""

    ENDING = auto()
    """The same, in the last lines of a text only: elsewhere the words may be prose."""

    TIPS = auto()
    """Anywhere in one of the last lines, which asks the reader to write."""

    PROMOTED = auto()
    """Anywhere in a line that promotes the publisher's other channels."""

    ASKING = auto()
    """The beginning of a line in which the publisher speaks to its reader."""

    NO_STORY = auto()
    """Anywhere in the text of a link that leads to no story."""

    NEXT_PAGE = auto()
    """The whole text of a link to the page of an article that follows."""

    WHOLE_PAGE = auto()
    """The whole text of a link to the page that shows all of an article."""

    PAGE_HEADING = auto()
    """The whole of a title, an h1 or a part of <title> of a page that is no article."""

    PAGE_SENTENCE = auto()
    """Anywhere in the text of a short page that is no article."""


class Phrase(NamedTuple):
    """One row: a phrase, and where it counts."""

    language: str
    """BCP 47; "mul" where several languages share the words."""

    places: Place
    pattern: str
    """A regular expression that is compared without case; a blank stands for white space of any kind."""


class KindPhrase(NamedTuple):
    """One row of what pages that are no articles say of themselves."""

    language: str
    """As in :class:`Phrase`."""

    places: Place
    reason: Reason
    """What a page that says so is."""

    pattern: str
    """A regular expression that is compared without case."""


def select(rows: Iterable[Phrase], places: Place) -> str:
    """Return the patterns of the rows that count at one of *places*, as one group."""
    patterns = (row.pattern.replace(" ", r"\s") for row in rows if row.places & places)
    return f"(?:{'|'.join(patterns)})"


def whole(pattern: str) -> Caseless:
    """Return what matches where *pattern* is all of a text but for signs around it."""
    return Caseless(rf"^\W*{pattern}\W*$")


def beginning(pattern: str) -> Caseless:
    """Return what matches where a text begins with *pattern*, perhaps behind signs."""
    return Caseless(rf"^\W*{pattern}")


def anywhere(pattern: str) -> Caseless:
    """Return what finds *pattern* anywhere in a text."""
    return Caseless(pattern)

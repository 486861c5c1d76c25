"""Cutting lines that are nothing but links to other pages of the site.

A link alone proves nothing: lists of products, sources and places are the text. Each cut needs a second sign that the
line is the template's: it is labelled, it looks another way than the text, or it is one of a list at the text's edge.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newscrawl.extraction.cuts.context import Context
from newscrawl.extraction.text.body import Line
from newscrawl.extraction.text.sentences import is_prose
from newscrawl.extraction.tree.headings import is_home
from newscrawl.phrases.related import ANOTHER_STORY
from newscrawl.text.clean import words
from newscrawl.text.sentences import ends_with_full_stop, is_sentence
from newscrawl.urls import site_of

LINKED = 0.8
"""Share of a line's characters in links from which on it is a link and not prose."""

MIN_ROW = 3
"""Lines in a row that make a list."""

MIN_SENTENCE_CHARS = 60
"""What ends like a sentence and has so many characters is prose with a long link."""

MAX_LINK_CHARS = 200
"""What is longer and all links is a list of them on one line."""

BAR = re.compile(r"\s[|·•]\s")  # between the entries of a menu, the parts of a byline
NUMBERED = re.compile(r"\W?\d{1,3}\s?[.):]|#\d")
"""The beginning of a heading that counts: "7. The committee", beside others that do and are no links."""

MIN_TITLE_WORDS = 5
NAMED_SHARE = 0.6
"""Of a headline's longer words that the address of its page has."""


def cut_links(lines: list[Line], context: Context) -> None:
    """Cut lines that are nothing but links to the site's own pages and show a second sign of the template."""
    if all(line.linked < LINKED for line in lines):
        return
    prose = [index for index, line in enumerate(lines) if is_prose(line)]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    heads = [line for line in lines if line.kind == "head"]
    linked = sum(line.linked >= LINKED for line in heads)
    series = linked > 1 and 2 * linked >= len(heads)
    for index, line in enumerate(lines):
        if line.cut or line.linked < LINKED or leads_away(line, context):
            continue
        if is_sentence(line.text) and len(line.text) > MIN_SENTENCE_CHARS and line.kind != "item":
            continue
        row = _row(lines, index)
        named = 2 * sum(map(is_named_after, row)) >= len(row)
        edge, why = not first < index < last, ""
        if line.kind == "head":
            listed = len(row) >= MIN_ROW and named
            numbered = NUMBERED.match(line.text) is not None and any(
                NUMBERED.match(head.text) for head in heads if head.linked < LINKED
            )
            if listed or not (series or numbered or (linked > 1 and _has_prose_below(lines, index))):
                why = "a heading that is a link, unlike the others"
        elif line.kind == "row":
            why = "a row of links above the text" if index == 0 else ""  # of a page that is laid out by a table
        elif line.kind in ("p", "div", "item"):
            why = _sign(line, row, named=named, edge=edge)
        if why:
            lines[index] = line.drop("links", why)


def _sign(line: Line, row: Sequence[Line], *, named: bool, edge: bool) -> str:
    """Return what else speaks against a link that is no heading; empty where nothing does."""
    if ANOTHER_STORY.search(line.text):
        return "a link with a label"
    if (line.href == "#" or line.href.startswith("javascript:")) and not is_sentence(line.text):
        return "a button"
    if is_home(line.href):
        return "the way to the front page"
    if edge and BAR.search(line.text) and not is_sentence(line.text):
        return "a menu at the text's edge"
    if edge and (len(row) >= MIN_ROW or len(line.text) > MAX_LINK_CHARS):
        return "one of a list of links at the text's edge"
    if named and (line.apart if line.kind == "item" else not ends_with_full_stop(line.text)):
        return "the headline of the page it leads to"
    if line.kind == "item" or not (line.apart or line.text.isupper()):
        return ""
    if edge or line.text.isupper() or line.href.startswith("#"):
        return "a link that looks another way than the text"
    return ""


def is_named_after(line: Line) -> bool:
    """Say whether the address that *line* leads to has its words, as those of stories have their headlines'."""
    text = [word for word in words(line.text).split() if len(word) > 3]
    slug = set(words(line.href.replace("-", " ").replace("_", " ")).split())
    return len(text) >= MIN_TITLE_WORDS - 1 and sum(word in slug for word in text) >= NAMED_SHARE * len(text)


def _row(lines: Sequence[Line], index: int) -> Sequence[Line]:
    """Return the line at *index* with those of its kind in a row with it that are nothing but links."""
    start = end = index
    while start > 0 and _is_link(lines[start - 1], lines[index].kind):
        start -= 1
    while end + 1 < len(lines) and _is_link(lines[end + 1], lines[index].kind):
        end += 1
    return lines[start : end + 1]


def _is_link(line: Line, kind: str) -> bool:
    return line.kind == kind and line.linked >= LINKED


def _has_prose_below(lines: Sequence[Line], index: int) -> bool:
    below = next((line for line in lines[index + 1 : index + 3] if not line.cut), None)
    return below is not None and below.linked < 0.5 and len(below.text) > 60


def leads_away(line: Line, context: Context) -> bool:
    """Say whether *line* links to another site, or is no paragraph and links to a place of its own page."""
    if line.href.startswith("#"):
        return line.kind == "head" or (line.kind == "item" and line.href != "#")  # a question opens its answer
    return bool(context.sites) and line.href.startswith("http") and site_of(line.href) not in context.sites

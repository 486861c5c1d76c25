"""Cutting lines that are no prose of the article: each step is small, has a name, and says what it saw."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from newscrawl.extraction.body import Line
from newscrawl.extraction.closing import cut_closing
from newscrawl.extraction.context import Context
from newscrawl.extraction.memory import line_hash
from newscrawl.phrases.boilerplate import ASKING, NEWSLETTER, NOTICE, RELATED_HEADING, RELATED_PREFIX
from newscrawl.phrases.related import RELATED
from newscrawl.text.clean import words
from newscrawl.urls import site_of

MAX_SITE_SHARE = 0.4
"""Of a body's characters; a page that shares more with its neighbours is their copy, not boilerplate."""

LINKED = 0.8
"""Share of a line's characters in links from which on it is a link and not prose."""

SOME_LINKED = 0.3
"""The same from which on a line that has the words of a promotion is one."""

EDGE_LINES = 2
"""Of the text's end; there and in its first line a promotion may look like the text."""

MAX_PROMOTION_CHARS = 300


TOP_LINES = 4
TAIL_LINES = 3
NUMBER = re.compile(r"\d+")
DATE_LINE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.h]\d\d\b|\d月")


Step = Callable[[list[Line], Context], None]


def cut_headline(lines: list[Line], context: Context) -> None:
    """Cut the copies of the headline that the text begins with; a heading further down may have its words."""
    for index, line in enumerate(lines[:6]):
        key = words(line.text)
        if key in context.headlines:
            lines[index] = line.drop("headline", "the headline again")
        elif len(line.text) > 80 and is_sentence(line.text):
            break


def cut_notices(lines: list[Line], context: Context) -> None:
    """Cut what the page says of itself: rights, advertisements, comments, sharing."""
    for index, line in enumerate(lines):
        if not line.cut and len(line.text) <= MAX_PROMOTION_CHARS and NOTICE.search(line.text):
            if line.kind == "head" and _heads_text(lines, index, context):
                continue
            lines[index] = line.drop("notice", "rights, advertisement, comments or sharing")


def cut_links(lines: list[Line], context: Context) -> None:
    """Cut lines that are nothing but links to the site's own pages, unless they are headings or items of the text.

    What ends like a sentence is prose with a long link. A heading with prose below it is the text's where its link
    leads to another site, to what is reviewed there, or into the text itself.
    """
    for index, line in enumerate(lines):
        if line.cut or line.linked < LINKED:
            continue
        masthead = line.kind == "row" and index == 0  # of a page that is laid out by a table
        if not masthead and line.kind not in ("p", "head", "div", "item"):
            continue
        if is_sentence(line.text) and len(line.text) > 60 and not (line.kind == "item" and line.linked == 1.0):
            continue
        if line.kind == "head" and _leads_away(line, context) and _has_prose_below(lines, index):
            continue
        if line.kind == "item" and _is_in_text(lines, index, context):
            continue
        lines[index] = line.drop("links", "nothing but a link")


def _has_prose_below(lines: Sequence[Line], index: int) -> bool:
    below = next((line for line in lines[index + 1 : index + 3] if not line.cut), None)
    return below is not None and below.linked < 0.5 and len(below.text) > 60


def _leads_away(line: Line, context: Context) -> bool:
    """Say whether *line* links to another site, or to a place of its own page."""
    return line.href.startswith("#") or (
        bool(context.site) and line.href.startswith("http") and site_of(line.href) != context.site
    )


def _is_in_text(lines: Sequence[Line], index: int, context: Context) -> bool:
    """Say whether the item at *index* is the text's: it leads elsewhere, or half of its list is no link."""
    start = end = index
    while start > 0 and lines[start - 1].kind == "item":
        start -= 1
    while end < len(lines) and lines[end].kind == "item":
        end += 1
    items = lines[start:end]
    away = end < len(lines) and _leads_away(lines[index], context)  # at the end stand sources
    return away or 2 * sum(line.linked < LINKED for line in items) >= len(items)


def is_sentence(text: str) -> bool:
    """Say whether *text* ends as sentences do."""
    return text.rstrip("\"'”’»“)]").endswith((".", "!", "?", "…", "。", "！", "？", "।", "؟", ":", ";"))


def cut_promotions(lines: list[Line], context: Context) -> None:
    """Cut lines that lead to another story or to the publisher's other channels.

    Words alone cut nothing that reads as prose: the line must also be no sentence, be a link in good part, look
    another way, or ask its reader at an edge of the text.
    """
    kept = [index for index, line in enumerate(lines) if not line.cut]
    edge = {*kept[:1], *kept[-EDGE_LINES:]}
    for index in kept:
        line = lines[index]
        if len(line.text) > MAX_PROMOTION_CHARS or words(line.text) in context.declared_text:
            continue
        shown = line.apart or not is_sentence(line.text) or line.linked >= SOME_LINKED
        if shown and (found := RELATED_PREFIX.search(line.text)):
            lines[index] = line.drop("promotion", f"begins with “{found[0].strip()}”")
        elif (found := NEWSLETTER.search(line.text)) and (shown or (index in edge and ASKING.match(line.text))):
            lines[index] = line.drop("promotion", f"says “{found[0].strip()}”")


def cut_tail(lines: list[Line], context: Context) -> None:
    """Cut the lines below a heading of other stories: to the next prose, or to the end where little prose is left."""
    size = sum(len(line.text) for line in lines if not line.cut)
    seen = 0
    for index, line in enumerate(lines):
        if line.cut:
            continue
        seen += len(line.text)
        if len(line.text) > 80 or line.kind == "item" or not RELATED_HEADING.search(line.text):
            continue
        if _heads_text(lines, index, context):
            continue
        prose = [at for at in range(index + 1, len(lines)) if _is_prose(lines[at], context)]
        end = prose[0] if prose else len(lines)
        if len(prose) == 1 and seen > size / 2 and words(lines[end].text) not in context.declared_text:
            end = len(lines)
        while end < len(lines) and end - 1 > index and lines[end - 1].kind == "head" and lines[end - 1].linked < LINKED:
            end -= 1  # the heading of the prose that goes on
        for at in range(index, end):
            if not lines[at].cut and lines[at].kind != "quote":
                lines[at] = lines[at].drop("tail", f"follows “{line.text}”")


def _is_prose(line: Line, context: Context) -> bool:
    return not line.cut and line.linked < 0.4 and len(line.text) > 80 and is_sentence(line.text)


def _heads_text(lines: Sequence[Line], index: int, context: Context) -> bool:
    """Say whether prose follows the heading at *index*, which says more than that other stories do."""
    line, below = lines[index], next((one for one in lines[index + 1 :] if not one.cut), None)
    if line.linked or below is None or not _is_prose(below, context):
        return False
    return not RELATED.fullmatch(line.text.casefold().strip(" :»›>"))


def cut_headings(lines: list[Line], context: Context) -> None:
    """Cut headings of other stories, and headings under which nothing is left."""
    below = False
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.kind != "head" and not line.cut:
            if len(line.text) <= 80 and RELATED_HEADING.search(line.text):
                lines[index] = line.drop("heading", "heads other stories")
                continue
            below = True
        elif line.kind == "head" and not line.cut:
            if RELATED_HEADING.search(line.text) and not _heads_text(lines, index, context):
                lines[index] = line.drop("heading", "heads other stories")
            elif not below:
                lines[index] = line.drop("heading", "nothing is left under it")


def cut_undeclared(lines: list[Line], context: Context) -> None:
    """Cut what does not stand in the text that the page declares as its own (JSON-LD articleBody)."""
    kept = [line for line in lines if not line.cut]
    inside = [line for line in kept if share_of(words(line.text), context.article_body) >= 0.5]
    size, covered = sum(len(line.text) for line in kept), sum(len(line.text) for line in inside)
    if not inside or covered < 0.6 * size or len(context.article_body) > 1.5 * covered:
        return
    first = lines.index(inside[0])  # what stands above it is the lead, which articleBody often lacks
    for index, line in enumerate(lines):
        if (
            not line.cut
            and index > first
            and line.kind == "p"
            and len(line.text) < MAX_PROMOTION_CHARS
            and line not in inside
        ):
            lines[index] = line.drop("undeclared", "not in the JSON-LD articleBody")


def share_of(line: str, text: str) -> float:
    """Return the share of the four-word pieces of *line* that stand in *text*."""
    if line in text:
        return 1.0
    parts = line.split()
    pieces = [" ".join(parts[at : at + 4]) for at in range(0, max(1, len(parts) - 3), 2)]
    return sum(piece in text for piece in pieces) / len(pieces)


def cut_byline(lines: list[Line], context: Context) -> None:
    """Cut the byline and the date above the text, and what is said of the authors below it."""
    top = 0
    for index, line in enumerate(lines):
        if line.cut:
            continue
        if top >= TOP_LINES:
            break
        top += 1
        if (
            len(line.text) > 120
            or line.kind == "head"
            or is_sentence(line.text)
            or words(line.text) in context.declared_text
        ):
            continue
        key = words(line.text)
        rest = key
        for name in context.authors:
            rest = rest.replace(name, " ")
        if (rest != key and len(rest.split()) <= 4) or _is_date(line.text):
            lines[index] = line.drop("byline", "names authors or a date")
    kept = [index for index, line in enumerate(lines) if not line.cut]
    for index in reversed(kept[len(kept) // 2 :][-TAIL_LINES:]):
        key = words(lines[index].text)
        if any(key.startswith(name) for name in context.authors if " " in name) and key not in context.declared_text:
            lines[index] = lines[index].drop("author", "tells who the author is")


def _is_date(text: str) -> bool:
    """Say whether *text* is a date: a year alone, or with its month, may head a chapter."""
    return DATE_LINE.search(text) is not None and len(NUMBER.findall(text)) > 1 and len(words(text).split()) <= 12


def cut_site(lines: list[Line], context: Context) -> None:
    """Cut what stands in other stories of the site, unless this page itself declares it as its text."""
    hits = [
        index
        for index, line in enumerate(lines)
        if not line.cut and line_hash(line.text) in context.repeated and words(line.text) not in context.declared_text
    ]
    size = sum(len(line.text) for line in lines if not line.cut)
    if sum(len(lines[index].text) for index in hits) > MAX_SITE_SHARE * size:
        return
    for index in hits:
        lines[index] = lines[index].drop("site", "stands in other stories of the site")


STEPS: tuple[Step, ...] = (
    cut_headline,
    cut_tail,
    cut_notices,
    cut_closing,
    cut_links,
    cut_promotions,
    cut_undeclared,
    cut_byline,
    cut_site,
    cut_headings,
)
"""In the order in which they run."""


def cut_lines(found: Sequence[Line], context: Context, steps: Sequence[Step] = STEPS) -> list[Line]:
    """Return the lines of *found*, those that are no prose marked as cut."""
    lines = list(found)
    for step in steps:
        step(lines, context)
    return lines

"""Cutting lines that are no prose of the article: each step is small, has a name, and says what it saw."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from newscrawl.dates.parse import read_stamp
from newscrawl.extraction.cuts.closing import cut_closing, mentions_rights
from newscrawl.extraction.cuts.context import Context
from newscrawl.extraction.cuts.link_lines import BAR, LINKED, cut_links
from newscrawl.extraction.cuts.tail import cut_headings, cut_tail, heads_text
from newscrawl.extraction.cuts.trailer import cut_trailer
from newscrawl.extraction.learned.memory import line_hash
from newscrawl.extraction.text.body import Line
from newscrawl.extraction.text.sentences import SOME_LINKED, tells
from newscrawl.phrases.publisher import ASKING, CHANNEL, CHANNELS, NOTICE, PROMOTION, RIGHTS
from newscrawl.phrases.related import ANOTHER_STORY
from newscrawl.text.clean import words
from newscrawl.text.sentences import is_sentence

MAX_SITE_SHARE = 0.4
"""Of a body's characters; a page that shares more with its neighbours is their copy, not boilerplate."""

EDGE_LINES = 2
"""Of the text's end; there, and in a first line with links, a promotion may look like the text."""

MAX_PROMOTION_CHARS = 300
MAX_LABELLED_CHARS = 100
"""Of a headline behind its label, where it is no link; what is longer tells something: "Recommended: … for …"."""

MAX_CALL_CHARS = 40  # of a call to follow that names no channel: "Follow us!"
MAX_LABEL_CHARS = 80
MAX_NOTICE_WORDS = 5
"""Of a whole sentence that is a notice, "All rights reserved."; a longer one tells something."""

LISTED = frozenset({"item", "row"})

TOP_LINES = 4
TAIL_LINES = 3
NUMBER = re.compile(r"\d+")
CLOCK = re.compile(r"(?<![\w$€£¥₹.,])(?:[01]?\d|2[0-3])[:.h][0-5]\d(?![\d.,]|\s?[%€£$])|\d月")
DAY = re.compile(r"(?:^|\W)\d{1,2}\W{1,3}(?:\w+\W{1,2}){1,2}(?:19|20)\d\d\b")
"""A day, a word or two and a year: the name of the month may be of a language that is not known."""


Step = Callable[[list[Line], Context], None]


def cut_headline(lines: list[Line], context: Context) -> None:
    """Cut the copies of the headlines that the text begins with; a menu above, of links alone, is no text."""
    headlines = context.headlines
    texts = [line.text if line.linked < LINKED or headlines.is_copy(line.text) else "" for line in lines]
    for index in headlines.copies(texts):
        lines[index] = lines[index].drop("headline", "the headline again")


def cut_notices(lines: list[Line], context: Context) -> None:
    """Cut what the page says of itself: rights, advertisements, comments, sharing."""
    above = True
    for index, line in enumerate(lines):
        if line.cut:
            continue
        is_notice = len(line.text) <= MAX_PROMOTION_CHARS and NOTICE.search(line.text) and not _goes_on(line)
        if is_notice and not (line.kind == "head" and not above and heads_text(lines, index)):
            lines[index] = line.drop("notice", "rights, advertisement, comments or sharing")
        else:
            above = False


def cut_promotions(lines: list[Line], context: Context) -> None:
    """Cut lines that lead to another story or to the publisher's other channels.

    Words alone cut nothing: a line that names another story must also be no sentence, look another way or be a link
    in good part; one that names another channel must ask its reader to take it, or be a link that is no sentence.
    """
    kept = [index for index, line in enumerate(lines) if not line.cut]
    edge = {*(index for index in kept[:1] if lines[index].linked), *kept[-EDGE_LINES:]}
    for index in kept:
        line = lines[index]
        if len(line.text) > MAX_PROMOTION_CHARS or words(line.text) in context.declared_text:
            continue
        link, shown = line.linked >= SOME_LINKED, line.apart or not is_sentence(line.text)
        if line.kind in LISTED and not link:
            continue  # a list of things to do, or of what a product has
        heads = line.kind == "head" and heads_text(lines, index)
        named = link or (shown and not tells(line) and (line.linked or len(line.text) <= MAX_LABELLED_CHARS))
        if named and not heads and (found := ANOTHER_STORY.search(line.text)):
            lines[index] = line.drop("promotion", f"begins with “{line.text[slice(*found.span())].strip()}”")
        elif _asks(lines, index, at_edge=index in edge) and (found := PROMOTION.search(line.text)):
            lines[index] = line.drop("promotion", f"says “{line.text[slice(*found.span())].strip()}”")


def _asks(lines: Sequence[Line], index: int, *, at_edge: bool) -> bool:
    """Say whether the line at *index*, which names another channel, wants its reader to take it."""
    line = lines[index]
    if line.kind == "head":
        return not heads_text(lines, index)
    link, shown = line.linked >= SOME_LINKED, line.apart or not is_sentence(line.text)
    if (shown and line.linked > 0) or (link and at_edge):
        return True
    if not is_sentence(line.text) and len(line.text) <= MAX_LABEL_CHARS and CHANNEL.search(line.text):
        return CHANNELS.search(line.text) is not None  # the verb may come last: "Bizi Facebook'ta takip edin"
    if not (shown or link or at_edge):
        return False
    boxed = line.apart and at_edge  # "Subscribe to the Gazette to read the rest.", in a box behind the text
    named = boxed or link or not tells(line) or len(line.text) <= MAX_CALL_CHARS or bool(CHANNEL.search(line.text))
    return (shown or link or (at_edge and named)) and named and ASKING.match(line.text) is not None


def _goes_on(line: Line) -> bool:
    """Say whether *line*, which begins as a notice does, is a sentence of its own, and claims no rights."""
    if not tells(line) or len(line.text.split()) <= MAX_NOTICE_WORDS:
        return mentions_rights(line.text)
    claim = RIGHTS.match(line.text)
    return claim is None or (claim[0][-1].isalpha() and line.text[claim.end() :].lstrip()[:1].isalpha())


def cut_undeclared(lines: list[Line], context: Context) -> None:
    """Cut what does not stand in the text that the page declares as its own (JSON-LD articleBody)."""
    if not context.article_body:
        return
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
            or line.kind in ("head", "row")
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
        if not (lines[index].apart or index == kept[-1]) or key in context.declared_text:
            continue
        if any(key.startswith(name) for name in context.authors if " " in name):
            lines[index] = lines[index].drop("author", "tells who the author is")


def _is_date(text: str) -> bool:
    """Say whether *text* is a date, or two with a bar between; a year alone, or with its month, may head a chapter."""
    return all(map(_is_one_date, BAR.split(text)))


def _is_one_date(text: str) -> bool:
    if len(NUMBER.findall(text)) < 2 or len(words(text).split()) > 12:
        return False
    return CLOCK.search(text) is not None or DAY.search(text) is not None or read_stamp(text) is not None


def cut_site(lines: list[Line], context: Context) -> None:
    """Cut what stands in other stories of the site, unless this page itself declares it as its text."""
    if not context.repeated:
        return
    often = Counter(line.text for line in lines)
    hits = [
        index
        for index, line in enumerate(lines)
        if not line.cut
        and often[line.text] == 1  # "Pros" and "Cons" head each part of a review, on this page as on others
        and line_hash(line.text) in context.repeated
        and words(line.text) not in context.declared_text
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
    cut_trailer,
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

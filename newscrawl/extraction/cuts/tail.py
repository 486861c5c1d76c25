"""Cutting what stands below a heading of other stories, and headings that nothing of the text is left under."""

from __future__ import annotations

from collections.abc import Sequence

from newscrawl.extraction.cuts.context import Context
from newscrawl.extraction.cuts.link_lines import LINKED
from newscrawl.extraction.text.body import Line
from newscrawl.extraction.text.sentences import SOME_LINKED, is_prose, tells
from newscrawl.phrases.publisher import CHANNEL
from newscrawl.phrases.related import OTHER_STORIES, RELATED
from newscrawl.text.clean import words
from newscrawl.text.sentences import ENDS, is_sentence

MAX_LABEL_CHARS = 80
MAX_BETWEEN = 2
"""Lines above the headings that end a text, one of which is prose."""

MIN_ENDING_WORDS = 5
"""Of a heading that ends a text; a shorter one is the label of what a script adds: "Like this?"."""

MAX_TITLE_CHARS = 70
"""Of a line below a heading of other stories that is no link: another headline."""


def cut_tail(lines: list[Line], context: Context) -> None:
    """Cut the lines below a heading of other stories: to the next prose, or to the end where that is a teaser's."""
    size = sum(len(line.text) for line in lines if not line.cut)
    seen = 0
    for index, line in enumerate(lines):
        if line.cut:
            continue
        seen += len(line.text)
        if len(line.text) > MAX_LABEL_CHARS or line.kind == "item" or not OTHER_STORIES.search(line.text):
            continue
        if (
            heads_text(lines, index)
            or tells(line)
            or (line.text.endswith(ENDS) and line.kind == "p" and not line.linked)
        ):
            continue
        prose = [at for at in range(index + 1, len(lines)) if is_prose(lines[at])]
        end = prose[0] if prose else len(lines)
        teaser = len(prose) == 1 and seen > size / 2 and end - 1 > index and lines[end - 1].kind == "head"
        if teaser and words(lines[end].text) not in context.declared_text:
            end = len(lines)
        while end < len(lines) and end - 1 > index and lines[end - 1].kind == "head" and lines[end - 1].linked < LINKED:
            end -= 1  # the heading of the prose that goes on
        below = lines[index + 1 : end]
        titles = all(
            len(one.text) <= MAX_TITLE_CHARS and one.kind != "row" and not is_sentence(one.text) for one in below
        )
        if not titles and not any(one.linked >= LINKED for one in lines[index:end]):
            continue
        for at in range(index, end):
            if not lines[at].cut and lines[at].kind != "quote":
                lines[at] = lines[at].drop("tail", f"follows “{line.text}”")


def heads_text(lines: Sequence[Line], index: int) -> bool:
    """Say whether prose follows the heading at *index*, which says more than that other stories do."""
    line, below = lines[index], next((one for one in lines[index + 1 :] if not one.cut), None)
    if line.linked or below is None or not is_prose(below):
        return False
    return not RELATED.fullmatch(line.text.casefold().strip(" :»›>"))


def cut_headings(lines: list[Line], context: Context) -> None:
    """Cut headings of other stories whose stories were cut, and headings under which nothing is left."""
    below = False
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.cut:
            below = below and line.cut != "headline"  # what stands above it is none of the text's
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        headed = line.kind != "item" and len(line.text) <= MAX_LABEL_CHARS and not tells(line)
        headed = headed and OTHER_STORIES.search(line.text) is not None
        if headed and (following is None or following.cut or following.linked >= LINKED):
            lines[index] = line.drop("heading", "heads other stories")
        elif line.kind != "head":
            below = True
        elif not below and not _ends_text(lines, index):
            lines[index] = line.drop("heading", "nothing is left under it")


def _ends_text(lines: Sequence[Line], index: int) -> bool:
    """Say whether the heading at *index* is a sentence with which the text ends: a question, a last word in large type.

    Nothing but such headings follows it, and it asks its reader to take no channel.
    """
    text = lines[index].text
    return (
        is_sentence(text)
        and not text.rstrip().endswith(":")
        and len(text.split()) >= MIN_ENDING_WORDS
        and lines[index].linked < SOME_LINKED
        and not CHANNEL.search(text)
        and all(one.kind == "head" and not one.cut for one in lines[index + 1 :])
        and any(is_prose(one) for one in [one for one in lines[:index] if one.kind != "head"][-MAX_BETWEEN:])
    )

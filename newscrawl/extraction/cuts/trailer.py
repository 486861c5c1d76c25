"""Cutting what the template adds behind the last prose: a labelled list of other stories, the notes of a reply form."""

from __future__ import annotations

from newscrawl.extraction.cuts.context import Context
from newscrawl.extraction.cuts.link_lines import LINKED, leads_away
from newscrawl.extraction.pruning.reply_form import is_note
from newscrawl.extraction.text.body import Line
from newscrawl.extraction.text.sentences import is_prose
from newscrawl.text.clean import words
from newscrawl.text.sentences import is_sentence

MAX_LABEL_CHARS = 60
MIN_LINKS = 2  # of a list; a single link below a label may be the source of the story


def cut_trailer(lines: list[Line], context: Context) -> None:
    """Cut, behind the last prose, a short label with the links below it, and a note of a form with its label.

    Either shows by its structure what it is: links to the site's own pages with a label above and no prose below, or
    the asterisk of a form's needed fields.
    """
    backwards = range(len(lines) - 1, -1, -1)
    last = next((index for index in backwards if is_prose(lines[index]) and not is_note(lines[index].text)), -1)
    if last < 0:
        return
    kept = [index for index in range(last + 1, len(lines)) if not lines[index].cut]
    for at, index in enumerate(kept):
        below = [lines[other] for other in kept[at + 1 :]]
        if not _is_label(lines[index]):
            continue
        links = next((count for count, line in enumerate(below) if not _is_link(line, context)), len(below))
        if links >= MIN_LINKS and not any(words(line.text) in context.declared_text for line in below[:links]):
            for other in kept[at : at + 1 + links]:
                lines[other] = lines[other].drop("trailer", "a labelled list of links below the text")
        elif below and is_note(below[0].text):
            for other in kept[at : at + 2]:
                lines[other] = lines[other].drop("trailer", "the note of a form")


def _is_label(line: Line) -> bool:
    return len(line.text) <= MAX_LABEL_CHARS and line.linked < LINKED and not is_sentence(line.text.rstrip(" :："))


def _is_link(line: Line, context: Context) -> bool:
    return line.linked >= LINKED and not leads_away(line, context)

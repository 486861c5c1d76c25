"""The form below a story in which readers reply: where it and what introduces it stand in the tree."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.tree.nodes import ROOTS, Nodes
from newscrawl.text.sentences import is_sentence

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "legend"})
LABELS = HEADINGS | {"p", "div", "span", "strong", "b"}
MAX_LABEL_CHARS = 60
MAX_NOTE_CHARS = 250
"""Of what stands between the label and the form: that the address is not published, which fields are needed."""

REQUIRED = re.compile(r"(?<=\s)[*※＊](?:$|[\s.)」])")
"""The mark of a field that has to be filled in, within a form's note, in any language; a footnote begins with it."""

MAX_SENTENCE_CHARS = 60
"""A longer sentence without that mark is the story's."""

MAX_BETWEEN = 2
MAX_RISE = 3
"""Elements around the form in which its label may stand before it."""


def reply_forms(nodes: Nodes) -> list[int]:
    """Return the forms with a field for a text, in which readers reply, each with its label and the notes between.

    The label is the nearest heading, or a short line that is no sentence with a note below it. Nothing but notes may
    stand between.
    """
    introduced: list[int] = []
    for form in nodes.tagged["form"]:
        if not nodes.inside(form, "textarea"):
            continue
        introduced.append(form)
        block = form
        for _ in range(MAX_RISE):
            beside = islice(nodes.elements[block].itersiblings(preceding=True), 2 * MAX_BETWEEN)
            before = [at for at in map(nodes.places.get, beside) if at is not None and nodes.all[at]]
            parent = nodes.parents[block]
            if before or parent < 0 or nodes.tags[parent] in ROOTS or nodes.own[parent]:
                introduced += _introduction(before, nodes)
                break
            block = parent
    return introduced


def _introduction(before: list[int], nodes: Nodes) -> list[int]:
    """Return the notes and the label at the head of *before*, what stands before a form, the nearest first."""
    notes: list[int] = []
    for at in before[: MAX_BETWEEN + 1]:
        element = nodes.elements[at]
        text = " ".join(nodes.text(at).split())
        if nodes.behind[at] or element.tag not in LABELS or not (is_note(text) or _is_plain(text)):
            return []
        is_short = len(text) <= MAX_LABEL_CHARS and not is_sentence(text)
        if _is_heading(element, text) or (notes and is_short):
            return [*notes, at]
        notes.append(at)
    return []


def is_note(text: str) -> bool:
    """Say whether *text* is the note of a form: short, with the mark of a needed field in it."""
    return len(text) <= MAX_NOTE_CHARS and REQUIRED.search(text) is not None


def _is_plain(text: str) -> bool:
    return len(text) <= (MAX_SENTENCE_CHARS if is_sentence(text) else MAX_NOTE_CHARS)


def _is_heading(element: HtmlElement, text: str) -> bool:
    """Say whether *element* is a heading or the wrapper of one."""
    inside = next(element.iter(*HEADINGS), None)
    return inside is not None and " ".join(inside.text_content().split()) == text

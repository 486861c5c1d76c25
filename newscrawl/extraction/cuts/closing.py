"""Cutting what a publisher adds below a story: rights, channels to follow, calls for tips."""

from __future__ import annotations

import re

from newscrawl.extraction.cuts.context import Context
from newscrawl.extraction.text.body import Line
from newscrawl.phrases.publisher import CHANNELS, RIGHTS, TIPS
from newscrawl.text.clean import words
from newscrawl.text.sentences import ENDS, QUOTES

MAX_CHARS = 300  # of a closing line; what is longer tells something
MAX_LINES = 6  # that a publisher adds
RIGHTS_SHARE = 0.3  # of a sentence that claims rights, in the words for them; prose that mentions them has fewer
SIGN = re.compile(r"©|\(c\)|copyright|(?:19|20)\d\d", re.I)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w|https?://|www\.")


def cut_closing(lines: list[Line], context: Context) -> None:
    """Cut the lines at the end, from the last one up, that speak for the publisher.

    Each needs its words and a second sign: it does not end as prose does, it names an address or has links, or a line
    of the kind stands below it already. The first line that is none of these ends the search.
    """
    kept = [index for index, line in enumerate(lines) if not line.cut]
    below = False
    for index in reversed(kept[1:][-MAX_LINES:]):
        line = lines[index]
        if len(line.text) > MAX_CHARS or words(line.text) in context.declared_text:
            return
        why = _speaker(line.text)
        signed = not line.text.rstrip(QUOTES).endswith(ENDS) or bool(ADDRESS.search(line.text)) or line.linked > 0.2
        asks = why == "tips" and any(mark in line.text for mark in "?؟？")
        if not why or not (signed or below or asks or (why == "rights" and not mentions_rights(line.text))):
            return
        if line.text[:1] in '"“„«»「『' and why != "rights":
            return
        lines[index] = line.drop("closing", why)
        below = True


def mentions_rights(text: str) -> bool:
    """Say whether *text* is a sentence in which the words of rights are a small part, without a sign or a year."""
    match = RIGHTS.search(text)
    if match is None or not text.isascii() or SIGN.search(text):
        return False
    return len(match[0]) < RIGHTS_SHARE * len(text)


def _speaker(text: str) -> str:
    """Return which of the tables *text* has words of; empty where of none."""
    for name, table in (("rights", RIGHTS), ("channels", CHANNELS), ("tips", TIPS)):
        if table.search(text):
            return name
    return ""

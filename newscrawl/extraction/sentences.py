"""What reads as prose: the form of a line, whatever its words."""

from __future__ import annotations

from newscrawl.extraction.body import Line
from newscrawl.text.scripts import DENSE_CHAR
from newscrawl.text.sentences import ends_with_full_stop, is_sentence

MIN_PROSE_CHARS = 80
"""A character of a dense script counts as two."""

MAX_LINKED = 0.4
SOME_LINKED = 0.3
"""Share of a line's characters in links from which on it may be there for them."""


def is_prose(line: Line) -> bool:
    """Say whether *line* stays, is long, ends as sentences do, and is more than its links."""
    return not line.cut and line.linked < MAX_LINKED and is_sentence(line.text) and _is_long(line.text)


def _is_long(text: str) -> bool:
    size = len(text)
    return size > MIN_PROSE_CHARS or (not text.isascii() and size + len(DENSE_CHAR.findall(text)) > MIN_PROSE_CHARS)


def tells(line: Line) -> bool:
    """Say whether *line* has the form of a sentence of the story: it ends with a full stop and is no link."""
    return line.linked < SOME_LINKED and ends_with_full_stop(line.text)

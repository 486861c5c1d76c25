"""What reads as prose: the form of a line, whatever its words."""

from __future__ import annotations

from newscrawl.extraction.body import Line
from newscrawl.text.scripts import DENSE_CHAR
from newscrawl.text.sentences import is_sentence

MIN_PROSE_CHARS = 80
"""A character of a dense script counts as two."""

MAX_LINKED = 0.4


def is_prose(line: Line) -> bool:
    """Say whether *line* stays, is long, ends as sentences do, and is more than its links."""
    return not line.cut and line.linked < MAX_LINKED and is_sentence(line.text) and _is_long(line.text)


def _is_long(text: str) -> bool:
    size = len(text)
    return size > MIN_PROSE_CHARS or (not text.isascii() and size + len(DENSE_CHAR.findall(text)) > MIN_PROSE_CHARS)

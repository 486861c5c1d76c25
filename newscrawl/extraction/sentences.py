"""What reads as prose: the form of a line, whatever its words."""

from __future__ import annotations

from newscrawl.extraction.body import Line
from newscrawl.text.sentences import is_sentence

MIN_PROSE_CHARS = 80
MAX_LINKED = 0.4


def is_prose(line: Line) -> bool:
    """Say whether *line* stays, is long, ends as sentences do, and is more than its links."""
    return not line.cut and line.linked < MAX_LINKED and len(line.text) > MIN_PROSE_CHARS and is_sentence(line.text)

"""What reads as prose: the form of a line, whatever its words."""

from __future__ import annotations

from newscrawl.extraction.body import Line

MIN_PROSE_CHARS = 80
MAX_LINKED = 0.4
ENDS = (".", "!", "?", "…", "。", "！", "？", "।", "؟", ":", ";")


def is_sentence(text: str) -> bool:
    """Say whether *text* ends as sentences do."""
    return text.rstrip("\"'”’»“)]").endswith(ENDS)


def is_prose(line: Line) -> bool:
    """Say whether *line* stays, is long, ends as sentences do, and is more than its links."""
    return not line.cut and line.linked < MAX_LINKED and len(line.text) > MIN_PROSE_CHARS and is_sentence(line.text)

"""What reads as prose: the form of a line, whatever its words."""

from __future__ import annotations

from newscrawl.extraction.text.body import Line
from newscrawl.text.scripts import UNSTOPPED_CHAR, weight
from newscrawl.text.sentences import ends_with_full_stop, is_sentence

MIN_PROSE_CHARS = 80
"""Letters, or signs that say as much."""

MIN_UNSTOPPED_CHARS = 100
"""Of a line in a script without full stops; headlines are shorter."""

MAX_LINKED = 0.4
SOME_LINKED = 0.3
"""Share of a line's characters in links from which on it may be there for them."""


def is_prose(line: Line) -> bool:
    """Say whether *line* stays, is long, ends as sentences do, and is more than its links."""
    if line.cut or line.linked >= MAX_LINKED:
        return False
    text = line.text
    return (weight(text) > MIN_PROSE_CHARS and is_sentence(text)) or _is_unstopped(text)


def _is_unstopped(text: str) -> bool:
    """Say whether *text* is long, and of a script that ends no sentence with a mark."""
    return len(text) > MIN_UNSTOPPED_CHARS and not text.isascii() and 2 * len(UNSTOPPED_CHAR.findall(text)) > len(text)


def tells(line: Line) -> bool:
    """Say whether *line* has the form of a sentence of the story: it ends with a full stop and is no link."""
    return line.linked < SOME_LINKED and ends_with_full_stop(line.text)

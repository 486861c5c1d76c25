"""Text as it is compared."""

from __future__ import annotations

import re
import unicodedata

from newscrawl.text.markup import decoded, without_tags
from newscrawl.text.scripts import DENSE

WORD = re.compile(rf"[{DENSE}]|[^\W{DENSE}]+")
ASCII_WORD = re.compile(r"\w+", re.ASCII)  # what WORD finds there, in a third of the time
NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")


def normalised(text: str) -> str:
    """Return *text* without what typesetting adds: entities, tags, compatibility forms, invisible characters."""
    text = without_tags(decoded(text))
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        if not "".join(text.split()).isprintable():  # line breaks are not, and stand in every body
            text = "".join(char for char in text if char.isprintable() or char.isspace())
    return text


def words_of(text: str) -> list[str]:
    """Return the words of *text* that is :func:`normalised`, casefolded."""
    return (ASCII_WORD if text.isascii() else WORD).findall(text.casefold())

"""How sentences end, in every script."""

from __future__ import annotations

ENDS = (".", "!", "?", "…", "。", "！", "？", "।", "؟", "۔", "።")
QUOTES = "\"'”’»“„«」』)]"
"""What may stand behind the end: quotation marks and brackets."""


def is_sentence(text: str) -> bool:
    """Say whether *text* ends as sentences do, or with the mark before a quotation or list."""
    return text.rstrip().rstrip(QUOTES).endswith((*ENDS, ":", ";"))

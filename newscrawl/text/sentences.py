"""How sentences end, in every script."""

from __future__ import annotations

ENDS = (".", "!", "?", "…", "。", "！", "？", "।", "؟", "۔", "።")
FULL_STOPS = (".", "。", "।", "۔", "።")
QUOTES = "\"'”’»“„«」』)]"
"""What may stand behind the end: quotation marks and brackets."""


def is_sentence(text: str) -> bool:
    """Say whether *text* ends as sentences do, or with the mark before a quotation or list."""
    return text.rstrip().rstrip(QUOTES).endswith((*ENDS, ":", ";"))


def ends_with_full_stop(text: str) -> bool:
    """Say whether *text* ends as a statement does; no heading and hardly a button has a full stop."""
    end = text.rstrip().rstrip(QUOTES)
    return end.endswith(FULL_STOPS) and not end.endswith("..")

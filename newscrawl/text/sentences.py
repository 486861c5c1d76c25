"""How sentences end, in every script."""

from __future__ import annotations

FULL_STOPS = (".", "。", "।", "۔", "።", "։", "။", "។", "៕", "།", "．", "｡")
"""Of Latin, Chinese, Hindi, Urdu, Amharic, Armenian, Burmese, Khmer, Tibetan and of full and half width."""

ENDS = (*FULL_STOPS, "!", "?", "…", "！", "？", "؟", "՞", "၊")
QUOTES = "\"'”’»“„«」』)]"
"""What may stand behind the end: quotation marks and brackets."""


STOPPED = (*ENDS, ":", ";", "：", "；")
UNSTOPPED = "\u0e00", "\u0eff"
"""First and last character of Thai and Lao, whose sentences end without a mark."""

MIN_UNSTOPPED_CHARS = 80
"""Of a text in them that is a sentence; most headlines are shorter."""


def is_sentence(text: str) -> bool:
    """Say whether *text* ends as sentences do, or with the mark before a quotation or list."""
    end = text.rstrip().rstrip(QUOTES)
    if end.endswith(STOPPED):
        return True
    return len(end) >= MIN_UNSTOPPED_CHARS and UNSTOPPED[0] <= end[-1] <= UNSTOPPED[1]


def ends_with_full_stop(text: str) -> bool:
    """Say whether *text* ends as a statement does; no heading and hardly a button has a full stop."""
    end = text.rstrip().rstrip(QUOTES)
    return end.endswith(FULL_STOPS) and not end.endswith("..")

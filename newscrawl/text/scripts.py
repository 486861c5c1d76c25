"""The scripts that a rule has to know by name, as ranges for a character class of a regular expression."""

from __future__ import annotations

import re

HAN = "\u3400-\u9fff"
RARE_HAN = "\U00020000-\U0003ffff"
KANA = "\u3040-\u30ff"
HANGUL = "\uac00-\ud7af"
INDOCHINESE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese, Khmer."""

EAST_ASIAN = KANA + HAN + HANGUL
"""Korean has blanks, but its names are written without, as Chinese and Japanese ones are."""

DENSE = INDOCHINESE + EAST_ASIAN
"""Scripts of which a line has few blanks or none: each character counts as one word."""

DENSE_CHAR = re.compile(f"[{DENSE}]")
"""One character of them. ``len(DENSE_CHAR.findall(text))`` says how many words they stand for."""

HEAVY_CHAR = re.compile(f"[{HANGUL}]|([{KANA}{HAN}])")
UNSTOPPED_CHAR = re.compile("[\u0e00-\u0eff]")
"""Thai and Lao: blanks part their sentences, and no mark ends one."""


def weight(text: str) -> int:
    """Return how many letters of an alphabet say as much as *text*: three for a Chinese sign, two for a Korean one."""
    if text.isascii():
        return len(text)
    found = HEAVY_CHAR.findall(text)
    return len(text) + len(found) + sum(map(bool, found))

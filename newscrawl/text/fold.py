"""Text without what writers differ in: case, accents, the digits of a script, compatibility forms."""

from __future__ import annotations

import re
import unicodedata

ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u0670\u0640\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
"""Marks that a word is known without; in the scripts of India they are vowels, and stay."""

DIGIT = re.compile(r"[^\W\D0-9]")
DOTTED = str.maketrans({"İ": "i", "ı": "i", "ς": "σ"})
"""What casefold does not make alike: the i of Turkish in capitals, the s that ends a Greek word."""


def folded(text: str) -> str:
    """Return *text* as it is compared: the words stay, so that TÜRKİYE and Türkiye are one."""
    if text.isascii():
        return text.lower()
    text = ACCENTS.sub("", _dotless(unicodedata.normalize("NFKD", _dotless(text)).casefold()))
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), text))


def _dotless(text: str) -> str:
    """Return *text* with ``DOTTED`` made alike; most texts have none of them, and looking is ten times as fast."""
    return text.translate(DOTTED) if "İ" in text or "ı" in text or "ς" in text else text

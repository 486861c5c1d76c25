"""Text as it is compared."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

CJK = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Scripts that set no blanks between words: each character counts as one."""

WORD = re.compile(rf"[{CJK}]|[^\W{CJK}]+")
ASCII_WORD = re.compile(r"\w+", re.ASCII)  # what WORD finds there, in a third of the time
NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
TAG = re.compile(r"</?[a-z][^<>]{0,300}>", re.IGNORECASE)


def plain(text: str) -> str:
    """Return *text* without what typesetting adds: entities, tags, compatibility forms, invisible characters."""
    if "&" in text and ";" in text:
        text = unescape(unescape(text))  # content systems escape what is escaped already
    if "<" in text:
        text = TAG.sub(" ", text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        if not text.isprintable():
            text = "".join(char for char in text if char.isprintable() or char.isspace())
    return text


def words_of(text: str) -> list[str]:
    """Return the words of *text* that is :func:`plain`, casefolded."""
    return (ASCII_WORD if text.isascii() else WORD).findall(text.casefold())

"""Text that strangers wrote, made safe and comparable."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawl.text.fold import folded
from newscrawl.text.markup import decoded, without_tags, without_unshown
from newscrawl.text.scripts import DENSE_CHAR

MAX_FIELD_CHARS = 500

ANSI = re.compile(r"\x1b\[[0-9;?]{0,20}[A-Za-z]")
JOINERS = re.compile(
    r"(?<![\u0590-\u109f\u1780-\u18af\u2190-\u2bff\ufb1d-\ufdff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
)
"""Zero-width joiners where no script needs them: Persian, the scripts of India and emoji do."""
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
WORD = re.compile(r"\w+")
MARKS = "“”‘’–—…\xa0«»"
"""What the text of most pages has beyond ASCII; none of them is part of a word."""

BLANKED = str.maketrans({code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")})


def clean(text: str) -> str:
    """Return *text* without control, bidirectional, zero-width and surrogate characters and terminal escapes."""
    if text.isprintable() and "\ufffc" not in text and "\ufffd" not in text:  # the only printable ones of INVISIBLE
        return text
    text = ANSI.sub("", text)
    if "\u200c" in text or "\u200d" in text:
        text = JOINERS.sub("", text)
    return INVISIBLE.sub("", text)


def one_line(text: str, limit: int = MAX_FIELD_CHARS) -> str:
    """Return *text* clean and on one line; what is longer than *limit* is cut at a word."""
    line = " ".join(clean(text[: 4 * limit]).split())
    if len(line) <= limit:
        return line
    head, blank, _ = line[:limit].rpartition(" ")
    return (head if blank and len(head) > limit // 2 else line[: limit - 1]).rstrip() + "…"


def plain(value: object, limit: int = MAX_FIELD_CHARS) -> str:
    """Return what a page, feed or sitemap wrote into a field: one line of at most *limit* characters, without markup.

    What is no string gives an empty one.
    """
    if not isinstance(value, str):
        return ""
    return one_line(without_tags(without_unshown(decoded(value[: 8 * limit]))), limit)


@lru_cache(maxsize=2048)  # every step compares the same lines
def words(text: str) -> str:
    """Return *text* as it is compared: :func:`folded`, word characters only, single blanks."""
    bare = ascii_text(text)
    return " ".join(WORD.findall(folded(text)) if bare is None else bare.lower().translate(BLANKED).split())


def ascii_text(text: str) -> str | None:
    """Return *text* with blanks for ``MARKS``, or None where more is beyond ASCII: other text is read much slower."""
    if not text.isascii():
        for mark in MARKS:
            text = text.replace(mark, " ")
    return text if text.isascii() else None


@lru_cache(maxsize=4)  # the kind of a page and its record ask for the same text
def count_words(text: str) -> int:
    """Count the words of *text*; of a dense script each character counts as one."""
    bare = ascii_text(text)
    if bare is not None:
        return len(bare.translate(BLANKED).split())
    alone = len(DENSE_CHAR.findall(text))
    return alone + len(WORD.findall(DENSE_CHAR.sub(" ", text) if alone else text))


def estimate_words(text: str) -> int:
    """Estimate how many words *text* would have in a language with blanks: two characters of a dense script are one."""
    return len(text.split()) + (0 if text.isascii() else len(DENSE_CHAR.findall(text)) // 2)

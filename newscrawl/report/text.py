"""What a page wrote, as text of the report, and addresses as links that a browser may open."""

from __future__ import annotations

import re
from html import escape
from typing import Any
from urllib.parse import unquote_to_bytes

from newscrawl.text.clean import clean, one_line

TITLE_CHARS = 200
URL_CHARS = 2000  # a longer address is shown, cut, and no link
ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")


def text(value: Any, limit: int = TITLE_CHARS, *, keep_ends: bool = False) -> str:
    """Return *value* as HTML text on one line, without control and bidirectional characters.

    *keep_ends*: blanks at its ends stay, since it is a part of a text.
    """
    raw = str(value or "")
    line = one_line(raw, limit)
    if keep_ends:
        line = " " * raw[:1].isspace() + line + " " * (raw[-1:].isspace() and bool(line))
    return escape(line)


def link(url: Any, title: Any) -> str:
    """Return a link where *url* is one that a browser may open; else its text."""
    address = str(url or "")
    shown = text(title) or text(address)
    if not address.lower().startswith(("http://", "https://")) or len(address) > URL_CHARS:
        return f'<bdi>{shown}</bdi> <small dir="ltr">{text(address)}</small>'
    return f'<a dir="auto" href="{escape(short_address(address))}">{shown}</a>'


def short_address(url: str) -> str:
    """Return *url* with its letters as they are, not as ``%E6%B8%AF``, which is thrice as long.

    A browser asks for the same address. What is no UTF-8, or shows nothing, stays as it is.
    """

    def letters(match: re.Match[str]) -> str:
        try:
            decoded = unquote_to_bytes(match[0]).decode()
        except UnicodeDecodeError:
            return match[0]
        return decoded if decoded.isprintable() else match[0]

    return ENCODED.sub(letters, "".join(clean(url).split()))

"""Markup that stands in what should be plain text: entities, tags, and what a browser does not show."""

from __future__ import annotations

import re
from html import unescape

TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
UNSHOWN = re.compile(r"<(script|style)\b[^<>]{0,500}>.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.I | re.S)


def has_markup(text: str) -> bool:
    """Tell whether *text* may hold a tag or an entity."""
    return "<" in text or ("&" in text and ";" in text)


def decoded(text: str) -> str:
    """Return *text* with its entities decoded twice: content systems escape what is escaped already (``&amp;#8217;``).

    A text without a semicolon has none: the ``&copy`` of an address is a parameter.
    """
    return unescape(unescape(text)) if "&" in text and ";" in text else text


def without_tags(text: str) -> str:
    """Return *text* with a blank in the place of each tag; what stands between tags stays."""
    return TAG.sub(" ", text) if "<" in text else text


def without_unshown(text: str) -> str:
    """Return *text* without comments, scripts and styles; one that is cut off in the middle goes to the end."""
    return UNSHOWN.sub("", text) if "<" in text else text

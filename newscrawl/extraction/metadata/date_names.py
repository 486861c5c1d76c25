"""The names that templates give to the element of a date, and to that of a change's."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

NAMED = re.compile(
    r"(?:^|[\s_-])(?:date(?:line|time|s|text)?|time(?:stamp)?|published?|publi(?:cation|c|e|cado|cacion)|posted|pub(?:date|time)?|created"
    r"|datum|fecha|data|zeit|tarih|entry-date)(?=$|[\s_-])|[a-z](?:Date|Time)(?![a-z])|(?:date|time)(?=$|\s)",
)
"""Names that templates give to the element of a date."""

CHANGED = re.compile(
    r"(?:^|[\s_-])(?:updated?|modif\w*|edited|changed?|lastmod\w*)(?=$|[\s_-])|dateModified|[a-z](?:Updated|Modified)",
    re.I,
)
PUBLISHED_NAME = re.compile(r"entry-date|publish|posted|created", re.I)


def names_of(element: HtmlElement) -> tuple[bool, bool]:
    """Return whether *element* is named for a date, and for the date of a change."""
    get = element.get
    name = f"{get('class') or ''} {get('id') or ''} {get('itemprop') or ''}"
    is_named, is_change = _name_kinds(name) if len(name) > 2 else (False, False)
    return is_named or element.tag == "time", is_change


@lru_cache(maxsize=4096)
def _name_kinds(name: str) -> tuple[bool, bool]:
    """Return whether an element of that *name* is named for a date, and for the date of a change."""
    is_change = CHANGED.search(name) is not None and not PUBLISHED_NAME.search(name)
    return NAMED.search(name[:300]) is not None, is_change

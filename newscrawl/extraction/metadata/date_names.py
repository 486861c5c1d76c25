"""The names that templates give to the element of a date, and to that of a change's."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawl.extraction.tree.nodes import Nodes

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


SIGNS = ("dat", "tim", "pub", "post", "creat", "zeit", "tarih", "fech", "mod", "edit", "chang")
"""What each of them has one of, in lower case."""


def named_dates(nodes: Nodes, end: int) -> dict[int, tuple[bool, bool]]:
    """Return which of the first elements are named for a date, and which for the date of a change."""
    named = dict.fromkeys(nodes.tagged["time"], (True, False))
    for at, name, mark, itemprop in zip(range(end), nodes.classes, nodes.ids, nodes.itemprops, strict=False):
        if (name or mark or itemprop) and (kinds := _name_kinds(name, mark, itemprop)):
            named[at] = (kinds[0] or at in named, kinds[1])
    return named


@lru_cache(maxsize=8192)
def _name_kinds(*given: str | None) -> tuple[bool, bool] | None:
    """Return whether an element of these names is named for a date, and for that of a change; None for neither."""
    name = " ".join([part or "" for part in given])
    lower = name.lower()
    if not any(map(lower.__contains__, SIGNS)):
        return None
    is_named = NAMED.search(name[:300]) is not None
    is_change = CHANGED.search(name) is not None and not PUBLISHED_NAME.search(name)
    return (is_named, is_change) if is_named or is_change else None

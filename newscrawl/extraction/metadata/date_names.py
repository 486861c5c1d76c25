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


def named_dates(nodes: Nodes, end: int) -> dict[int, tuple[bool, bool]]:
    """Return which of the first elements are named for a date, and which for the date of a change."""
    names = zip(nodes.classes[:end], nodes.ids[:end], nodes.itemprops[:end], strict=True)
    kinds = {
        at: _name_kinds(f"{name or ''} {mark or ''} {itemprop or ''}")
        for at, (name, mark, itemprop) in enumerate(names)
        if name or mark or itemprop
    }
    named = {at: kind for at, kind in kinds.items() if kind != (False, False)}
    return named | {at: (True, named.get(at, (False, False))[1]) for at in nodes.tagged["time"]}


@lru_cache(maxsize=4096)
def _name_kinds(name: str) -> tuple[bool, bool]:
    """Return whether an element of that *name* is named for a date, and for the date of a change."""
    is_change = CHANGED.search(name) is not None and not PUBLISHED_NAME.search(name)
    return NAMED.search(name[:300]) is not None, is_change

"""What the words of a heading, or of a line that stands like one, say of the list below."""

from __future__ import annotations

from functools import lru_cache

from newscrawl.phrases.lists import OTHER, OTHER_HEADING, READ_MORE
from newscrawl.phrases.related import RELATED


@lru_cache(maxsize=4_096)
def is_related(text: str, is_heading: bool = True) -> bool:
    """Say whether *text* stands above related stories."""
    return RELATED.fullmatch(text) is not None or (is_heading and READ_MORE.fullmatch(text) is not None)


def is_other(text: str, is_heading: bool) -> bool:
    """Say whether *text* stands above another list of the site."""
    return OTHER.search(text) is not None or (is_heading and OTHER_HEADING.fullmatch(text) is not None)

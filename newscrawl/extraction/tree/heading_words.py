"""What the words of a heading, or of a line that stands like one, say of the list below."""

from __future__ import annotations

from functools import lru_cache

from newscrawl.phrases.lists import OTHER, OTHER_HEADING, READ_MORE
from newscrawl.phrases.related import RELATED
from newscrawl.phrases.rows import in_lower_case, lowered

_RELATED, _READ_MORE, _OTHER, _OTHER_HEADING = map(in_lower_case, (RELATED, READ_MORE, OTHER, OTHER_HEADING))


@lru_cache(maxsize=4_096)
def is_related(text: str, is_heading: bool = True) -> bool:
    """Say whether *text* stands above related stories."""
    text = lowered(text)
    return _RELATED.fullmatch(text) is not None or (is_heading and _READ_MORE.fullmatch(text) is not None)


def is_other(text: str, is_heading: bool) -> bool:
    """Say whether *text* stands above another list of the site."""
    text = lowered(text)
    return _OTHER.search(text) is not None or (is_heading and _OTHER_HEADING.fullmatch(text) is not None)

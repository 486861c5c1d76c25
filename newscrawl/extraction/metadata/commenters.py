"""Readers who comment, whom a page's microdata names as it names the authors of its stories."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

COMMENT = frozenset("comment comments comment-author comment-body comment-list commentlist".split())
MAX_RISE = 8


def is_in_comment(element: HtmlElement) -> bool:
    """Say whether *element* names the author of a reader's comment, by microdata or the names of the blocks around."""
    for around in (element, *islice(element.iterancestors(), MAX_RISE)):
        if around.get("itemprop") == "comment" or (around.get("itemtype") or "").endswith("Comment"):
            return True
        if not COMMENT.isdisjoint(f"{around.get('class') or ''} {around.get('id') or ''}".split()):
            return True
    return False

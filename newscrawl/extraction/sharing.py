"""The buttons with which readers pass a story on: known by the addresses they lead to, in any language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml.html import HtmlElement

from newscrawl.phrases.sharing import is_sharing
from newscrawl.text.sentences import is_sentence

ROOTS = frozenset({"html", "body", "main", "article"})
MAX_CHARS = 200
"""Of a block of buttons, names of services and labels included."""

MAX_LABEL_CHARS = 40
"""Of its text outside links."""


def share_buttons(
    links: Sequence[HtmlElement], chars: Mapping[HtmlElement, int], prose: Mapping[HtmlElement, int]
) -> list[HtmlElement]:
    """Return the share buttons among *links*, each as the largest block around it that holds nothing else.

    *chars* counts the text that each element holds, *prose* that outside links.
    """
    blocks: dict[HtmlElement, None] = {}
    judged: dict[HtmlElement, bool] = {}
    for link in links:
        if not is_sharing(link.get("href") or ""):
            continue
        block = link
        for parent in link.iterancestors():
            if parent in blocks or parent.tag in ROOTS or chars.get(parent, 0) > MAX_CHARS:
                break
            if parent not in judged:
                judged[parent] = prose.get(parent, 0) <= MAX_LABEL_CHARS and _shares(parent)
            if not judged[parent]:
                break
            block = parent
        blocks[block] = None
    return list(blocks)


def _shares(block: HtmlElement) -> bool:
    """Say whether most links of *block* share, and its own words are no sentence."""
    links = [link.get("href") or "" for link in block.iter("a")]
    shared = sum(map(is_sharing, links))
    if 2 * shared < sum(not href.startswith(("#", "javascript:")) for href in links):
        return False
    labels = (text for text in block.itertext() if text.strip())
    return (
        not any(is_sentence(text) and not text.rstrip().endswith(":") for text in labels)
        and next(block.iter("h1", "h2"), None) is None
    )

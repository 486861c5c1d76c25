"""The buttons with which readers pass a story on: known by the addresses they lead to, in any language."""

from __future__ import annotations

from lxml.html import HtmlElement

from newscrawl.extraction.tree.nodes import ROOTS, Nodes
from newscrawl.phrases.sharing import sharing
from newscrawl.text.sentences import is_sentence

MAX_CHARS = 200
"""Of a block of buttons, names of services and labels included."""

MAX_LABEL_CHARS = 40
"""Of its text outside links."""


def share_buttons(nodes: Nodes) -> list[int]:
    """Return the buttons with which readers pass the story on, each as the largest block that holds nothing else."""
    blocks: set[int] = set()
    judged: dict[int, bool] = {}
    links = list(nodes.hrefs)
    for index in sharing(href or "" for href in nodes.hrefs.values()):
        block = links[index]
        for parent in nodes.around(block):
            if parent in blocks or nodes.tags[parent] in ROOTS or nodes.all[parent] > MAX_CHARS:
                break
            if parent not in judged:
                judged[parent] = nodes.prose[parent] <= MAX_LABEL_CHARS and _shares(nodes.elements[parent])
            if not judged[parent]:
                break
            block = parent
        blocks.add(block)
    return list(blocks)


def _shares(block: HtmlElement) -> bool:
    """Say whether most links of *block* share, and its own words are no sentence."""
    links = [link.get("href") or "" for link in block.iter("a")]
    shared = len(sharing(links))
    if 2 * shared < sum(not href.startswith(("#", "javascript:")) for href in links):
        return False
    labels = (text for text in block.itertext() if text.strip())
    return (
        not any(is_sentence(text) and not text.rstrip().endswith(":") for text in labels)
        and next(block.iter("h1", "h2"), None) is None
    )

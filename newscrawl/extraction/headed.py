"""Blocks below a heading of other stories: teasers, which may be longer than the story beside them."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.sizes import MAX_SHARE, MIN_SECTION_CHARS, Sizes
from newscrawl.phrases.related import OTHER_STORIES
from newscrawl.text.sentences import ends_with_full_stop

MAX_HEADING_CHARS = 60
MIN_HEADED_CHARS = 400
"""A block below a heading of other stories is at least allowed this much prose: teasers have sentences."""

LINK_SHARE = 0.15
"""Of the text of a block of teasers, at least, stands in links."""

MIN_CARDS, MIN_CARD_TITLE = 3, 15
"""Teasers of a list that may be longer than the story beside it, and characters of the link that each has."""

CARDS_SHARE = 0.9
MAX_CARDS = 40

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "strong", "b", "p", "div", "span"})
ROOTS = frozenset({"html", "body", "main", "article"})


def prune_headed(sizes: Sizes) -> list[HtmlElement]:
    """Return the blocks that begin with a heading of other stories."""
    blocks = []
    limit = max(MIN_HEADED_CHARS, sizes.prose[sizes.root] // 10)
    for heading, tag in zip(sizes.elements, sizes.tags, strict=True):
        if tag not in HEADINGS or not 3 <= sizes.all[heading] <= MAX_HEADING_CHARS or len(heading) > 2:
            continue
        text = heading.text_content() if len(heading) else heading.text
        if not _heads_others(" ".join(text.split())):
            continue
        block = heading
        for parent in heading.iterancestors():
            if parent.tag in ROOTS or _has_text_beside(parent, block, sizes):
                break
            if sizes.prose[parent] > limit and not _is_list_of_cards(parent, sizes):
                break
            block = parent
        if sizes.all[block] <= sizes.all[heading] or not _holds_links(block, sizes):
            continue  # the heading of what follows the block, where it holds nothing else
        if sizes.prose[block] <= MAX_SHARE * sizes.prose[sizes.root] or _is_list_of_cards(block, sizes):
            blocks.append(block)
    return blocks


@lru_cache(maxsize=4096)
def _heads_others(text: str) -> bool:
    return OTHER_STORIES.match(text) is not None and not ends_with_full_stop(text)


def _has_text_beside(parent: HtmlElement, child: HtmlElement, sizes: Sizes) -> bool:
    """Say whether text of *parent* stands before *child*, or *child* in its running text."""
    if (parent.text or "").strip() or len((child.tail or "").strip()) >= MIN_SECTION_CHARS:
        return True
    return any(sizes.all[sibling] or (sibling.tail or "").strip() for sibling in child.itersiblings(preceding=True))


def _is_list_of_cards(block: HtmlElement, sizes: Sizes) -> bool:
    """Say whether *block* is a list of teasers: its prose stands in parts that look the same, each with one link."""
    prose, home = sizes.prose[block], block
    while (below := max(home, key=sizes.prose.__getitem__, default=None)) is not None:
        if sizes.prose[below] < CARDS_SHARE * prose:
            break
        home = below
    cards = [part for part in islice(home, MAX_CARDS) if sizes.prose[part]]
    looks = Counter((part.tag, part.get("class")) for part in cards)
    inside = sum(
        sizes.prose[part]
        for part in cards
        if looks[part.tag, part.get("class")] >= MIN_CARDS
        and sizes.prose[part] <= MIN_HEADED_CHARS
        and len({link.get("href") for link in part.iter("a") if sizes.all[link] >= MIN_CARD_TITLE}) == 1
    )
    return inside >= CARDS_SHARE * prose


def _holds_links(block: HtmlElement, sizes: Sizes) -> bool:
    """Say whether *block* has the links that a list of stories has; one in a paragraph of the text is none."""
    whole, prose = sizes.all[block], sizes.prose[block]
    return whole - prose >= LINK_SHARE * whole or prose < MIN_SECTION_CHARS

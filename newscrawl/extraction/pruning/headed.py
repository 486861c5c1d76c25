"""Blocks below a heading of other stories: teasers, which may be longer than the story beside them."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import islice

from newscrawl.extraction.tree.nodes import ROOTS, Nodes
from newscrawl.phrases.lists import OTHER
from newscrawl.phrases.related import OTHER_STORIES
from newscrawl.text.sentences import ends_with_full_stop

MAX_SHARE = 0.25
"""Of the page's prose; a block that holds more of it is not what its name says."""

MIN_SECTION_CHARS = 80
"""Of prose that a section of the text has."""

MAX_HEADING_CHARS = 60
MIN_HEADED_CHARS = 400
"""A block below a heading of other stories is at least allowed this much prose: teasers have sentences."""

LINK_SHARE = 0.15
"""Of the text of a block of teasers, at least, stands in links."""

MIN_CARDS, MIN_CARD_TITLE = 3, 15
"""Teasers of a list that may be longer than the story beside it, and characters of the link that each has."""

MAX_RISE = 12
"""Elements around a heading that are looked at before its text is."""

CARDS_SHARE = 0.9
MAX_CARDS = 40

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "strong", "b", "p", "div", "span"})
TITLES = frozenset({"h2", "h3", "h4", "h5", "h6"})
MAX_LIST_WORDS = 3
"""Of the name of a list: with more words it may head a part of the story, "The latest from the court on Monday"."""


def prune_headed(nodes: Nodes) -> list[int]:
    """Return the blocks that begin with a heading of other stories, or of a list of the site's that are teasers."""
    blocks = []
    limit = max(MIN_HEADED_CHARS, nodes.prose[0] // 10)
    for heading, (tag, size) in enumerate(zip(nodes.tags, nodes.all, strict=True)):
        if not 3 <= size <= MAX_HEADING_CHARS or tag not in HEADINGS or not _is_first(heading, nodes):
            continue
        if _has_many(heading, nodes):
            continue
        text = " ".join(nodes.text(heading).split())
        is_list = not _heads_others(text)
        if is_list and not (tag in TITLES and _heads_list(text)):
            continue
        block = heading
        for parent in nodes.around(heading):
            if nodes.tags[parent] in ROOTS or _has_text_beside(parent, block, nodes):
                break
            if nodes.prose[parent] > limit and not _is_list_of_cards(parent, nodes):
                break
            block = parent
        if nodes.all[block] <= size or not _holds_links(block, nodes):
            continue  # the heading of what follows the block, where it holds nothing else
        is_small = nodes.prose[block] <= MAX_SHARE * nodes.prose[0]
        if (is_small and not is_list) or ((is_small or not is_list) and _is_list_of_cards(block, nodes)):
            blocks.append(block)
    return blocks


def _is_first(heading: int, nodes: Nodes) -> bool:
    """Say whether *heading* is the first text of the nearest element that holds more, as few elements are."""
    block = heading
    for parent in islice(nodes.around(heading), MAX_RISE):
        if nodes.tags[parent] in ROOTS or _has_text_beside(parent, block, nodes):
            return False
        if nodes.all[parent] > nodes.all[heading]:
            break
        block = parent
    return True


def _has_many(heading: int, nodes: Nodes) -> bool:
    """Say whether *heading* has more than two children."""
    return nodes.ends[heading] > heading + 3 and next(islice(nodes.children(heading), 2, None), None) is not None


@lru_cache(maxsize=4096)
def _heads_others(text: str) -> bool:
    return OTHER_STORIES.match(text) is not None and not ends_with_full_stop(text)


@lru_cache(maxsize=4096)
def _heads_list(text: str) -> bool:
    """Say whether *text* is the name of a list of the site's: its latest, its most read."""
    return text.count(" ") < MAX_LIST_WORDS and OTHER.search(text) is not None


def _has_text_beside(parent: int, child: int, nodes: Nodes) -> bool:
    """Say whether text of *parent* stands before *child*, or *child* in its running text."""
    return nodes.before[child] > nodes.before[parent] or nodes.behind[child] >= MIN_SECTION_CHARS


def _is_list_of_cards(block: int, nodes: Nodes) -> bool:
    """Say whether *block* is a list of teasers: its prose stands in parts that look the same, each with one link."""
    prose, home = nodes.prose[block], block
    while (below := max(nodes.children(home), key=nodes.prose.__getitem__, default=None)) is not None:
        if nodes.prose[below] < CARDS_SHARE * prose:
            break
        home = below
    cards = [part for part in islice(nodes.children(home), MAX_CARDS) if nodes.prose[part]]
    looks = Counter(map(nodes.look, cards))
    inside = sum(
        nodes.prose[part]
        for part in cards
        if looks[nodes.look(part)] >= MIN_CARDS
        and nodes.prose[part] <= MIN_HEADED_CHARS
        and len(
            {nodes.elements[link].get("href") for link in nodes.inside(part, "a") if nodes.all[link] >= MIN_CARD_TITLE}
        )
        == 1
    )
    return inside >= CARDS_SHARE * prose


def _holds_links(block: int, nodes: Nodes) -> bool:
    """Say whether *block* has the links that a list of stories has; one in a paragraph of the text is none."""
    whole, prose = nodes.all[block], nodes.prose[block]
    return whole - prose >= LINK_SHARE * whole or prose < MIN_SECTION_CHARS

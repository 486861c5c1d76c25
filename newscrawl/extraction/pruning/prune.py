"""What is taken out of the tree before the text is looked for: blocks that say what they are by name or heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.pruning.captions import prune_captions, prune_figure_captions
from newscrawl.extraction.pruning.headed import MAX_SHARE, MIN_SECTION_CHARS, prune_headed
from newscrawl.extraction.pruning.menu_cells import prune_menu_cells
from newscrawl.extraction.pruning.panels import open_panels
from newscrawl.extraction.pruning.reply_form import reply_forms
from newscrawl.extraction.pruning.sharing import share_buttons
from newscrawl.extraction.pruning.signup_boxes import signup_boxes
from newscrawl.extraction.text.misnamed import is_misnamed
from newscrawl.extraction.tree.changes import Changes
from newscrawl.extraction.tree.names import judge
from newscrawl.extraction.tree.nodes import Nodes
from newscrawl.text.clean import words

MAX_ELEMENTS = 20_000
"""What stands behind so many elements is no article any more."""

CHROME = frozenset("nav aside footer iframe select textarea input dialog object video audio canvas map".split())
"""What never holds an article's text; taken out first, for every later step costs what is in it: with the head two
fifths of the elements that trafilatura would look at and drop. (figure, label, button and noscript cost more text.)"""

TEXT = frozenset("p a b em i span strong code h1 h2 h3 h4 h5 h6".split())
MIN_SLUG_WORDS = 5
"""Of an id that is made of a text; names of templates have fewer."""

MIN_PARTS = 3
"""Hidden blocks of one look from which on they are the parts of a text."""

HIDDEN_STYLE = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
ACCOUNT = re.compile(
    r"log-?in|sign-?in|anmeld|subscri|\babo\b|abonn|regist|connexion|suscri|assin|accedi|prenumer", re.I
)
"""In the address of where one subscribes."""

REPLIES = re.compile(r"comment|related|recommend|disqus", re.I)
"""In the names of blocks whose quotations are not the story's."""

MAX_OFFER_LINKS = 20
OFFER_CHARS = 400
"""Of prose for each link to log in or subscribe: an offer may be longer than the teaser above it."""


TITLES = ("h2", "h3", "h4", "h5", "h6")
"""Their ids are made of their text."""


Step = Callable[[Nodes], Iterable[int]]


def prune_chrome(nodes: Nodes) -> list[int]:
    """Return the elements that never hold an article's text."""
    return [at for tag in CHROME & nodes.tagged.keys() for at in nodes.tagged[tag]]


def prune_named(nodes: Nodes) -> list[int]:
    """Return the blocks whose class or id names what they are; running text is no block, whatever it is named."""
    custom = [at for tag, places in nodes.tagged.items() if "-" in tag for at in places]
    judged = [
        *((at, names) for at, names in nodes.names if nodes.tags[at] not in TEXT and "-" not in nodes.tags[at]),
        *((at, judge(f"{nodes.classes[at] or ''} {nodes.tags[at]}", nodes.ids[at])) for at in custom),
    ]
    return [
        at
        for at, names in judged
        if (names.is_named or (names.is_marked and not _is_section(at, nodes)))
        and not _is_quotation(at, nodes)
        and not (names.is_promotion and is_misnamed(nodes.elements[at]))
    ]


def _is_quotation(at: int, nodes: Nodes) -> bool:
    """Say whether *at* has most of its prose in quotations: what others said on a social network is no button."""
    prose = nodes.prose[at]
    if prose < MIN_SECTION_CHARS // 2 or nodes.inside(at, "form") or nodes.inside(at, "textarea"):
        return False
    quoted = sum(nodes.prose[quote] for quote in nodes.inside(at, "blockquote"))
    return 2 * quoted > prose and not REPLIES.search(f"{nodes.classes[at] or ''} {nodes.ids[at] or ''}"[:500])


def _is_section(at: int, nodes: Nodes) -> bool:
    """Say whether the id of an element, which has prose, is made of a heading.

    It is a slug of many words or has its heading's words, or the element is one of several that look the same.
    """
    if nodes.prose[at] < MIN_SECTION_CHARS:
        return False
    slug = words((nodes.ids[at] or "")[:500].replace("-", " ").replace("_", " "))
    if slug.count(" ") >= MIN_SLUG_WORDS - 1:
        return True
    heading = min((places[0] for tag in TITLES if (places := nodes.inside(at, tag))), default=None)
    if heading is not None and slug and words(nodes.text(heading)[:500]) == slug:
        return True
    element, look = nodes.elements[at], nodes.look(at)
    beside = (nodes.places[one] for one in (element.getprevious(), element.getnext()) if one in nodes.places)
    return any(nodes.look(one) == look and nodes.prose[one] >= MIN_SECTION_CHARS for one in beside)


def prune_hidden(nodes: Nodes) -> list[int]:
    """Return the elements that no reader sees: hidden by attribute or style, or there for screen readers only.

    Not several that look the same and have prose: they are the text, which a script shows to subscribers.
    """
    found = {at for at, hidden in enumerate(nodes.hidden) if hidden not in (None, "until-found")}
    found.update(at for at, style in enumerate(nodes.styles) if style and HIDDEN_STYLE.search(style[:500]))
    found.update(at for at, names in nodes.names if names.is_for_screen_readers)
    looks = Counter(nodes.look(at) for at in found if nodes.prose[at] >= MIN_SECTION_CHARS)
    parts = {look for look, count in looks.items() if count >= MIN_PARTS}
    return [at for at in found if nodes.look(at) not in parts]


def prune_offers(nodes: Nodes) -> list[int]:
    """Return the blocks that are named a paywall and lead to where one logs in or subscribes."""
    found = []
    for at, names in nodes.names:
        if names.is_offer:
            links = islice(nodes.elements[at].iter("a", "form"), MAX_OFFER_LINKS)
            asks = sum(ACCOUNT.search(link.get("href") or link.get("action") or "") is not None for link in links)
            if asks and nodes.prose[at] <= min(OFFER_CHARS * asks, (1 - MAX_SHARE) * nodes.prose[0]):
                found.append(at)
    return found


def prune_comments(nodes: Nodes) -> list[int]:
    """Return the comments that schema.org's microdata call so, where it names the text they answer, too."""
    marked = [(at, name) for at, name in enumerate(nodes.itemprops) if name]
    if not any(name.lower() in ("text", "articlebody") for _, name in marked):
        return []
    return [at for at, name in marked if name == "comment"]


STEPS: tuple[Step, ...] = (
    prune_chrome,
    prune_menu_cells,
    prune_hidden,
    prune_named,
    prune_offers,
    prune_comments,
    prune_headed,
    reply_forms,
    share_buttons,
    prune_captions,
    prune_figure_captions,
    signup_boxes,
)
BOUNDED = (prune_offers, prune_comments, prune_headed, prune_figure_captions, signup_boxes)
"""Steps whose blocks may hold more than ``MAX_SHARE``: they have a bound of their own."""


def prune(
    tree: HtmlElement, steps: Sequence[Step] = STEPS, *, nodes: Nodes | None = None, changes: Changes | None = None
) -> int:
    """Take out of *tree* the blocks that are not the article; return how many characters of prose it is left with.

    *nodes* are those of *tree*, where they are known; *changes* are told what is changed.
    """
    changes = Changes() if changes is None else changes
    body = tree.find("body")
    root = tree if body is None else body
    if nodes is None:
        nodes = Nodes(root)
    unwrapped, opened = _unwrap(nodes, changes), open_panels(nodes, changes)
    if unwrapped or opened:
        nodes = Nodes(root)
    elements, most = nodes.elements, MAX_SHARE * nodes.prose[0]
    # the longest of 1,150 real pages has 15,000 elements; 100,000 short paragraphs cost trafilatura a minute
    drop = set(range(MAX_ELEMENTS, len(elements)))
    for step in steps:
        bounded = step in BOUNDED
        drop.update(at for at in step(nodes) if bounded or nodes.prose[at] <= most)
    drop -= opened
    drop.discard(0)
    if root is not tree and (head := tree.find("head")) is not None:
        changes.remove(head)
    for at, mark in enumerate(nodes.ids):  # the finder takes the words of an id for a name too
        if mark and (nodes.tags[at] in TITLES or _is_section(at, nodes)):
            changes.drop_attribute(elements[at], "id")
    left, end = nodes.prose[0], 0
    for at in sorted(drop):
        if at < end:  # it stands in one that has gone, or in one that stays for its headline
            continue
        end = nodes.ends[at]
        if not nodes.inside(at, "h1"):
            changes.take_out(elements[at])
            left -= nodes.prose[at]
    return left


def _unwrap(nodes: Nodes, changes: Changes) -> list[int]:
    """Make anchors that hold blocks no links: places to link to, in which pages of 2005 wrap whole stories."""
    anchors = [
        at
        for at, href in nodes.hrefs.items()
        if href is None and any(nodes.inside(at, tag) for tag in ("p", "br", "div"))
    ]
    for at in anchors:
        changes.rename(nodes.elements[at], "span")
    return anchors

"""What is taken out of the tree before the text is looked for: blocks that say what they are by name or heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice

from lxml.etree import XPath
from lxml.html import HtmlElement

from newscrawl.extraction.reply_form import reply_forms
from newscrawl.extraction.sharing import share_buttons
from newscrawl.phrases.related import OTHER_STORIES

MAX_SHARE = 0.25
"""Of the page's prose; a block that holds more of it is not what its name says."""

MAX_HEADING_CHARS = 60
MIN_HEADED_CHARS = 400
"""A block below a heading of other stories is at least allowed this much prose: teasers have sentences."""

LINK_SHARE = 0.15
"""Of the text of a block of teasers, at least, stands in links."""

MAX_ELEMENTS = 20_000
"""What stands behind so many elements is no article any more."""

CHROME = frozenset("nav aside footer iframe select textarea input dialog object video audio canvas map".split())
"""What never holds an article's text; taken out first, for every later step costs what is in it: with the head two
fifths of the elements that trafilatura would look at and drop. (figure, label, button and noscript cost more text.)"""

SILENT = frozenset({"script", "style", "template", "svg"})
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "strong", "p", "div", "span"})
ROOTS = frozenset({"html", "body", "main", "article"})

NAMES = re.compile(
    r"(?<![a-z])(?:"
    r"news-?letter|sign-?up|subscri(?:be|ption)-?(?:box|form|widget|cta|module|promo|prompt|wrap\w*|block|container|banner)"
    r"|related|recirc\w*|recommend(?:ed|ations?)|read-?(?:more|next|also)|most-?(?:read|popular|viewed)|trending"
    r"|popular-?posts|more-?(?:stories|news|from|on)|you-?may|outbrain|taboola"
    r"|author-?(?:bio|info|box|card|profile|about|description)|about-?(?:the-?)?author|bio(?:graphy)?"
    r"|post-?tags|article-?tags|tag-?list|tags|share|sharing|social|disclaimer|copyright|cookie|consent"
    r"|app-?promo|promo(?:box|-?\w*)?|comments?|pag(?:er|ination|inator|e-?nav\w*|enavigat\w*|e-?links)|opt-?in|advert\w*|ads?-(?:box|slot|unit|wrap\w*|container|workshop|teaser)"
    r")(?![a-z])"
)
"""Class and id tokens, in lower case, by which templates name what is not the article."""

CONTENT = re.compile(
    r"article-?_*(?:body|text|content)|(?:body|content|main)-?_*(?:text|wrap|content|copy)|story-?_*(?:body|text)"
    r"|entry-content|post-content|no-?related|has-"
)
"""Tokens by which they name the article itself."""


TEXT = frozenset("p a b em i span strong code h1 h2 h3 h4 h5 h6".split())
MIN_SECTION_CHARS = 80
"""Of prose that a section of the text has."""

MIN_PARTS = 3
"""Hidden blocks of one look from which on they are the parts of a text."""

HIDDEN_STYLE = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
STYLED = XPath("descendant-or-self::*[@hidden or @style]")
SCREEN_READER = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only screenreader screenreader-only"
    " element-invisible hidden-visually a11y-hidden show-for-sr u-visually-hidden is-visually-hidden offscreen".split()
)
"""Class tokens, with hyphens, of what frameworks keep for screen readers."""

OFFER = re.compile(r"(?<![a-z])pay-?wall|(?:reg|meter)-?wall|subscri(?:be|ption)-?(?:offer|cta)|abo-?(?:box|hinweis)")
ACCOUNT = re.compile(
    r"log-?in|sign-?in|anmeld|subscri|\babo\b|abonn|regist|connexion|suscri|assin|accedi|prenumer", re.I
)
"""In the address of where one subscribes."""

MAX_OFFER_LINKS = 20


TITLES = frozenset({"h2", "h3", "h4", "h5", "h6"})
"""Their ids are made of their text."""


class Sizes:
    """How many characters of text each element of a tree holds, outside links and in all."""

    def __init__(self, root: HtmlElement) -> None:
        self.root = root
        self.elements: list[HtmlElement] = list(root.iter())
        self.tags: list[object] = [element.tag for element in self.elements]
        self.named: list[tuple[HtmlElement, str, str]] = [
            (element, name or "", mark or "")
            for element in self.elements
            if ((name := element.get("class")), (mark := element.get("id"))) != (None, None)
        ]
        """The elements that have a class or an id, with both."""

        self.prose: dict[HtmlElement, int] = dict.fromkeys(self.elements, 0)
        self.all: dict[HtmlElement, int] = dict.fromkeys(self.elements, 0)
        all_prose, all_text = self.prose, self.all
        for element, tag in zip(reversed(self.elements), reversed(self.tags), strict=True):  # children before parents
            prose, whole = all_prose[element], all_text[element]
            if (text := element.text) and tag not in SILENT and (own := len(text.strip())):
                prose, whole = prose + own, whole + own
                all_prose[element], all_text[element] = prose, whole
            if element is root:
                break
            behind = len(tail.strip()) if (tail := element.tail) else 0
            if behind or whole:
                parent = element.getparent()
                all_prose[parent] += behind + (0 if tag == "a" else prose)
                all_text[parent] += behind + whole


Step = Callable[[Sizes], list[HtmlElement]]


def prune_chrome(sizes: Sizes) -> list[HtmlElement]:
    """Return the elements that never hold an article's text."""
    return list(sizes.root.iter(*CHROME))


def prune_named(sizes: Sizes) -> list[HtmlElement]:
    """Return the blocks whose class or id names what they are; running text is no block, whatever it is named."""
    found = []
    custom = {tag for tag in set(sizes.tags) if isinstance(tag, str) and "-" in tag}
    unnamed = [(one, "", "") for one in sizes.root.iter(*custom) if not (one.get("class") or one.get("id"))]
    for element, name, mark in [*sizes.named, *unnamed] if custom else sizes.named:
        tag = element.tag
        if not isinstance(tag, str) or tag in TEXT:
            continue
        if tag in custom:
            name = f"{name} {tag}"
        named = len(name) > 1 and _is_named(name[:500])
        if not named and len(mark) > 1 and not CONTENT.search(name) and _is_named(mark[:500]):
            named = not _is_section(element, sizes)
        if named:
            found.append(element)
    return found


def _is_section(element: HtmlElement, sizes: Sizes) -> bool:
    """Say whether *element* is one of several that look the same and have prose: its id is made of its heading."""
    if sizes.prose[element] < MIN_SECTION_CHARS:
        return False
    look = (element.tag, element.get("class"))
    beside = (element.getprevious(), element.getnext())
    return any(
        one is not None and (one.tag, one.get("class")) == look and sizes.prose.get(one, 0) >= MIN_SECTION_CHARS
        for one in beside
    )


def prune_hidden(sizes: Sizes) -> list[HtmlElement]:
    """Return the elements that no reader sees: hidden by attribute or style, or there for screen readers only.

    Not several that look the same and have prose: they are the text, which a script shows to subscribers.
    """
    styled = (
        element
        for element in STYLED(sizes.root)
        if element.get("hidden") not in (None, "until-found") or HIDDEN_STYLE.search((element.get("style") or "")[:500])
    )
    spoken = (element for element, name, _ in sizes.named if name and _is_for_screen_readers(name[:500]))
    found = dict.fromkeys((*styled, *spoken))
    looks = Counter(
        (element.tag, element.get("class")) for element in found if sizes.prose[element] >= MIN_SECTION_CHARS
    )
    parts = {look for look, count in looks.items() if count >= MIN_PARTS}
    return [element for element in found if (element.tag, element.get("class")) not in parts]


@lru_cache(maxsize=4096)
def _is_for_screen_readers(name: str) -> bool:
    return not SCREEN_READER.isdisjoint(name.lower().replace("_", "-").split())


def prune_offers(sizes: Sizes) -> list[HtmlElement]:
    """Return the blocks that are named a paywall and lead to where one logs in or subscribes."""
    found = []
    for element, class_name, mark in sizes.named:
        name = f"{class_name} {mark}"
        if len(name) > 1 and _is_offer(name[:500]) and sizes.prose[element] <= sizes.prose[sizes.root] / 2:
            links = islice(element.iter("a", "form"), MAX_OFFER_LINKS)
            if any(ACCOUNT.search(link.get("href") or link.get("action") or "") for link in links):
                found.append(element)
    return found


@lru_cache(maxsize=4096)
def _is_offer(name: str) -> bool:
    return OFFER.search(name.lower()) is not None


@lru_cache(maxsize=4096)  # a page has 500 named elements and 200 names, most of them on every page of its site
def _is_named(name: str) -> bool:
    name = name.lower()  # a search that ignores the case takes twice as long
    return NAMES.search(name) is not None and not CONTENT.search(name)


def prune_headed(sizes: Sizes) -> list[HtmlElement]:
    """Return the blocks that begin with a heading of other stories."""
    found = []
    limit = max(MIN_HEADED_CHARS, sizes.prose[sizes.root] // 10)
    for heading, tag in zip(sizes.elements, sizes.tags, strict=True):
        if tag not in HEADINGS or not 3 <= sizes.all[heading] <= MAX_HEADING_CHARS or len(heading) > 2:
            continue
        text = heading.text_content() if len(heading) else heading.text
        if not _heads_others(" ".join(text.split())):
            continue
        block = heading
        for parent in heading.iterancestors():
            if parent.tag in ROOTS or sizes.prose[parent] > limit or _has_text_beside(parent, block, sizes):
                break
            block = parent
        if block is not heading and _holds_links(block, sizes):
            found.append(block)
    return found


@lru_cache(maxsize=4096)
def _heads_others(text: str) -> bool:
    return OTHER_STORIES.match(text) is not None


def _has_text_beside(parent: HtmlElement, child: HtmlElement, sizes: Sizes) -> bool:
    """Say whether text of *parent* stands before *child*, or *child* in its running text."""
    if (parent.text or "").strip() or len((child.tail or "").strip()) >= MIN_SECTION_CHARS:
        return True
    return any(sizes.all[sibling] or (sibling.tail or "").strip() for sibling in child.itersiblings(preceding=True))


def _holds_links(block: HtmlElement, sizes: Sizes) -> bool:
    """Say whether *block* has the links that a list of stories has; one in a paragraph of the text is none."""
    whole, prose = sizes.all[block], sizes.prose[block]
    return whole - prose >= LINK_SHARE * whole or prose < MIN_SECTION_CHARS


def prune_replies(sizes: Sizes) -> list[HtmlElement]:
    """Return the forms in which readers reply, with what introduces them."""
    forms = [element for element, tag in zip(sizes.elements, sizes.tags, strict=True) if tag == "form"]
    return reply_forms(forms, sizes.all)


def prune_sharing(sizes: Sizes) -> list[HtmlElement]:
    """Return the buttons with which readers pass the story on."""
    links = [element for element, tag in zip(sizes.elements, sizes.tags, strict=True) if tag == "a"]
    return share_buttons(links, sizes.all, sizes.prose)


STEPS: tuple[Step, ...] = (
    prune_chrome,
    prune_hidden,
    prune_named,
    prune_offers,
    prune_headed,
    prune_replies,
    prune_sharing,
)


def prune(tree: HtmlElement, steps: Sequence[Step] = STEPS) -> int:
    """Take out of *tree* the blocks that are not the article; return how many characters of prose it is left with."""
    body = tree.find("body")
    root = tree if body is None else body
    sizes = Sizes(root)
    most = MAX_SHARE * sizes.prose[root]
    drop: dict[HtmlElement, None] = {}
    for step in steps:
        drop.update(dict.fromkeys(element for element in step(sizes) if sizes.prose[element] <= most))
    left = sizes.prose[root]
    if root is not tree and (head := tree.find("head")) is not None:
        tree.remove(head)
    # the longest of 1,150 real pages has 15,000 elements; 100,000 short paragraphs cost trafilatura a minute
    drop.update(dict.fromkeys(sizes.elements[MAX_ELEMENTS:]))
    for element, _, mark in sizes.named:  # the finder takes the words of an id for a name too
        if mark and (element.tag in TITLES or _is_section(element, sizes)):
            del element.attrib["id"]
    for element in drop:
        if element is root or any(parent in drop for parent in element.iterancestors()):
            continue
        if next(element.iter("h1"), None) is None:
            element.drop_tree()
            left -= sizes.prose[element]
    return left

"""What is taken out of the tree before the text is looked for: blocks that say what they are by name or heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain, islice

from lxml.etree import XPath
from lxml.html import HtmlElement

from newscrawl.extraction.captions import prune_captions
from newscrawl.extraction.headed import prune_headed
from newscrawl.extraction.misnamed import is_misnamed
from newscrawl.extraction.panels import open_panels
from newscrawl.extraction.reply_form import reply_forms
from newscrawl.extraction.sharing import share_buttons
from newscrawl.extraction.sizes import MAX_SHARE, MIN_SECTION_CHARS, Sizes
from newscrawl.text.clean import words

MAX_ELEMENTS = 20_000
"""What stands behind so many elements is no article any more."""

CHROME = frozenset("nav aside footer iframe select textarea input dialog object video audio canvas map".split())
"""What never holds an article's text; taken out first, for every later step costs what is in it: with the head two
fifths of the elements that trafilatura would look at and drop. (figure, label, button and noscript cost more text.)"""

NAMES = re.compile(
    r"(?<![a-z])(?:"
    r"news-?letter|sign-?up|subscri(?:be|ption)-?(?:box|form|widget|cta|module|promo|prompt|wrap\w*|block|container|banner)"
    r"|related|recirc\w*|recommend(?:ed|ations?)|read-?(?:more|next|also)|most-?(?:read|popular|viewed)|trending"
    r"|popular-?posts|more-?(?:stories|news|from|on)|you-?may|outbrain|taboola"
    r"|author-?(?:bio|info|box|card|profile|about|description)|about-?(?:the-?)?author|bio(?:graphy)?"
    r"|post-?tags|article-?tags|tag-?list|tags|share|sharing|social|disclaimer|copyright|cookie|consent"
    r"|usercentrics|onetrust|didomi|cookiebot|cookieconsent|cmplz|iubenda|borlabs"
    r"|app-?promo|promo(?:box|-?\w*)?|comments?|(?:nav|page)-?links|(?:posts?|page)-?navigation|pag(?:er|ination|inator|e-?nav\w*|enavigat\w*)|opt-?in|advert\w*|ads?-(?:box|slot|unit|wrap\w*|container|workshop|teaser)"
    r")(?![a-z])"
)
"""Class and id tokens, in lower case, by which templates name what is not the article."""

CONTENT = re.compile(
    r"article-?_*(?:body|text|content)|(?:body|content|main)-?_*(?:text|wrap|content|copy)|story-?_*(?:body|text)"
    r"|entry-content|post-content|no-?related|has-"
)
"""Tokens by which they name the article itself."""


TEXT = frozenset("p a b em i span strong code h1 h2 h3 h4 h5 h6".split())
MIN_SLUG_WORDS = 5
"""Of an id that is made of a text; names of templates have fewer."""

MIN_PARTS = 3
"""Hidden blocks of one look from which on they are the parts of a text."""

HIDDEN_STYLE = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
MARKED = XPath("descendant-or-self::*[@itemprop]")
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

REPLIES = re.compile(r"comment|related|recommend|disqus", re.I)
"""In the names of blocks whose quotations are not the story's."""

MAX_OFFER_LINKS = 20
OFFER_CHARS = 400
"""Of prose for each link to log in or subscribe: an offer may be longer than the teaser above it."""


TITLES = frozenset({"h2", "h3", "h4", "h5", "h6"})
"""Their ids are made of their text."""


Step = Callable[[Sizes], list[HtmlElement]]


def prune_chrome(sizes: Sizes) -> list[HtmlElement]:
    """Return the elements that never hold an article's text."""
    return list(sizes.root.iter(*CHROME))


def prune_named(sizes: Sizes) -> list[HtmlElement]:
    """Return the blocks whose class or id names what they are; running text is no block, whatever it is named."""
    found = []
    custom = {tag for tag in set(sizes.tags) if isinstance(tag, str) and "-" in tag}
    bare = (one for one in sizes.root.iter(*custom) if not (one.get("class") or one.get("id"))) if custom else ()
    for element, name, mark in chain(sizes.named, ((one, "", "") for one in bare)):
        tag = element.tag
        if not isinstance(tag, str) or tag in TEXT:
            continue
        if tag in custom:
            name = f"{name} {tag}"
        named = len(name) > 1 and _is_named(name[:500])
        if not named and len(mark) > 1 and not CONTENT.search(name) and _is_named(mark[:500]):
            named = not _is_section(element, sizes)
        if (
            named
            and not _is_quotation(element, sizes)
            and not (_is_promotion(f"{name} {mark}") and is_misnamed(element))
        ):
            found.append(element)
    return found


def _is_quotation(element: HtmlElement, sizes: Sizes) -> bool:
    """Say whether *element* has most of its prose in quotations: what others said on a social network is no button."""
    prose = sizes.prose[element]
    if prose < MIN_SECTION_CHARS // 2 or next(element.iter("form", "textarea"), None) is not None:
        return False
    quoted = sum(sizes.prose[quote] for quote in element.iter("blockquote"))
    return 2 * quoted > prose and not REPLIES.search(f"{element.get('class') or ''} {element.get('id') or ''}"[:500])


def _is_section(element: HtmlElement, sizes: Sizes) -> bool:
    """Say whether the id of *element*, which has prose, is made of a heading.

    It is a slug of many words or has its heading's words, or the element is one of several that look the same.
    """
    if sizes.prose[element] < MIN_SECTION_CHARS:
        return False
    slug = words((element.get("id") or "")[:500].replace("-", " ").replace("_", " "))
    if slug.count(" ") >= MIN_SLUG_WORDS - 1:
        return True
    heading = next(element.iter(*TITLES), None)
    if heading is not None and slug and words(heading.text_content()[:500]) == slug:
        return True
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
        if len(name) > 1 and _is_offer(name[:500]):
            links = islice(element.iter("a", "form"), MAX_OFFER_LINKS)
            asks = sum(ACCOUNT.search(link.get("href") or link.get("action") or "") is not None for link in links)
            if asks and sizes.prose[element] <= min(OFFER_CHARS * asks, (1 - MAX_SHARE) * sizes.prose[sizes.root]):
                found.append(element)
    return found


def prune_comments(sizes: Sizes) -> list[HtmlElement]:
    """Return the comments that schema.org's microdata call so, where it names the text they answer, too."""
    marked = [(element, element.get("itemprop")) for element in MARKED(sizes.root)]
    if not any(name.lower() in ("text", "articlebody") for _, name in marked):
        return []
    return [element for element, name in marked if name == "comment"]


@lru_cache(maxsize=4096)
def _is_promotion(name: str) -> bool:
    """Say whether *name* says no more than that a block promotes something, be it the story's next part."""
    return {match[0][:5] for match in NAMES.finditer(name.lower())} == {"promo"}


@lru_cache(maxsize=4096)
def _is_offer(name: str) -> bool:
    return OFFER.search(name.lower()) is not None


@lru_cache(maxsize=4096)  # a page has 500 named elements and 200 names, most of them on every page of its site
def _is_named(name: str) -> bool:
    name = name.lower()  # a search that ignores the case takes twice as long
    return NAMES.search(name) is not None and not CONTENT.search(name)


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
    prune_comments,
    prune_headed,
    prune_replies,
    prune_sharing,
    prune_captions,
)
BOUNDED = (prune_offers, prune_comments, prune_headed)
"""Steps whose blocks may hold more than ``MAX_SHARE``: they have a bound of their own."""


def prune(tree: HtmlElement, steps: Sequence[Step] = STEPS) -> int:
    """Take out of *tree* the blocks that are not the article; return how many characters of prose it is left with."""
    body = tree.find("body")
    root = tree if body is None else body
    for anchor in root.iter("a"):
        if anchor.get("href") is None and next(anchor.iter("p", "br", "div"), None) is not None:
            anchor.tag = "span"  # a place to link to: pages of 2005 wrap whole stories in one
    sizes = Sizes(root)
    opened = open_panels(sizes)
    most = MAX_SHARE * sizes.prose[root]
    drop: dict[HtmlElement, None] = {}
    for step in steps:
        bounded = step in BOUNDED
        drop.update(dict.fromkeys(element for element in step(sizes) if bounded or sizes.prose[element] <= most))
    for panel in opened:
        drop.pop(panel, None)
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

"""What tells a list of stories (home page, section, tag, author, archive) from one story."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawl.discovery.likelihood import article_likelihood, features
from newscrawl.text.clean import CJK, words

LIST_PAGES = frozenset({"collectionpage", "searchresultspage", "profilepage", "aboutpage", "contactpage"})
LIST_TYPES = LIST_PAGES | {"itemlist"}
LIST_CLASSES = re.compile(
    r"(?<![\w-])(?:archive|category|tag|author|home|blog|paged|search|front|frontpage|front-page|homepage|home-page"
    r"|path-frontpage|section-page|is-front|page-front|category-page|tag-page|author-page|page-taxonomy|tax-\w+"
    r"|(?:type|template|page|pagetype|layout)-{1,2}(?:section|category|tag|author|home|index|list|listing|front|archive|topic))"
    r"(?![\w-])",
    re.I,
)
STORY_CLASSES = re.compile(
    r"(?<![\w-])(?:single|single-post|postid-\d+|article|story|node-?-?type-?-?\w*(?:article|story|news)\w*"
    r"|page-node-type-\w+|(?:type|template|page|pagetype|layout)-{1,2}(?:article|story|post|detail|single))(?![\w-])",
    re.I,
)
LIST_ADDRESSES = frozenset(
    [
        "ends in subject",
        "ends in listing",
        "ends in archive",
        "below listing",
        "month at end",
        "date at end",
        "list in query",
    ]
)
MANY_LINKS = 12
LONG_LINE_WORDS = 40
PROSE_WORDS = 50
MAX_CHARS = 20_000
HEADLINE_CHARS = 25
HEADLINE_CJK = 10
MAX_LINKS = 30_000
MAX_CARDS = 150
MIN_CARDS = 3
KEY_CHARS = 40


def listing_signs(tree: HtmlElement, url: str, body: str, declared_types: Collection[str]) -> dict[str, int]:
    """Return the signs for a list, with their weights; those for a story are negative."""
    signs: dict[str, int] = {}

    def sign(name: str, weight: int, holds: bool) -> None:
        if holds:
            signs[name] = weight

    types = {name.lower() for name in declared_types}
    sign("declared a list", 2, not types.isdisjoint(LIST_TYPES))
    sign("og:type article", -1, "article" in types)
    dated = any(
        (meta.get("property") or meta.get("name") or "").lower()
        in ("article:published_time", "datepublished", "pubdate")
        for meta in tree.iter("meta")
    )
    sign("dated", -2, dated)
    names = _template_names(tree)
    sign("template of a story", -3, bool(STORY_CLASSES.search(names)))
    sign("template of a list", 2, bool(LIST_CLASSES.search(names)))
    host, path = _place(url)
    root = host != "" and path in ("", "/", "/index.html", "/index.htm", "/index.php")
    sign("root of the site", 2, root)
    likelihood = article_likelihood(url)
    named = not LIST_ADDRESSES.isdisjoint(features(url))
    sign("address of a list", 2 if named else 1, path != "" and not root and likelihood < 0.15)
    sign("address of a story", -2, likelihood > 0.6)
    links = _headline_links(tree)
    sign("many headlines", 1, len(links) >= MANY_LINKS)
    sign("very many headlines", 1, len(links) >= 4 * MANY_LINKS)
    cards = _cards(tree)
    lines = [(words(line[:300])[:KEY_CHARS], _size(line)) for line in body[:MAX_CHARS].split("\n") if line.strip()]
    told = {key: [card for card in cards if key in card] for key, _ in lines}
    own = [size for key, size in lines if not told[key]]
    text = words(body[:MAX_CHARS])
    linked = text != "" and sum(len(link) for link in islice(links, MAX_CARDS) if link in text) * 10 >= len(text) * 4
    sign("text is links", 2, linked)
    sign("no prose", 1, max(own, default=0) < LONG_LINE_WORDS or linked)
    sign("prose of its own", -2, not linked and sum(n for n in own if n >= LONG_LINE_WORDS // 2) >= PROSE_WORDS)
    inside = sum(bool(told[key]) for key, _ in lines)
    teasers = len({card for found in told.values() for card in found[:2]})
    sign("lines are teasers", 3, teasers >= MIN_CARDS and inside * 2 >= len(lines))
    return signs


def _template_names(tree: HtmlElement) -> str:
    body = tree.find("body")
    found = [tree.get("class") or "", tree.get("data-page-type") or ""]
    if body is not None:
        found += [body.get(name) or "" for name in ("class", "id", "data-page-type", "data-template", "data-pagetype")]
    return " ".join(found)[:4_000]


def _place(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.netloc, parts.path + ("?" + parts.query if parts.query else "")


def _headline_links(tree: HtmlElement) -> dict[str, None]:
    """Return the words of the links that read like headlines, each target once."""
    found: dict[str, str] = {}
    for link in islice(tree.iter("a"), MAX_LINKS):
        href = link.get("href")
        if not href or href in found:
            continue
        text = " ".join(link.text_content().split())[:300]
        if len(text) >= HEADLINE_CHARS or (not text.isascii() and len(CJK.findall(text)) >= HEADLINE_CJK):
            found[href] = words(text)
    return dict.fromkeys(found.values())


def _cards(tree: HtmlElement) -> set[str]:
    """Return the words of the blocks whose first heading is a link: the teasers of other stories."""
    found: dict[HtmlElement, None] = {}
    for heading in islice(tree.iter("h2", "h3", "h4"), MAX_CARDS):
        parent = heading.getparent()
        if parent is None or not (parent.tag == "a" or heading.find(".//a") is not None):
            continue
        card = parent.getparent() if parent.tag == "a" else parent
        if card is not None and sum(1 for _ in islice(card.iter("h2", "h3", "h4"), 3)) == 1:
            outer = card.getparent()  # a heading in a header of its own
            if outer is not None and sum(1 for _ in islice(outer.iter("h1", "h2", "h3", "h4"), 3)) == 1:
                card = outer
            found[card] = None
    return {words(" ".join(islice(card.itertext(), 40))[:1_500]) for card in found}


def _size(line: str) -> int:
    """Count the words of *line*; two characters of a script without blanks make one."""
    return len(line.split()) + len(CJK.findall(line)) // 2 if not line.isascii() else len(line.split())

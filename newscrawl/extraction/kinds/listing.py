"""What tells a list of stories (home page, section, tag, author, archive) from one story."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawl.discovery.likelihood import article_likelihood, features
from newscrawl.extraction.tree.nodes import Nodes
from newscrawl.text.clean import estimate_words, words
from newscrawl.text.scripts import DENSE_CHAR

LIST_PAGES = frozenset({"collectionpage", "searchresultspage", "profilepage", "aboutpage", "contactpage"})
LIST_TYPES = LIST_PAGES | {"itemlist", "podcastseries", "radioseries", "tvseries", "broadcastservice"}
GALLERIES = frozenset({"imagegallery", "mediagallery", "videogallery"})
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
GALLERY_PATH = re.compile(
    r"/(?:photos?|galler(?:y|ies)|fotos?|galerie|galeria|bilder|diaporama|slideshows?|videos?)(?:/|-|$)", re.I
)
MONTH_PATH = re.compile(r"/(?:19|20)\d\d/(?:0[1-9]|1[0-2])/?$")
MANY_LINKS = 12
LONG_LINE_WORDS = 40
PROSE_WORDS = 50
MAX_CHARS = 20_000
HEADLINE_CHARS = 25
HEADLINE_DENSE = 10
MAX_LINKS = 30_000
MAX_CARDS = 150
MIN_CARDS = 3
KEY_CHARS = 40
HEADINGS = ("h1", "h2", "h3", "h4")
TEASER_WORDS = 6
"""Of text to a linked heading: with fewer it introduces the list or is its teasers."""

VIDEO_SIGN = "a video without prose"
CAPTION_WORDS = 60
NEAR = 150  # elements below the headline, among which the page's own player stands
MANY_LABELS = 10
"""So many fields are no comment form, which has five."""

UNBROKEN_WORDS = 100
SENTENCE_WORDS = 60
SENTENCE_END = re.compile(r"(?<![.A-Z])[.!?؟।][\"'”»)\]]*(?=\s|$)")
CLOCK = re.compile(r"\W*(?:[01]?\d|2[0-4])\s?[:.h]\s?[0-5]\d\b")
MANY_TIMES = 6
INGREDIENTS = 3


def listing_signs(
    tree: HtmlElement, nodes: Nodes, url: str, body: str, declared_types: Collection[str]
) -> dict[str, int]:
    """Return the signs for a list, with their weights; those for a story are negative.

    *nodes* are those of the body of *tree*.
    """
    signs: dict[str, int] = {}

    def sign(name: str, weight: int, holds: bool) -> None:
        if holds:
            signs[name] = weight

    types = {name.lower() for name in declared_types}
    sign("declared a list", 2, not types.isdisjoint(LIST_TYPES))
    sign("og:type article", -1, "article" in types)
    sign("dated", -2, dated := _is_dated(tree))
    declared = dated or "article" in types
    names = template_names(tree)
    sign("template of a story", -3, bool(STORY_CLASSES.search(names)))
    sign("template of a list", 2, bool(LIST_CLASSES.search(names)))
    host, path = _place(url)
    root = host != "" and path in ("", "/", "/index.html", "/index.htm", "/index.php")
    sign("root of the site", 2, root)
    likelihood = article_likelihood(url)
    is_month = MONTH_PATH.search(path) is not None
    named = is_month or not LIST_ADDRESSES.isdisjoint(features(url))
    sign("address of a list", 2 if named else 1, path != "" and not root and (likelihood < 0.15 or is_month))
    sign("address of a story", -2, likelihood > 0.6 and not is_month)
    texts = _link_texts(nodes)
    links = _headline_links(texts)
    headings = linked_headings(nodes)
    headlines = max(len(links), headings)
    sign("many headlines", 1, headlines >= MANY_LINKS)
    sign("very many headlines", 1, len(links) >= 4 * MANY_LINKS or headings >= 3 * MANY_LINKS)
    sign("headings lead elsewhere", 1, not declared and headings >= 8 * MANY_LINKS)
    cards = _cards(nodes)
    body_lines = [line for line in body[:MAX_CHARS].split("\n") if line.strip()]
    lines = [(words(line[:300])[:KEY_CHARS], _size(line), line) for line in body_lines]
    cards_of = {key: [card for card in cards if key in card] for key, _, _ in lines}
    in_links = _keys_in_links(texts)
    own = [size for key, size, line in lines if not (cards_of[key] or key in in_links or _is_unbroken(line, size))]
    text = " ".join(filter(None, map(words, body_lines)))
    size = sum(size for _, size, _ in lines)
    linked = text != "" and (
        sum(len(link) for link in islice(links, MAX_CARDS) if link in text) * 10 >= len(text) * 4
        or (not declared and sum(size for key, size, _ in lines if key in in_links) * 2 >= size)
    )
    sign("text is links", 2, linked)
    form = not declared and _is_form(tree, text)
    sign("text is a form", 3, form)
    little = not declared and headings >= 20 and size <= TEASER_WORDS * headings
    sign("little text among headlines", 3, little)
    sign("no prose", 1, max(own, default=0) < LONG_LINE_WORDS or linked or form)
    prose = sum(n for n in own if n >= LONG_LINE_WORDS // 2) >= PROSE_WORDS
    front = root and not declared and (headings >= MANY_LINKS or headlines >= 4 * MANY_LINKS)
    sign("prose of its own", -2, prose and not (linked or form or little or front))
    times = sum(CLOCK.match(line) is not None for line in body_lines)
    schedule = not declared and times >= MANY_TIMES and times * 5 >= len(body_lines) * 2
    sign("times of a schedule", 4, schedule)
    sign("a recipe among others", 2, not declared and headings >= MANY_LINKS and _is_recipe(tree, types))
    video = any(name.startswith("video") for name in types) and bool(GALLERY_PATH.search(url.partition("?")[0]))
    sign(VIDEO_SIGN, 4, video and max(own, default=0) < LONG_LINE_WORDS // 2)
    captioned = not declared and size < CAPTION_WORDS and _has_player(tree)
    sign(VIDEO_SIGN, 5, captioned)
    inside = sum(bool(cards_of[key]) or key in in_links for key, _, _ in lines)
    teasers = len({card for cards in cards_of.values() for card in cards[:2]})
    sign("lines are teasers", 3, teasers >= MIN_CARDS and inside * 2 >= len(lines))
    return signs


def is_declared(tree: HtmlElement, declared_types: Collection[str]) -> bool:
    """Tell whether the page declares the type or the date of an article."""
    return "article" in {name.lower() for name in declared_types} or _is_dated(tree)


def _is_dated(tree: HtmlElement) -> bool:
    """Tell whether the page declares when it was published."""
    return any(
        (meta.get("property") or meta.get("name") or "").lower()
        in ("article:published_time", "datepublished", "pubdate")
        for meta in tree.iter("meta")
    )


def linked_headings(nodes: Nodes) -> int:
    """Count the headings that lead elsewhere, as those of other stories do."""
    return sum(_is_linked(nodes, heading) for tag in HEADINGS for heading in nodes.tagged[tag][:MAX_LINKS])


def _is_linked(nodes: Nodes, heading: int) -> bool:
    home = nodes.parents[heading]
    return home >= 0 and (nodes.tags[home] == "a" or bool(nodes.inside(heading, "a")))


def _link_texts(nodes: Nodes) -> list[tuple[str, list[str]]]:
    """Return the address of each link with the texts that it is made of."""
    links = []
    for at, href in islice(nodes.hrefs.items(), MAX_LINKS):
        if href and nodes.ends[at] == at + 1:
            text = nodes.texts[at]
            links.append((href, [text] if text else []))
        elif href:
            links.append((href, list(islice(nodes.elements[at].itertext(), 40))))
    return links


def _keys_in_links(links: list[tuple[str, list[str]]]) -> set[str]:
    """Return the beginnings of the texts that stand in links."""
    texts = (text for _, texts in links for text in texts if len(text) >= HEADLINE_CHARS)
    return {words(" ".join(text.split())[:300])[:KEY_CHARS] for text in texts} - {""}


def _is_form(tree: HtmlElement, text: str) -> bool:
    """Tell whether much of *text* is what the fields of a form are called."""
    labels = {words(" ".join(islice(label.itertext(), 40))[:300]) for label in islice(tree.iter("label"), MAX_CARDS)}
    asked = sum(len(label) for label in labels if label in text)
    return len(labels) >= MANY_LABELS and asked * 10 >= len(text) * 4 > 0


def _has_player(tree: HtmlElement) -> bool:
    """Tell whether a film is shown right below the headline, or right above it."""
    headline = next(tree.iter("h1"), None)
    if headline is None:
        return False
    before: list[str] = []
    below = -1
    for element in tree.iter():
        if element is headline:
            below = 0
        elif below >= 0:
            below += 1
        if below < 0:
            before.append(str(element.tag))
        elif element.tag == "video":
            return True
        if below > NEAR:
            break
    return "video" in before[-NEAR // 5 :]


def _is_recipe(tree: HtmlElement, types: Collection[str]) -> bool:
    named = (element for element in tree.iter("div", "section", "ul", "li", "p") if "ingredient" in _names(element))
    return "recipe" in types or sum(1 for _ in islice(named, INGREDIENTS)) == INGREDIENTS


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()


def _is_unbroken(line: str, size: int) -> bool:
    """Tell whether a long *line* has no sentences: labels, one behind another. Only scripts with cases tell."""
    if size < UNBROKEN_WORDS or sum(map(str.islower, line)) * 2 < len(line):
        return False
    return len(SENTENCE_END.findall(line)) * SENTENCE_WORDS < size


def template_names(tree: HtmlElement) -> str:
    """Return the classes and other names that the page gives its template."""
    body = tree.find("body")
    names = [tree.get("class") or "", tree.get("data-page-type") or ""]
    if body is not None:
        names += [body.get(name) or "" for name in ("class", "id", "data-page-type", "data-template", "data-pagetype")]
    return " ".join(names)[:4_000]


def _place(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.netloc, parts.path + ("?" + parts.query if parts.query else "")


def _headline_links(links: list[tuple[str, list[str]]]) -> dict[str, None]:
    """Return the words of the links that read like headlines, each target once."""
    found: dict[str, str] = {}
    for href, texts in links:
        if href in found:
            continue
        text = " ".join(" ".join(texts).split())[:300]
        if len(text) >= HEADLINE_CHARS or (not text.isascii() and len(DENSE_CHAR.findall(text)) >= HEADLINE_DENSE):
            found[href] = words(text)
    return dict.fromkeys(found.values())


def _cards(nodes: Nodes) -> set[str]:
    """Return the words of the blocks whose first heading is a link: the teasers of other stories."""
    cards: dict[int, None] = {}
    tags = HEADINGS if len(nodes.tagged["h1"]) > MIN_CARDS else HEADINGS[1:]
    for heading in sorted(at for tag in tags for at in nodes.tagged[tag])[:MAX_CARDS]:
        if not _is_linked(nodes, heading):
            continue
        card = nodes.parents[heading]
        if nodes.tags[card] == "a":
            card = nodes.parents[card]
        if card >= 0 and _headings_in(nodes, card, tags) == 1:
            outer = nodes.parents[card]  # a heading in a header of its own
            cards[outer if outer >= 0 and _headings_in(nodes, outer, HEADINGS) == 1 else card] = None
    return {words(" ".join(islice(nodes.elements[card].itertext(), 40))[:1_500]) for card in cards}


def _headings_in(nodes: Nodes, at: int, tags: Sequence[str]) -> int:
    return sum(len(nodes.inside(at, tag)) for tag in tags)


def _size(line: str) -> int:
    """Count the words of *line*; two characters of a script without blanks make one."""
    return estimate_words(line)

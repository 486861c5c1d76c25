"""Reads a page of links: which lead to articles, and which to further lists of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlsplit

from lxml.etree import strip_elements
from lxml.html import HtmlElement

from newscrawl.discovery.candidate import Candidate, Via
from newscrawl.discovery.document import Document, DocumentLink
from newscrawl.discovery.feed_links import declared_feeds, is_feed_address
from newscrawl.discovery.likelihood import article_likelihood
from newscrawl.discovery.paging import page_of_listing
from newscrawl.html.parse import parse
from newscrawl.phrases.links import SUBDOMAINS, WORDS
from newscrawl.text.clean import one_line
from newscrawl.urls import absolute_url, site_of, url_key

LIKELY = 0.5
LIKELY_HEADLINE = 0.2  # what stands as a headline and not in a menu: sections that head their boxes are below it
MAX_LINKS = 5_000  # of one page; the largest home page met has 1,400
MAX_SECTIONS = 20
MAX_FEEDS = 10
MAX_TEXT = 300

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
MENUS = frozenset(("nav", "header", "menu"))
MARGINS = frozenset(("aside", "footer"))
OWN = 3  # articles that a page lists at least, beside those in its margins
NO_SECTION = frozenset(("service", "offer", "paid"))

_NEXT = re.compile(
    r"(?:next|older|weiter|nächste|suivante?|página siguiente|siguiente|successiva|seguinte|próxima|volgende|nästa)"
    r"(?: page| posts| entries| stories| seite)?\W*$|[»›→]$",
    re.I,
)
_COLUMN_NAME = re.compile(r"(?<![\w-])(?:side-?bar|(?:right|left)-?(?:rail|column)|widget-?area)(?![\w-])", re.I)
_MENU_NAME = re.compile(r"\b(?:nav|menu|navigation|navbar)\b", re.I)


@dataclass(slots=True)
class _Link:
    """All that a page says of one URL."""

    url: str
    headlines: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    in_menu: bool = False
    in_margin: bool = True
    """Wherever it stands, it is beside the page's own content."""

    @property
    def text(self) -> str:
        """The longest headline, else the longest text of those that are not a whole teaser."""
        if self.headlines:
            return max(self.headlines, key=len)
        return max((text for text in self.texts if len(text) <= 160), key=len, default=max(self.texts, default=""))


def read_listing(text: str, url: str) -> Document:
    """Return the articles that the page *text* links to on its own site, in the page's order, and the documents worth
    reading."""
    tree = parse(text)
    if tree is None:
        return Document("page", detail="an empty page")
    strip_elements(tree, "script", "style", "svg", "template", with_tail=False)
    base = _base(tree, url)
    feeds = declared_feeds(tree, base)
    links, next_page, named, overflow = _links(tree, url, base)
    candidates: list[Candidate] = []
    beside: list[Candidate] = []
    sections = []
    for link in links:
        text = link.text
        if article_likelihood(link.url, text) >= (LIKELY_HEADLINE if link.headlines and not link.in_menu else LIKELY):
            (beside if link.in_margin else candidates).append(Candidate(link.url, Via.LISTING, url, title=text or None))
        elif (rank := _section_rank(link, text)) is not None:
            sections.append((rank, link.url))
    sections.sort(key=lambda section: section[0])
    documents = (feeds or [DocumentLink(feed, "feed", url) for feed in named])[:MAX_FEEDS]
    documents += [DocumentLink(address, "section", url) for address in next_page[:1]]
    documents += [
        DocumentLink(address, "section", url) for _, address in sections[:MAX_SECTIONS] if address not in next_page[:1]
    ]
    if len(candidates) < max(OWN, len(beside) / 2):  # then what looks like a margin is the list
        candidates, beside = candidates + beside, []
    title = next((one_line(element.text or "") for element in islice(tree.iter("title"), 1)), "")
    detail = f"{overflow} links beyond {MAX_LINKS} left out" if overflow else ""
    return Document("page", tuple(candidates), tuple(documents), title or None, detail, overflow, beside=tuple(beside))


def _base(tree: HtmlElement, url: str) -> str:
    """Return what relative links are relative to: a base element is believed if it stays on the site."""
    for element in islice(tree.iter("base"), 10):
        base = absolute_url(element.get("href") or "", url)
        if base and site_of(base) == site_of(url):
            return base
    return url


def _links(tree: HtmlElement, url: str, base: str) -> tuple[list[_Link], list[str], list[str], int]:
    """Return the links to the page's site, its next page, the feeds it links to, and how many were left out."""
    by_key: dict[str, _Link] = {}
    addresses: dict[str, tuple[str, str] | None] = {}
    next_page: list[str] = []
    feeds: list[str] = []
    overflow = 0
    first, page = page_of_listing(url)
    site, own = site_of(url), {url_key(url), url_key(base)}
    content = {*tree.iter("main"), *tree.xpath("//*[@role = 'main']")}
    for position, element in enumerate(tree.iter("a", "link", "area")):
        href, rel = (element.get("href") or "").strip(), (element.get("rel") or "").lower().split()
        if not href or href[0] == "#" or (element.tag == "link" and "next" not in rel):
            continue
        if position >= MAX_LINKS:
            overflow += 1
            continue
        if href not in addresses:
            address = absolute_url(href, base)
            addresses[href] = (address, url_key(address)) if address and site_of(address) == site else None
        if not (known := addresses[href]) or known[1] in own:
            continue
        address, key = known
        text = _text(element)
        root, number = page_of_listing(address)
        if "next" in rel or _NEXT.match(text) or (root, number) == (first, page + 1):
            next_page.append(address)
        elif root == first and number > 1:
            continue  # another page of this very listing
        elif is_feed_address(address):
            feeds.append(address)
        else:
            link = by_key.setdefault(key, _Link(address))
            (link.headlines if _is_headline(element) else link.texts).append(text)
            link.in_menu = link.in_menu or _in_menu(element)
            link.in_margin = link.in_margin and _in_margin(element, content)
    return list(by_key.values()), next_page, list(dict.fromkeys(feeds)), overflow


def _text(element: HtmlElement) -> str:
    """Return the headline within a link, else its text, else what its picture is called."""
    for part in islice(element.iter(*HEADINGS), 1):
        if text := _words(part):
            return text
    return _words(element) or next(
        (one_line(image.get("alt") or "", MAX_TEXT) for image in islice(element.iter("img"), 3) if image.get("alt")),
        one_line(element.get("title") or element.get("aria-label") or "", MAX_TEXT),
    )


def _words(element: HtmlElement) -> str:
    return one_line(" ".join(islice(element.itertext(), 40)), MAX_TEXT)


def _is_headline(element: HtmlElement) -> bool:
    if next(element.iter(*HEADINGS), None) is not None:
        return True
    return any(parent.tag in HEADINGS for parent in islice(element.iterancestors(), 3))


def _in_menu(element: HtmlElement) -> bool:
    return any(
        parent.tag in MENUS or parent.get("role") == "navigation" or _MENU_NAME.search(parent.get("class") or "")
        for parent in islice(element.iterancestors(), 8)
    )


def _in_margin(element: HtmlElement, content: set[HtmlElement]) -> bool:
    """Tell whether a link stands beside what the page is about: outside of its *content*, or in a side column."""
    within = False
    for parent in element.iterancestors():
        if parent.tag in MARGINS or parent.get("role") == "complementary" or _is_column(parent):
            return True
        within = within or parent in content
    return bool(content) and not within


def _is_column(element: HtmlElement) -> bool:
    return any(_COLUMN_NAME.search(name) for name in (element.get("class"), element.get("id")) if name)


def _section_rank(link: _Link, text: str) -> int | None:
    """Return how near the front a section stands, 0 the nearest; None for what is none."""
    parts = urlsplit(link.url)
    segments = [segment for segment in parts.path.lower().split("/") if segment]
    classes = [WORDS.get(segment) for segment in segments]
    if not 1 <= len(segments) <= 3 or parts.query or "." in segments[-1] or segments[-1].isdigit():
        return None
    if not NO_SECTION.isdisjoint(classes) or parts.netloc.partition(".")[0] in SUBDOMAINS:
        return None
    if classes[-1] == "subject":
        return 0 if link.in_menu else 1
    if not link.in_menu or not text or len(text) > 40:
        return None
    return 2

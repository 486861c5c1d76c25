"""An article in several pages: which links of a page lead to its others.

A link counts by its address, which is the article's own with a page number, and by what says that it counts pages:
rel=next, its number as text, the word for the next page. Comments, pictures and lists beside the text are numbered
too: what tells them is the place of their links, and at last that their pages repeat the text (``spiders.parts``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml.html import HtmlElement

from newscrawl.extraction.links.paged import Pager
from newscrawl.extraction.tree.nodes import Nodes
from newscrawl.phrases.pages import NEXT, WHOLE, WHOLE_ADDRESS
from newscrawl.text.clean import one_line
from newscrawl.urls import absolute_url, url_key
from newscrawl.urls.page_number import PageNumber, page_numbers

MAX_LINKS = 3_000
NO_ADDRESS = ("javascript:", "mailto:", "tel:")
ROOTED = ("http://", "https://", "/")
HINTS = ("next", "prev", "first")
MAX_PAGES = 40  # that one page may name
NUMBER_TEXT = re.compile(r"\D{0,14}?(\d{1,3})(?:\D{0,8}|[.:)] .*)")
MAY_COUNT = re.compile(r"\d(?:\.\w{2,5})?/*(?:[?#]|$)|\?[^#]*\d")
"""Where an address may have the number of a page: at its end or among its parameters (``urls.page_number``)."""

BESIDE = re.compile(
    r"comment|kommentar|coment|disqus|repl(?:y|ies)|gall?er(?:y|ie)|slide-?show|slider|carousel|swiper|lightbox", re.I
)
PAGER = re.compile(r"pagi?nat|pager|page-?(?:links|numbers|nav)|post-?pages|next-?page|nextpage", re.I)
ABOVE = 7  # elements around a link that say what it belongs to


@dataclass(slots=True)
class _Link:
    """All that a page says of one address."""

    url: str
    numbers: set[int] = field(default_factory=set)
    """That its texts are."""

    is_next: bool = False
    """By rel, by its words or by the class of what it stands in."""


def find_pager(tree: HtmlElement, nodes: Nodes, url: str, base: str, canonical: str | None = None) -> Pager | None:
    """Return the pager of the article at *url*; None for the most part, which is one page.

    *nodes* are those of the body of *tree*.
    """
    for own in dict.fromkeys((url, canonical or url)):
        if (address := absolute_url(own)) and (pager := _pager_of(tree, nodes, address, base)):
            return pager
    return None


def _pager_of(tree: HtmlElement, nodes: Nodes, own: str, base: str) -> Pager | None:
    key, readings = url_key(own), page_numbers(own)
    roots = {reading.root: reading for reading in readings}
    stems = {_stem(own), *(stem for reading in readings if (stem := _stem(f"http://{reading.root}")))} - {""}
    series: defaultdict[str, dict[int, _Link]] = defaultdict(dict)
    plain: dict[str, bool] = {}
    firsts: dict[str, _Link] = {}
    whole = None
    for element, href in _links(tree, nodes, stems):
        text = one_line("".join(islice(element.itertext(), 20)), 60)
        if not (readings or MAY_COUNT.search(href) or WHOLE.fullmatch(text)):
            continue
        address = absolute_url(href, base)
        if address is None or BESIDE.search(href.partition("#")[2]) or _is_beside(element):
            continue
        if (other := url_key(address)) == key and not _differs(address, own):
            continue
        if whole is None and _is_whole(address, text, {own, *(f"http://{root}" for root in roots)}):
            whole = address
            continue
        if (reading := roots.get(other)) is not None:
            _note(firsts.setdefault(reading.form, _Link(address)), element, text)
        for number in page_numbers(address):
            if number.root == key or any(_same_series(number, mine) for mine in readings):
                _note(series[number.form].setdefault(number.number, _Link(address)), element, text)
                plain[number.form] = number.is_plain
    best = max(series | firsts, key=lambda form: (plain.get(form, True), len(series[form])), default=None)
    for form in sorted(series | firsts, key=lambda form: (form != best, form)):
        mine = next((reading for reading in readings if reading.form == form), None)
        if pager := _pager(form, mine, series[form], firsts.get(form), plain.get(form, False), whole):
            return pager
    return Pager(-1, whole=whole) if whole else None


def _pager(
    form: str, mine: PageNumber | None, links: dict[int, _Link], first: _Link | None, plain: bool, whole: str | None
) -> Pager | None:
    """Return the pager of the links that are numbered in one *form*, if anything says that they count pages."""
    is_plain = plain or (mine is not None and mine.is_plain)
    shown = [
        number
        for number, link in links.items()
        if number in link.numbers or (form.startswith("?") and is_plain and link.numbers)
    ]
    if mine is not None and first is not None and 1 in first.numbers:
        shown.append(-1)
    if not shown and not (is_plain and any(link.is_next for link in (*links.values(), *filter(None, (first,))))):
        return None
    number = -1 if mine is None else mine.number
    # a link called 1 is this very page, where this one has no number: /story/1/ beside /story/
    alias = {n for n, link in links.items() if mine is None and (1 in link.numbers or n == 0)}
    if mine is None and not form.startswith("?"):
        alias.add(1)
    others = sorted((n, link.url) for n, link in links.items() if n not in alias and n != number)[:MAX_PAGES]
    start = first.url if first is not None else None
    if mine is not None and start is None and others and others[0][0] < number:
        start = others[0][1]
    if mine is not None and start is None and not any(n > number for n, _ in others):
        return None
    if not others and start is None:
        return None
    return Pager(number, start, tuple((n, url) for n, url in others if url != start), whole)


def _same_series(number: PageNumber, mine: PageNumber) -> bool:
    return number.root == mine.root and number.form == mine.form


def _links(tree: HtmlElement, nodes: Nodes, stems: Collection[str]) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the links whose address may be the article's own with a number: in its head, in menus, in the text."""
    head = tree.find("head")
    hints = list(head.iter("link")) if head is not None else []
    hints += [nodes.elements[at] for at in nodes.tagged["link"]]
    for hint in hints:
        if not _rel(hint).isdisjoint(HINTS) and _may_be_own(href := (hint.get("href") or "").strip(), stems):
            yield hint, href
    links = nodes.hrefs
    if options := nodes.tagged["option"]:
        links = dict(sorted((links | {at: nodes.elements[at].get("value") for at in options}).items()))
    for at, href in islice(links.items(), MAX_LINKS):
        if not href:
            continue
        for stem in stems:
            if stem in href:
                break
        else:
            if stems and href.startswith(ROOTED) and "%" not in href and "?" not in href:  # most links, told at once
                continue
        if _may_be_own(href := href.strip(), stems):
            yield nodes.elements[at], href


def _may_be_own(href: str, stems: Collection[str]) -> bool:
    """Tell whether *href* may be the article's own address with a number: by the last part of its path, its *stems*."""
    if not href or href[0] == "#" or href.startswith(NO_ADDRESS):
        return False
    path = href.partition("?")[0]  # the parameters of share buttons have the article's address
    if not path or not ("/" in href.strip("/") or (href[0] == "/" and path is href and stems)):
        return True
    return any(map((unquote(path) if "%" in path else path).__contains__, stems))


def _stem(url: str) -> str:
    """Return the last part of a path, without its ending, as a person reads it."""
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    return unquote(last.rpartition(".")[0] or last)


def _rel(element: HtmlElement) -> set[str]:
    return set((element.get("rel") or "").lower().split())


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_beside(element: HtmlElement) -> bool:
    around = islice(element.iterancestors(), ABOVE)
    for part in around:
        name = _names(part)
        if len(name) > 1 and _is_named_beside(name) and part.tag not in ("body", "html"):
            return True
    return False


@lru_cache(maxsize=4096)  # the links of one menu stand in the same elements
def _is_named_beside(name: str) -> bool:
    return BESIDE.search(name) is not None


def _note(link: _Link, element: HtmlElement, text: str) -> None:
    if (match := NUMBER_TEXT.fullmatch(text)) is not None:
        link.numbers.add(int(match[1]))
    around = (element, *islice(element.iterancestors(), 3))
    said = text or element.get("title") or element.get("aria-label") or ""
    link.is_next = link.is_next or bool(
        _rel(element) & {"next", "prev"}
        or NEXT.fullmatch(said)
        or any(part.tag not in ("body", "html") and PAGER.search(_names(part)) for part in around)
    )


def _differs(address: str, own: str) -> bool:
    """Tell whether two addresses of one key ask for different things: ``?page=all``."""
    return address.partition("?")[2] != own.partition("?")[2]


def _is_whole(address: str, text: str, roots: Iterable[str]) -> bool:
    """Tell whether *address* is the article's own and asks for all of it on one page, by its words and its name."""
    if not WHOLE.fullmatch(text):
        return False
    there = urlsplit(address)
    for root in roots:
        here = urlsplit(root)
        mine, theirs = here.path.rstrip("/"), there.path.rstrip("/")
        if there.netloc.removeprefix("www.") != here.netloc.removeprefix("www."):
            continue
        more = set(parse_qsl(there.query, True)) - set(parse_qsl(here.query, True))
        if mine == theirs and any(WHOLE_ADDRESS.fullmatch(word) for pair in more for word in pair):
            return True
        rest = theirs.removeprefix(mine.rpartition(".")[0] or mine)
        if rest != theirs and WHOLE_ADDRESS.fullmatch(rest.strip("/-_.,").partition(".")[0]):
            return True
    return False

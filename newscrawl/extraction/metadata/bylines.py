"""Bylines that readers see: what the page's markup, addresses and words show to be the name of who wrote it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from newscrawl.dates.parse import read_stamp
from newscrawl.dates.words import is_date_word
from newscrawl.extraction.metadata.byline_places import (
    is_in_caption,
    is_in_card,
    is_in_sentence,
    is_in_teaser,
    is_labelled_otherwise,
)
from newscrawl.extraction.metadata.commenters import is_in_comment
from newscrawl.extraction.metadata.persons import EMAIL
from newscrawl.phrases.authors import BY, HOUSE, PRESS
from newscrawl.text.clean import words
from newscrawl.text.scripts import HAN, HANGUL

BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?line|authors?|authored|writer|written-?by|autor(?:es|en)?|auteurs?|autore|verfasser)(?:$|[\s_-])"
    r"|Author|Byline",
    re.I,
)
NOT_BYLINE = re.compile(
    r"bio|image|photo|avatar|social|comment|related|(?<!v)card|teaser|box|follow|twitter|title|job|role|(?<!publish.)date",
    re.I,
)
NAMES = ("data-component", "data-test", "data-testid", "data-qa", "data-role", "data-type")
"""Attributes in which templates name an element."""

PROFILE = re.compile(
    r"/(?:authors?|writers?|autor(?:e[ns]?|in|i|zy|ka|ski)?|auteurs?|autorius|avtor(?:ji|i|y)?|redakteur(?:e|in)?"
    r"|redakt[oö]r|journalist[ea]?s?|jornalistas?|periodistas?|giornalist[ai]|dziennikarze?|people|profiles?|profil[eo]?s?"
    r"|staff|contributors?|colaborador(?:es)?|columnist(?:a|en)?s?|kolumnist\w*|reporters?|bylines?|editors?|skribent(?:er)?"
    r"|forfatter|kirjoittajat?|toimittajat?|szerzok?|yazar(?:lar)?|muhabir|penulis|tac-gia|signature|firmas?|muallif)"
    r"/[^/?#]+",
    re.I,
)
"""The address of what a site tells of one of its authors."""

INLINE = frozenset("b strong i em u mark font small sup sub abbr q wbr".split())
SILENT = frozenset({"script", "style", "svg", "time"})
PARTS = re.compile(r"\s*[|•·∙]\s*|\s+[–—-]\s+")
REPORTER = re.compile(
    r"(?:[\[(（][^=\]）)]{1,14}=[^=\]）)]{1,14}[\])）]\s?)?"
    rf"[{HANGUL}]{{2,4}} ?(?:(?:인턴|객원|선임|수습|전문) ?)?(?:기자|특파원|논설위원)"
    rf"|[{HAN}々]{{3,5}}(?:記者|特派員)"
)
"""A Korean or Japanese name before its role, which says so as "by" does elsewhere."""

LABELLED = re.compile(
    rf"(?:作者|撰文|撰稿|采写|文字)\s?[:：]\s?([{HAN}·]{{2,8}}(?:[、 ][{HAN}]{{2,4}}(?![{HAN}:：]))*)"
)

ELEMENTS = ("p", "span", "div", "a", "address", "small", "li", "strong", "em", "b", "i", "h3", "h4", "h5", "td", "font")
UNNAMED = ("b", "strong", "font", "big", "td", "div", "span", "p", "center", "h4")
"""Elements in which old pages and page builders put a headline."""

MAX_SPACE = 40
"""Characters of white space and marks around a headline."""

BLOCKS = frozenset({"p", "div", "li", "ul", "section"})
MAX_ROLE_WORDS = 4
MAX_CLOCK_WORD = 4  # letters of what stands behind a time: am, Uhr, GMT
MICRODATA = ".//*[contains(concat(' ', normalize-space(@itemprop), ' '), ' author ')]"
MAX_MARKED = 60
MAX_CHARS = 150  # of a byline; what is longer is a sentence about the author
MAX_NAMED = 5
"""Names of one story; more are those of the stories beside it, or of the site's columnists."""

MAX_LINKS = 25
MAX_LINES = 60
"""Links and lines below the headline among which the byline is looked for: share buttons and breadcrumbs stand there
too, and further down begin the text and its quotations."""

MAX_ABOVE, MAX_RISE = 12, 4
"""Elements above the headline, in the block so many levels around it."""

MAX_BYLINES = 20
MAX_EVENTS = 120
"""Elements named a byline, and beginnings and ends of elements in one: bounds against pages made to be slow."""


@dataclass(frozen=True, slots=True)
class Byline:
    """What may name the authors."""

    texts: list[str]
    is_sure: bool = False
    """Whether it says that they wrote it: "By …"."""

    is_linked: bool = False
    """Whether it is a link to the authors' own pages."""


def bylines(tree: HtmlElement, title: str = "") -> Iterator[Byline]:
    """Yield what may be a byline, the surest kind first; within a kind in document order."""
    marked = [one for one in tree.xpath(MICRODATA)[:MAX_MARKED] if not (is_in_comment(one) or is_in_teaser(one, title))]
    named = [one for element in marked[:10] for one in element.xpath(".//*[@itemprop='name']")[:3]]
    texts = [element.get("content") or parted_text(element) for element in named]
    yield Byline(texts if len(texts) <= MAX_NAMED else texts[:1])  # more bylines belong to the teasers beside the story
    yield profile_links(tree, title)
    for element in tree.xpath(".//a[@rel='author']")[:1]:
        if is_in_teaser(element, title):
            continue
        yield Byline([parted_text(element)], is_linked=True)
    for element in islice(filter(is_byline, tree.iter(*ELEMENTS)), MAX_BYLINES):
        foot = next(element.iterancestors("footer"), None)  # of the page; an article's own may hold its byline
        if foot is not None and next(foot.iterancestors("article", "main"), None) is None:
            continue
        if not (is_labelled_otherwise(element) or is_in_teaser(element, title)):
            yield Byline([parted_text(element)])
    for element in near_headline(tree, title=title):
        if (text := spoken(element)) and not (is_in_card(element) or is_in_caption(element)):
            yield Byline([text])
    for element in islice(below_headline(tree, title=title), MAX_LINES):
        if text := with_role(element) or labelled(element):
            yield Byline([text])


def labelled(element: HtmlElement) -> str:
    """Return the Chinese name behind "author:" in a line that names source, editor and author one after another."""
    text = " ".join((element.text or "").split())
    found = LABELLED.search(text) if len(text) <= MAX_CHARS else None
    return found[1] if found else ""


def with_role(element: HtmlElement) -> str:
    """Return the name with which *element* begins where its role follows: "Aino Salo, Reporter".

    Other roles than those of the press count where a date follows: "Aino Salo | Professor | 3 May 2024".
    """
    text = " ".join((element.text or "").split())
    if not text or len(text) > MAX_CHARS or len(element):
        return ""
    if REPORTER.fullmatch(EMAIL.sub("", text).strip()):
        return text
    name, _, role = text.partition(", ")
    if PRESS.search(role) and len(role.split()) <= MAX_ROLE_WORDS and not text.endswith((".", "!", "?", ":")):
        return name
    name, *rest = PARTS.split(text)
    has_role = any(HOUSE.search(part) for part in rest)
    return name if has_role and any(char.isdigit() for char in rest[-1]) else ""


def sure_bylines(tree: HtmlElement, title: str = "") -> Iterator[Byline]:
    """Yield the bylines right below the headline that say who wrote it, in words ("By …") or by ``rel=author``."""
    if (links := profile_links(tree, title)).is_sure:
        yield links
    for element in islice(below_headline(tree, title=title), MAX_LINES):
        if is_byline(element) and BY.match(text := parted_text(element)):
            yield Byline([text])


def profile_links(tree: HtmlElement, title: str = "") -> Byline:
    """Return the texts of the first links below the headline that lead to its authors' own pages."""
    found: list[str] = []
    block: set[HtmlElement] = set()
    is_sure = False
    for element in islice(below_headline(tree, "a", title=title), MAX_LINKS):
        is_author = element.get("rel") == "author"
        if not (is_author or PROFILE.search(element.get("href") or "")) or is_in_card(element):
            continue
        if is_labelled_otherwise(element) or is_in_sentence(element):
            continue
        around = set(islice((one for one in element.iterancestors() if one.tag in BLOCKS), 2))
        if block and block.isdisjoint(around):
            break
        block = block or around
        named = next((one for one in islice(element.iterancestors(), 4) if is_byline(one)), element)
        is_sure = is_sure or is_author or any(spoken(one) for one in (named, *islice(element.iterancestors(), 2)))
        found.append(parted_text(named))
    return Byline(found, is_sure, is_linked=True) if len(found) <= MAX_NAMED else Byline([])


def spoken(element: HtmlElement) -> str:
    """Return the text of *element* where it says who wrote it: "By Nell Harrowby", the name in the next element too."""
    opening = (element.text or "").strip()
    if BY.match(opening) is None:
        return after_date(parted_text(element)) if len(element) < 5 else ""
    text = parted_text(element)
    if len(text) > MAX_CHARS:
        return ""
    if BY.fullmatch(text.strip("| :：")):
        following = element.getnext()
        is_element = following is not None and isinstance(following.tag, str)
        text = f"{text}|{parted_text(following)}" if is_element else ""
    return text if len(text) <= MAX_CHARS else ""


def after_date(text: str) -> str:
    """Return what follows the date that opens *text*, if it says who wrote it: "Posted on 4 May 2024 by Nell Harrowby".

    A word before the date may say what it is of; "" where there is no date or nobody after it.
    """
    parts = text.replace("|", " ").split() if len(text) <= MAX_CHARS and not text.endswith((".", "!", "?")) else []
    end = max((index for index, part in enumerate(parts) if any(map(str.isdigit, part))), default=-1) + 1
    if not end:
        return ""
    before = [part for part in parts[:end] if not any(map(str.isdigit, part))]
    if not all(part.islower() or is_date_word(part) or not index for index, part in enumerate(before)):
        return ""
    after = [part for part in parts[end:] if part.strip("-–—·•,/|")]
    if after and len(after[0]) <= MAX_CLOCK_WORD and BY.fullmatch(after[0]) is None:
        del after[0]
    named = " ".join(after)
    return named if BY.match(named) and read_stamp(" ".join(parts[:end])) else ""


def near_headline(tree: HtmlElement, *tags: str, title: str = "") -> Iterator[HtmlElement]:
    """Yield the elements of *tags*, or ``ELEMENTS``, right below the headline, then those right above it."""
    yield from islice(below_headline(tree, *tags, title=title), MAX_LINES)
    yield from above_headline(tree, *tags, title=title)


def above_headline(tree: HtmlElement, *tags: str, title: str = "") -> list[HtmlElement]:
    """Return the last elements of *tags*, or ``ELEMENTS``, before the headline, in the block that it stands in."""
    headline = headline_of(tree, title)
    if headline is None:
        return []
    block = headline
    for above in islice(headline.iterancestors(), MAX_RISE):
        if above.tag in ("body", "html", "main"):
            break
        block = above
    before: deque[HtmlElement] = deque(maxlen=MAX_ABOVE)
    for element in block.iter(headline.tag, *(tags or ELEMENTS)):
        if element is headline:
            return list(before)
        before.append(element)
    return []


def below_headline(tree: HtmlElement, *tags: str, title: str = "") -> Iterator[HtmlElement]:
    """Yield the elements of *tags*, or ``ELEMENTS``, below the heading that is *title*, or the first h1."""
    headline = headline_of(tree, title)
    if headline is None:
        return
    below = False
    for element in tree.iter(headline.tag, *(tags or ELEMENTS)):
        if element is headline:
            below = True
        elif below and (element.tag not in ("b", "i") or (element.text or "").strip()):  # they draw icons, too
            yield element


def headline_of(tree: HtmlElement, title: str) -> HtmlElement | None:
    """Return the heading that is *title*, another element with its words, or the first h1; None where there is none."""
    key = words(title)
    headings = list(islice(tree.iter("h1", "h2", "h3"), 60))
    own = (one for one in headings if key and words(one.text_content()[:500]) == key)
    if (headline := next(own, None)) is not None:
        return headline
    most = len(title) + MAX_SPACE
    plain = (one for one in tree.iter(*UNNAMED) if key and len(title) <= len(one.text or "") <= most)
    headline = next((one for one in plain if words(one.text or "") == key), None)
    return headline if headline is not None else next((one for one in headings if one.tag == "h1"), None)


def is_byline(element: HtmlElement) -> bool:
    """Say whether the template names *element* a byline, and its text is as short as one."""
    name = element.get("class") or ""
    if len(element.attrib) > bool(name):
        name = " ".join([name, *(element.get(key) or "" for key in NAMES)])
    if not name or not _is_byline_name(name):
        return False
    return 1 < len(parted_text(element)) <= MAX_CHARS


@lru_cache(maxsize=4096)
def _is_byline_name(name: str) -> bool:
    return BYLINE.search(name) is not None and NOT_BYLINE.search(name) is None


def parted_text(element: HtmlElement) -> str:
    """Return the text of *element* on one line, with a bar where another element than an inline one begins or ends."""
    parts: list[str] = []
    for event, node in islice(iterwalk(element, events=("start", "end")), MAX_EVENTS):
        apart = not isinstance(node.tag, str) or node.tag not in INLINE
        if event == "start":
            parts += ["|" * (apart and node is not element), node.text or "" if node.tag not in SILENT else ""]
        elif node is not element:
            parts += ["|" * apart, node.tail or ""]
    pieces = (" ".join(piece.split()) for piece in "".join(parts)[:1000].split("|"))
    return "|".join(piece for piece in pieces if piece)

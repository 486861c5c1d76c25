"""Bylines that readers see: what the page's markup, addresses and words show to be the name of who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from newscrawl.dates.parse import read_stamp
from newscrawl.dates.words import is_date_word
from newscrawl.extraction.metadata.byline_places import (
    is_in_caption,
    is_in_card,
    is_in_sentence,
    is_labelled_otherwise,
)
from newscrawl.extraction.metadata.commenters import is_in_comment
from newscrawl.extraction.metadata.headline_place import ELEMENTS, Headline
from newscrawl.extraction.metadata.persons import EMAIL
from newscrawl.extraction.tree.nodes import Nodes
from newscrawl.extraction.tree.teasers import is_in_teaser
from newscrawl.phrases.authors import BY, PRESS, is_house
from newscrawl.text.caseless import Caseless
from newscrawl.text.scripts import HAN, HANGUL

BYLINE = Caseless(
    r"(?:^|[\s_-])(?:by-?line|authors?|authored|writer|written-?by|autor(?:es|en)?|auteurs?|autore|verfasser)(?:$|[\s_-])"
    r"|author|byline",
)
NOT_BYLINE = Caseless(
    r"bio|image|photo|avatar|social|comment|related|(?<!v)card|teaser|box|follow|twitter|title|job|role|(?<!publish.)date",
)
NAMES = dict.fromkeys(("data-component", "data-test", "data-testid", "data-qa", "data-role", "data-type")).keys()
"""Attributes in which templates name an element."""

NAMED = frozenset(ELEMENTS)

PROFILE = Caseless(
    r"/(?:authors?|writers?|autor(?:e[ns]?|in|i|zy|ka|ski)?|auteurs?|autorius|avtor(?:ji|i|y)?|redakteur(?:e|in)?"
    r"|redakt[oö]r|journalist[ea]?s?|jornalistas?|periodistas?|giornalist[ai]|dziennikarze?|people|profiles?|profil[eo]?s?"
    r"|staff|contributors?|colaborador(?:es)?|columnist(?:a|en)?s?|kolumnist\w*|reporters?|bylines?|editors?|skribent(?:er)?"
    r"|forfatter|kirjoittajat?|toimittajat?|szerzok?|yazar(?:lar)?|muhabir|penulis|tac-gia|signature|firmas?|muallif)"
    r"/[^/?#]+",
)
"""The address of what a site tells of one of its authors."""

INLINE = frozenset("b strong i em u mark font small sup sub abbr q wbr".split())
SILENT = frozenset({"script", "style", "svg", "time"})
FIGURE = re.compile(r"\d")
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

BLOCKS = frozenset({"p", "div", "li", "ul", "section"})
MAX_ROLE_WORDS = 4
MAX_CLOCK_WORD = 4  # letters of what stands behind a time: am, Uhr, GMT
MAX_MARKED = 60
MAX_CHARS = 150  # of a byline; what is longer is a sentence about the author
MAX_NAMED = 5
"""Names of one story; more are those of the stories beside it, or of the site's columnists."""

MAX_LINKS = 25
MAX_LINES = 60
"""Links and lines below the headline among which the byline is looked for: share buttons and breadcrumbs stand there
too, and further down begin the text and its quotations."""

MAX_BYLINES = 20
MAX_EVENTS = 119
MAX_RAW = 1_000
"""Elements named a byline; beginnings and ends of elements in one; its characters before blanks are joined: bounds
against pages made to be slow."""


@dataclass(frozen=True, slots=True)
class Byline:
    """What may name the authors."""

    texts: list[str]
    is_sure: bool = False
    """Whether it says that they wrote it: "By …"."""

    is_linked: bool = False
    """Whether it is a link to the authors' own pages."""


def bylines(headline: Headline) -> Iterator[Byline]:
    """Yield what may be a byline, the surest kind first; within a kind in document order."""
    nodes, elements, title = headline.nodes, headline.nodes.elements, headline.title
    yield marked(headline)
    yield profile_links(headline)
    author = next((at for at in nodes.tagged["a"] if elements[at].get("rel") == "author"), None)
    if author is not None and not is_in_teaser(elements[author], title):
        yield Byline([parted_text(nodes, author)], is_linked=True)
    for at in islice(named(nodes), MAX_BYLINES):
        element = elements[at]
        foot = next(element.iterancestors("footer"), None)  # of the page; an article's own may hold its byline
        if foot is not None and next(foot.iterancestors("article", "main"), None) is None:
            continue
        if not (is_labelled_otherwise(element) or is_in_teaser(element, title)):
            yield Byline([parted_text(nodes, at)])
    for at in headline.near():
        if (text := spoken(nodes, at)) and not (is_in_card(elements[at]) or is_in_caption(elements[at])):
            yield Byline([text])
    for at in islice(headline.below(), MAX_LINES):
        if nodes.own[at] and (text := with_role(nodes, at) or labelled(nodes, at)):
            yield Byline([text])


def marked(headline: Headline) -> Byline:
    """Return the names that the page's microdata marks as the author's; of more bylines, as teasers have, the first."""
    nodes, elements = headline.nodes, headline.nodes.elements
    authors = [at for at, kind in enumerate(nodes.itemprops) if kind and "author" in kind.split()][:MAX_MARKED]
    authors = [at for at in authors if not (is_in_comment(elements[at]) or is_in_teaser(elements[at], headline.title))]
    names = [
        one
        for at in authors[:10]
        for one in [inner for inner in range(at + 1, nodes.ends[at]) if nodes.itemprops[inner] == "name"][:3]
    ]
    texts = [elements[at].get("content") or parted_text(nodes, at) for at in names]
    return Byline(texts if len(texts) <= MAX_NAMED else texts[:1])


def named(nodes: Nodes) -> Iterator[int]:
    """Yield the elements that the template names a byline."""
    shown = enumerate(zip(nodes.tags, nodes.all, strict=True))
    return (at for at, (tag, size) in shown if size and tag in NAMED and is_byline(nodes, at))


def labelled(nodes: Nodes, at: int) -> str:
    """Return the Chinese name behind "author:" in a line that names source, editor and author one after another."""
    text = " ".join((nodes.texts[at] or "").split())
    found = LABELLED.search(text) if len(text) <= MAX_CHARS else None
    return found[1] if found else ""


def with_role(nodes: Nodes, at: int) -> str:
    """Return the name with which the element begins where its role follows: "Aino Salo, Reporter".

    Other roles than those of the press count where a date follows: "Aino Salo | Professor | 3 May 2024".
    """
    text = " ".join((nodes.texts[at] or "").split())
    if not text or len(text) > MAX_CHARS or nodes.ends[at] > at + 1:
        return ""
    if REPORTER.fullmatch(EMAIL.sub("", text).strip()):
        return text
    name, _, role = text.partition(", ")
    if PRESS.search(role) and len(role.split()) <= MAX_ROLE_WORDS and not text.endswith((".", "!", "?", ":")):
        return name
    name, *rest = PARTS.split(text)
    has_role = any(is_house(part) for part in rest)
    return name if has_role and any(char.isdigit() for char in rest[-1]) else ""


def sure_bylines(headline: Headline) -> Iterator[Byline]:
    """Yield the bylines right below the headline that say who wrote it, in words ("By …") or by ``rel=author``."""
    nodes = headline.nodes
    if (links := profile_links(headline)).is_sure:
        yield links
    for at in islice(headline.below(), MAX_LINES):
        if is_byline(nodes, at) and BY.match(text := parted_text(nodes, at)):
            yield Byline([text])


def profile_links(headline: Headline) -> Byline:
    """Return the texts of the first links below the headline that lead to its authors' own pages."""
    nodes, tags = headline.nodes, headline.nodes.tags
    found: list[str] = []
    block: set[int] = set()
    is_sure = False
    for at in islice(headline.below("a"), MAX_LINKS):
        element = nodes.elements[at]
        is_author = element.get("rel") == "author"
        if not (is_author or PROFILE.search(nodes.hrefs.get(at) or "")) or is_in_card(element):
            continue
        if is_labelled_otherwise(element) or is_in_sentence(element):
            continue
        around = set(islice((one for one in nodes.around(at) if tags[one] in BLOCKS), 2))
        if block and block.isdisjoint(around):
            break
        block = block or around
        byline = next((one for one in islice(nodes.around(at), 4) if is_byline(nodes, one)), at)
        outer = islice(nodes.around(at), 2)
        is_sure = is_sure or is_author or any(spoken(nodes, one) for one in (byline, *outer))
        found.append(parted_text(nodes, byline))
    return Byline(found, is_sure, is_linked=True) if len(found) <= MAX_NAMED else Byline([])


def spoken(nodes: Nodes, at: int) -> str:
    """Return the text of the element where it says who wrote it: "By Nell Harrowby", the name in the next one too."""
    if not nodes.all[at]:
        return ""
    opening = (nodes.texts[at] or "").strip()
    if not opening or BY.match(opening) is None:
        if nodes.ends[at] == at + 1 and not FIGURE.search(opening):
            return ""  # it has no date; most are told by it
        return after_date(parted_text(nodes, at)) if _has_few(nodes, at) else ""
    text = parted_text(nodes, at)
    if len(text) > MAX_CHARS:
        return ""
    if BY.fullmatch(text.strip("| :：")):
        following = next(nodes.following(at), None)
        text = f"{text}|{parted_text(nodes, following)}" if following is not None else ""
    return text if len(text) <= MAX_CHARS else ""


def _has_few(nodes: Nodes, at: int) -> bool:
    """Say whether the element has fewer than five children."""
    return nodes.ends[at] < at + 6 or len(list(islice(nodes.children(at), 5))) < 5


def after_date(text: str) -> str:
    """Return what follows the date that opens *text*, if it says who wrote it: "Posted on 4 May 2024 by Nell Harrowby".

    A word before the date may say what it is of; "" where there is no date or nobody after it.
    """
    parts = text.replace("|", " ").split() if len(text) <= MAX_CHARS and not text.endswith((".", "!", "?")) else []
    end = max((index for index, part in enumerate(parts) if any(map(str.isdigit, part))), default=-1) + 1
    if not end:
        return ""
    after = [part for part in parts[end:] if part.strip("-–—·•,/|")]
    if after and len(after[0]) <= MAX_CLOCK_WORD and BY.fullmatch(after[0]) is None:
        del after[0]
    named = " ".join(after)
    if not named or BY.match(named) is None:
        return ""
    before = [part for part in parts[:end] if not any(map(str.isdigit, part))]
    is_date = all(part.islower() or is_date_word(part) or not index for index, part in enumerate(before))
    return named if is_date and read_stamp(" ".join(parts[:end])) else ""


def is_byline(nodes: Nodes, at: int) -> bool:
    """Say whether the template names the element a byline, and its text is as short as one."""
    name = nodes.classes[at] or ""
    element = nodes.elements[at]
    if not NAMES.isdisjoint(element.keys()):
        name = " ".join([name, *(element.get(key) or "" for key in NAMES)])
    return name != "" and is_byline_name(name) and 1 < len(parted_text(nodes, at)) <= MAX_CHARS


def is_byline_name(name: str) -> bool:
    """Say whether *name* is that of a byline, and not of what stands beside one."""
    return may_be_byline(name) and BYLINE.search(name) is not None and NOT_BYLINE.search(name) is None


def may_be_byline(name: str) -> bool:
    """Say whether *name* has letters without which ``BYLINE`` finds nothing, as few names have."""
    key = name.lower()
    return "aut" in key or "yline" in key or "y-line" in key or "writ" in key or "verfasser" in key


def parted_text(nodes: Nodes, at: int) -> str:
    """Return the text of an element on one line, with a bar where another element than an inline one begins or ends."""
    tags, texts, tails = nodes.tags, nodes.texts, nodes.tails
    text = texts[at] or "" if tags[at] not in SILENT else ""
    for inner, begins in islice(_events(nodes, at), MAX_EVENTS):
        said = tails[inner] if not begins else texts[inner] if tags[inner] not in SILENT else ""
        text += f"{'' if tags[inner] in INLINE else '|'}{said or ''}"
        if len(text) > MAX_RAW:
            break
    pieces = (" ".join(piece.split()) for piece in text[:MAX_RAW].split("|"))
    return "|".join(piece for piece in pieces if piece)


def _events(nodes: Nodes, at: int) -> Iterator[tuple[int, bool]]:
    """Yield where each element within one begins (True) and ends (False)."""
    ends = nodes.ends
    unclosed: list[int] = []
    for inner in range(at + 1, ends[at]):
        while unclosed and ends[unclosed[-1]] <= inner:
            yield unclosed.pop(), False
        yield inner, True
        unclosed.append(inner)
    for inner in reversed(unclosed):
        yield inner, False

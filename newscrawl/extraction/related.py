"""The articles that a page presents as related to its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.discovery.likelihood import article_likelihood, features
from newscrawl.extraction.link_cards import is_card, is_date
from newscrawl.extraction.outline import (
    HEADINGS,
    PROSE_CHARS,
    Heading,
    Link,
    Outline,
    Span,
    ancestors,
    one_text,
    outline,
)
from newscrawl.items import RelatedLink
from newscrawl.phrases.publisher import NO_STORY
from newscrawl.phrases.related import BEFORE_HEADLINE, LABELS
from newscrawl.text.clean import estimate_words, one_line
from newscrawl.text.scripts import DENSE_CHAR
from newscrawl.urls import canonical_url, site_of, url_key

MAX_RELATED = 50
MAX_BLOCK = 24  # links; what holds more is an archive
CHARS_A_LINK = 260  # text beside the links of a block of teasers; more is the article
MAX_TITLE = 300
MAX_LABEL = 40  # of text beside a list's links; more is prose
MIN_CHARS, MIN_DENSE = 15, 6  # of a headline; below a heading that says so two words will do
MIN_CHARS_BELOW = 8
HEADED, IN_BLOCK, ALONE = 0.02, 0.25, 0.5
"""Likelihood that a link has to reach: as a headline below a heading, in a block, on its own. Sections, tags and
authors are below the first; a story with a short address, ``/crane`` or ``a2.html``, is above."""

ELSEWHERE = frozenset(
    [f"{where} {kind}" for where in ("below", "ends in") for kind in ("listing", "service", "archive")]
    + ["slug of house", "text of house", "text of list", "text of paid"]
)
"""What a link to a tag, an author, a list or a page of the house shows (``features``)."""

MIN_WORDS_HEADED, MIN_CHARS_HEADED = 4, 20
"""Of a headline below a heading; either will do: Finnish and Tamil say in three words what English says in six."""

NUMBER = re.compile(r"\d+")
MARK = re.compile(r"[^\w+#&=]+|\W*\([^()]{1,25}\)\W*")
ARROWS = " >»›→⇒►▶➤•·*👉"
"""What may stand beside a link that is a line of its own: an arrow, a bullet, a date in parentheses."""

CONTINUE = re.compile(
    r"\s*(?:read|see|learn|find out) more\W*$|\s*(?:weiterlesen|lire la suite|leer más|ler mais)\W*$", re.I
)


def related_links(tree: HtmlElement, url: str, title: str = "") -> list[RelatedLink]:
    """Return the articles that the page at *url* presents as related, in its order, at most ``MAX_RELATED``.

    They stand below a heading that says so (``Related Articles``), in a block that is named so, or between the
    paragraphs: labelled (``SEE ALSO:``), or a link that is a paragraph of its own. Menus, the site's latest and most
    read, tags, authors, advertisements, links within sentences and the page itself do not count. *tree* is not changed.
    """
    page = outline(tree)
    wanted: dict[int, float] = {}
    for heading in islice((heading for heading in page.headings if heading.kind == "related"), MAX_RELATED):
        _want(wanted, page, _below(page, heading), HEADED)
    for element in page.labelled[:MAX_RELATED]:
        _want(wanted, page, _named(page, element), HEADED)
    for element in page.named:
        _want(wanted, page, _named(page, element), IN_BLOCK)
    for element in page.blocks:
        for index, needed in _between(page, element):
            wanted[index] = min(wanted.get(index, 1.0), needed)
    return _resolve(page, wanted, url, title, _own_keys(tree, url)) if wanted else []


def _want(wanted: dict[int, float], page: Outline, block: range, needed: float) -> None:
    if len(block) <= 3 * MAX_BLOCK:
        for index in block:
            if not page.links[index].blocked and not page.links[index].in_prose:
                wanted[index] = needed


def _below(page: Outline, heading: Heading) -> range:
    """Return the links below *heading*: in the largest block that it heads, else in its next siblings."""
    best: range | None = None
    top = heading.element
    start = page.spans[heading.element]
    for parent in ancestors(heading.element):
        span = page.spans.get(parent)
        if span is None or span.has_h1 or start.chars - span.chars > 3 or parent.tag == "main":
            break
        block = range(start.end_links, span.end_links)
        if _plausible(page, block):
            if not _is_block(span, len(block)) or (best and _cut(page, heading, block) != block):
                break
            best = block
        top = parent
    return _cut(page, heading, best if best is not None else _after(page, top))


def _after(page: Outline, top: HtmlElement) -> range:
    """Return the links of the siblings that follow *top*, up to prose, a form or another heading."""
    start = end = page.spans[top].end_links
    for sibling in islice(top.itersiblings(), 40):
        span = page.spans.get(sibling)
        if span is None:
            if end > start or sibling.tag == "form":
                break
            continue
        links = span.end_links - span.links
        if sibling.tag in HEADINGS and not links:
            break
        if not links:
            if max(span.end_chars - span.chars, len((sibling.tail or "").strip())) > MAX_LABEL:
                break
            continue
        if span.has_h1 or not _is_block(span, links):
            break
        if all(link.in_prose for link in page.links[span.links : span.end_links]):
            break
        end = span.end_links
        if len((sibling.tail or "").strip()) > MAX_LABEL:
            break
    return range(start, end)


def _named(page: Outline, element: HtmlElement) -> range:
    """Return the links of a block that is named as related, unless it is headed as something else."""
    span = page.spans[element]
    block = range(span.links, span.end_links)
    if span.has_h1 or len(block) > MAX_BLOCK * 2 or not _is_block(span, len(block)):
        return range(0)
    for heading in page.headings:
        if heading.links >= span.end_links:
            break
        if heading.order <= span.order:
            continue
        if heading.kind == "other":
            return range(block.start, min(block.stop, max(block.start, heading.links)))
        if heading.kind == "plain" and heading.links == block.start and _words(one_text(heading.element)) <= 3:
            return range(0)  # a section's name above it: "World"
    return block


def _cut(page: Outline, heading: Heading, block: range) -> range:
    """Return *block* up to the next heading that opens another one."""
    level = heading.level or 4
    for other in page.headings:
        if other.order <= heading.order or other.element is heading.element:
            continue
        if other.links >= block.stop:
            break
        if other.kind == "other" or (other.kind == "related" and other.links > block.start):
            return range(block.start, max(block.start, other.links))
        if other.kind == "plain" and other.level <= level and other.links > block.start:
            return range(block.start, other.links)
    return block


def _is_block(span: Span, links: int) -> bool:
    return span.end_plain - span.plain <= 80 + CHARS_A_LINK * min(links, MAX_BLOCK)


def _plausible(page: Outline, block: range) -> bool:
    return any(
        not link.blocked and not link.in_prose and len(one_text(link.element)) >= MIN_CHARS_BELOW
        for link in page.links[block.start : min(block.stop, block.start + 4 * MAX_BLOCK)]
    )


def _between(page: Outline, element: HtmlElement) -> Iterable[tuple[int, float]]:
    """Yield the link of a small block that stands between paragraphs, with the likelihood that it has to reach."""
    span = page.spans[element]
    index = span.links
    if index >= len(page.links) or page.links[index].blocked:
        return
    is_broken = element.tag == "a" and _stands_between_breaks(element)
    orders = (span.order - 1, span.order + 1) if is_broken else _neighbours(page, element)
    if len(orders) < 2 or orders[0] > span.order:
        return
    index = max(range(index, span.end_links), key=lambda at: len(one_text(page.links[at].element)))
    text, linked = one_text(element), one_text(page.links[index].element)
    label = text.replace(linked, " ", 1).strip()
    is_bare = not label or MARK.fullmatch(label) is not None or is_date(label)
    if not is_bare and len(label) <= 60 and LABELS.fullmatch(label):
        yield index, IN_BLOCK
    elif not is_bare and not is_card(element, page.links[index].element):
        return
    elif is_bare and BEFORE_HEADLINE.match(linked):
        yield index, IN_BLOCK
    elif orders[-1] > span.order and _words(linked) >= 5 and not NO_STORY.search(linked):
        yield index, ALONE


def _stands_between_breaks(link: HtmlElement) -> bool:
    """Say whether *link* is a line of its own in a text whose paragraphs are parted by ``<br>``."""
    previous, following, parent = link.getprevious(), link.getnext(), link.getparent()
    if parent is None or previous is None or following is None or previous.tag != "br" or following.tag != "br":
        return False
    if (previous.tail or "").strip() or (link.tail or "").strip():
        return False
    before = sum(len((sibling.tail or "").strip()) for sibling in link.itersiblings(preceding=True))
    after = sum(len((sibling.tail or "").strip()) for sibling in link.itersiblings())
    return before + len((parent.text or "").strip()) >= PROSE_CHARS and after >= PROSE_CHARS


def _neighbours(page: Outline, element: HtmlElement) -> Sequence[int]:
    """Return the orders of the paragraphs of prose beside *element* or the block that it alone fills."""
    span = page.spans[element]
    for parent in ancestors(element, 5):
        if parent in page.prose:
            return page.prose[parent]
        outer = page.spans.get(parent)
        if (
            outer is None
            or outer.end_links - outer.links != span.end_links - span.links
            or outer.end_chars - outer.chars > span.end_chars - span.chars + 40
        ):
            return ()
    return ()


def _own_keys(tree: HtmlElement, url: str) -> set[str]:
    """Return the keys of the page itself: of its address and of those that it calls its own."""
    claims = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    claims += [meta.get("content") for meta in tree.iter("meta") if meta.get("property") == "og:url"]
    targets = (canonical_url(claim, url) for claim in claims[:4] if claim)
    return {url_key(url)} | {url_key(target) for target in targets if target}


def _resolve(page: Outline, wanted: dict[int, float], url: str, title: str, own: set[str]) -> list[RelatedLink]:
    site = site_of(url)
    links: dict[str, RelatedLink] = {}
    needed: dict[str, float] = {}
    hosts: dict[str, bool] = {}
    for index in sorted(wanted)[: 8 * MAX_RELATED]:
        link = page.links[index]
        target = canonical_url(link.href, url)
        if target is None or (key := url_key(target)) in own:
            continue
        host = target.split("/", 3)[2]
        if not hosts.setdefault(host, site_of(target) == site):
            continue
        name = _title(link)
        known = links.get(key)
        if known is None or len(name) > len(known.title):
            links[key] = RelatedLink(known.url if known else target, name)
        needed[key] = min(needed.get(key, 1.0), wanted[index])
    headline = title.casefold()
    return [
        link
        for key, link in links.items()
        if _is_headline(link.title, MIN_CHARS if needed[key] == ALONE else MIN_CHARS_BELOW)
        and link.title.casefold() != headline
        and (article_likelihood(link.url, link.title) >= _least(link, needed[key]) or is_alike(link.url, url))
    ][:MAX_RELATED]


def _least(link: RelatedLink, needed: float) -> float:
    """Return the likelihood that *link* has to reach: below a heading, few words need an address that shows more."""
    if needed > HEADED:
        return needed
    is_headline = _words(link.title) >= MIN_WORDS_HEADED or len(link.title) >= MIN_CHARS_HEADED
    return HEADED if is_headline and ELSEWHERE.isdisjoint(features(link.url, link.title)) else IN_BLOCK


def is_alike(target: str, url: str) -> bool:
    """Say whether *target* is *url* but for its numbers, of which it has some: the next story of one template."""
    shapes = [sorted(NUMBER.sub("0", part) for part in re.split(r"[?&]", address)) for address in (target, url)]
    return shapes[0] == shapes[1] and len(NUMBER.findall(target)) > 0


def _title(link: Link) -> str:
    """Return what *link* calls its article: its heading, else its whole text, without label."""
    headings = [one_text(element) for element in islice(link.element.iter(), 40) if element.tag in HEADINGS]
    text = max(headings, key=len, default="")
    text = text if _is_headline(text) else one_text(link.element)
    text = CONTINUE.sub("", BEFORE_HEADLINE.sub("", text, count=1) if BEFORE_HEADLINE.match(text) else text)
    return one_line(text, MAX_TITLE).lstrip(ARROWS)


def _is_headline(text: str, chars: int = MIN_CHARS) -> bool:
    return (len(text) >= chars and " " in text) or len(DENSE_CHAR.findall(text)) >= MIN_DENSE


def _words(text: str) -> int:
    return estimate_words(text)

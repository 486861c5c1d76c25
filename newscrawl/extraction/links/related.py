"""The articles that a page presents as related to its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice, takewhile

from lxml.html import HtmlElement

from newscrawl.discovery.likelihood import article_likelihood, features
from newscrawl.extraction.links.link_cards import is_card, is_date
from newscrawl.extraction.tree.nodes import Nodes, nodes_of
from newscrawl.extraction.tree.outline import HEADINGS, PROSE_CHARS, Heading, Outline
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


def related_links(tree: HtmlElement, url: str, title: str = "", *, nodes: Nodes | None = None) -> list[RelatedLink]:
    """Return the articles that the page at *url* presents as related, in its order, at most ``MAX_RELATED``.

    They stand below a heading that says so (``Related Articles``), in a block that is named so, or between the
    paragraphs: labelled (``SEE ALSO:``), or a link that is a paragraph of its own. Menus, the site's latest and most
    read, tags, authors, advertisements, links within sentences and the page itself do not count. *tree* is not changed;
    *nodes* are its own, where they are known.
    """
    page = Outline(nodes_of(tree) if nodes is None else nodes)
    wanted: dict[int, float] = {}
    for heading in page.related[:MAX_RELATED]:
        _want(wanted, page, _below(page, heading), HEADED)
    for at in page.labelled[:MAX_RELATED]:
        _want(wanted, page, _named(page, at), HEADED)
    for at in page.named:
        _want(wanted, page, _named(page, at), IN_BLOCK)
    story = _from_first_to_last_paragraph(page)
    for at in page.blocks:
        if at in story or page.nodes.tags[at] == "a":
            for index, needed in _between(page, at):
                wanted[index] = min(wanted.get(index, 1.0), needed)
    return _resolve(page, wanted, url, title, _own_keys(tree, url)) if wanted else []


def _want(wanted: dict[int, float], page: Outline, block: range, needed: float) -> None:
    if len(block) <= 3 * MAX_BLOCK:
        for index in block:
            if not page.blocked[index] and not page.in_prose[index]:
                wanted[index] = needed


def _below(page: Outline, heading: Heading) -> range:
    """Return the links below *heading*: in the largest block that it heads, else in its next siblings."""
    best: range | None = None
    top = heading.at
    for parent in page.ancestors(heading.at):
        if parent in page.has_h1 or page.nodes.tags[parent] == "main" or not page.is_right_below(heading.at, parent):
            break
        block = range(page.last[heading.at], page.last[parent])
        if _plausible(page, block):
            if not _is_block(page, parent, len(block)) or (best and _cut(page, heading, block) != block):
                break
            best = block
        top = parent
    return _cut(page, heading, best if best is not None else _after(page, top))


def _after(page: Outline, top: int) -> range:
    """Return the links of the siblings that follow *top*, up to prose, a form or another heading."""
    start = end = page.last[top]
    nodes = page.nodes
    for at in islice(nodes.following(top), 40):
        if not page.shown[at]:
            if end > start or nodes.tags[at] == "form":
                break
            continue
        links = page.last[at] - page.first[at]
        if nodes.tags[at] in HEADINGS and not links:
            break
        if not links:
            if max(page.chars[at], nodes.behind[at]) > MAX_LABEL:
                break
            continue
        if at in page.has_h1 or not _is_block(page, at, links):
            break
        if all(page.in_prose[page.first[at] : page.last[at]]):
            break
        end = page.last[at]
        if nodes.behind[at] > MAX_LABEL:
            break
    return range(start, end)


def _named(page: Outline, at: int) -> range:
    """Return the links of a block that is named as related, unless it is headed as something else."""
    block = range(page.first[at], page.last[at])
    if at in page.has_h1 or len(block) > MAX_BLOCK * 2 or not _is_block(page, at, len(block)):
        return range(0)
    for heading in page.headings:
        if heading.links >= block.stop:
            break
        if heading.at <= at:
            continue
        if heading.kind == "other":
            return range(block.start, min(block.stop, max(block.start, heading.links)))
        if heading.kind == "plain" and heading.links == block.start and _words(page.text(heading.at)) <= 3:
            return range(0)  # a section's name above it: "World"
    return block


def _cut(page: Outline, heading: Heading, block: range) -> range:
    """Return *block* up to the next heading that opens another one."""
    level = heading.level or 4
    for other in page.headings:
        if other.at <= heading.at:
            continue
        if other.links >= block.stop:
            break
        if other.kind == "other" or (other.kind == "related" and other.links > block.start):
            return range(block.start, max(block.start, other.links))
        if other.kind == "plain" and other.level <= level and other.links > block.start:
            return range(block.start, other.links)
    return block


def _is_block(page: Outline, at: int, links: int) -> bool:
    return page.plain[at] <= 80 + CHARS_A_LINK * min(links, MAX_BLOCK)


def _plausible(page: Outline, block: range) -> bool:
    return any(
        not page.blocked[index] and not page.in_prose[index] and len(page.text(page.links[index])) >= MIN_CHARS_BELOW
        for index in block[: 4 * MAX_BLOCK]
    )


def _from_first_to_last_paragraph(page: Outline) -> range:
    """Return the elements among which the paragraphs of prose stand that are not alone."""
    texts = [(paragraphs[-1], page.nodes.ends[home]) for home, paragraphs in page.prose.items() if len(paragraphs) > 1]
    return range(min(start for start, _ in texts), max(end for _, end in texts)) if texts else range(0)


def _between(page: Outline, at: int) -> Iterable[tuple[int, float]]:
    """Yield the link of a small block that stands between paragraphs, with the likelihood that it has to reach."""
    elements, index = page.nodes.elements, page.first[at]
    if index >= len(page.links) or page.blocked[index]:
        return
    is_broken = page.nodes.tags[at] == "a" and _stands_between_breaks(page.nodes, at)
    beside = (at + 1, at - 1) if is_broken else _neighbours(page, at)
    if len(beside) < 2 or beside[-1] > at:
        return
    index = max(range(index, page.last[at]), key=lambda link: len(page.text(page.links[link])))
    text, linked = page.text(at), page.text(page.links[index])
    label = text.replace(linked, " ", 1).strip()
    is_bare = not label or MARK.fullmatch(label) is not None or is_date(label)
    if not is_bare and len(label) <= 60 and LABELS.fullmatch(label):
        yield index, IN_BLOCK
    elif not is_bare and not is_card(elements[at], elements[page.links[index]]):
        return
    elif is_bare and BEFORE_HEADLINE.match(linked):
        yield index, IN_BLOCK
    elif beside[0] > at and _words(linked) >= 5 and not NO_STORY.search(linked):
        yield index, ALONE


def _stands_between_breaks(nodes: Nodes, at: int) -> bool:
    """Say whether the link *at* is a line of its own in a text whose paragraphs are parted by ``<br>``."""
    if nodes.behind[at] or next((nodes.tags[beside] for beside in nodes.following(at)), "") != "br":
        return False
    home = nodes.parents[at]
    beside = list(takewhile(at.__gt__, nodes.children(home)))
    if not beside or nodes.tags[beside[-1]] != "br" or nodes.behind[beside[-1]]:
        return False
    before = nodes.own[home] + sum(nodes.behind[child] for child in beside)
    return before >= PROSE_CHARS and sum(nodes.behind[child] for child in nodes.following(at)) >= PROSE_CHARS


def _neighbours(page: Outline, at: int) -> Sequence[int]:
    """Return the paragraphs of prose beside *at* or the block that it alone fills, the last first."""
    links, chars = page.last[at] - page.first[at], page.chars[at]
    for parent in page.ancestors(at, 5):
        if parent in page.prose:
            return page.prose[parent]
        if page.last[parent] - page.first[parent] != links or page.chars[parent] > chars + 40:
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
        at = page.links[index]
        target = canonical_url(page.nodes.hrefs[at] or "", url)
        if target is None or (key := url_key(target)) in own:
            continue
        host = target.split("/", 3)[2]
        if not hosts.setdefault(host, site_of(target) == site):
            continue
        name = _title(page, at)
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


def _title(page: Outline, link: int) -> str:
    """Return what *link* calls its article: its heading, else its whole text, without label."""
    inside = range(link, min(page.nodes.ends[link], link + 40))
    text = max((page.text(at) for at in inside if page.nodes.tags[at] in HEADINGS), key=len, default="")
    text = text if _is_headline(text) else page.text(link)
    label = BEFORE_HEADLINE.match(text)
    text = CONTINUE.sub("", text[label.end() :] if label else text)
    return one_line(text, MAX_TITLE).lstrip(ARROWS)


def _is_headline(text: str, chars: int = MIN_CHARS) -> bool:
    return (len(text) >= chars and " " in text) or len(DENSE_CHAR.findall(text)) >= MIN_DENSE


def _words(text: str) -> int:
    return estimate_words(text)

"""The next story below the one that was asked for, as endless scrolling loads it: told by the template's repetition.

Short stories are found together with what follows them, so that it is taken out before the text is looked for.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.metadata.headline_place import Headline
from newscrawl.extraction.text.blocks import blocks_of
from newscrawl.extraction.text.sentences import MIN_PROSE_CHARS
from newscrawl.text.clean import words
from newscrawl.text.sentences import is_sentence
from newscrawl.urls import canonical_url, site_of, url_key

ADDRESSES = ("data-url", "data-href", "data-permalink", "data-article-url", "data-canonical", "itemid", "about")
"""Attributes in which a template says which page a part of this one is."""

PARTS = frozenset({"article", "section", "div"})
HEADINGS = ("h1", "h2", "h3")
MIN_PARAGRAPHS = 2
MAX_LABEL_CHARS = 60
MAX_RISE, MAX_PARTS, MAX_TEXTS = 8, 20, 40


def next_stories(headline: Headline, url: str, own: Collection[str]) -> list[HtmlElement]:
    """Return the parts of the page that tell another story than the one below *headline*.

    Each follows the part in which that headline stands with its text, has the same name and class, prose, and says of
    itself that it is another page: by its address, or by a headline that links there. *own* are the keys of the page's
    own addresses (``url_key``). Posts of a live blog and entries of a list link to nothing, or their list has no text
    beside the headline.
    """
    title = headline.title
    if headline.at is None or not title:
        return []
    for home in islice(headline.nodes.elements[headline.at].iterancestors(), MAX_RISE):
        if home.tag not in PARTS:
            continue
        beside = [
            part
            for part in islice(home.itersiblings(), MAX_PARTS)
            if part.tag == home.tag and _is_like(part, home) and _is_another(part, title, url, own)
        ]
        if beside:
            return [part for part in beside if _paragraphs(part)] if _paragraphs(home) else []
    return []


def _is_like(part: HtmlElement, home: HtmlElement) -> bool:
    """Say whether *part* is of the template that *home* is of: all of its classes, perhaps with others."""
    own = set((home.get("class") or "").split())
    named = bool(own) or home.tag == "article" or any(home.get(name) for name in ADDRESSES)
    return named and own <= set((part.get("class") or "").split())


def _is_another(part: HtmlElement, title: str, url: str, own: Collection[str]) -> bool:
    """Say whether *part* names another page of the site as its own, or its first heading links there."""
    claims = [part.get(name) for name in ADDRESSES]
    heading = next(part.iter(*HEADINGS), None)
    if heading is not None and _begins_with(part, heading) and words(heading.text_content()[:500]) != words(title):
        links = [
            *islice(heading.iter("a"), 1),
            *(parent for parent in islice(heading.iterancestors(), 2) if parent.tag == "a"),
        ]
        claims += [link.get("href") for link in links]
    targets = (canonical_url(claim, url) for claim in claims if claim and not claim.startswith("#"))
    return any(target and site_of(target) == site_of(url) and url_key(target) not in own for target in targets)


def _begins_with(part: HtmlElement, heading: HtmlElement) -> bool:
    """Say whether at most a label stands above *heading* in *part*."""
    size = 0
    for element in part.iter():
        if element is heading:
            return True
        size += len((element.text or "").strip()) if isinstance(element.tag, str) else 0
        if size > MAX_LABEL_CHARS:
            break
    return False


def _paragraphs(part: HtmlElement) -> bool:
    """Say whether *part* has the prose of a story, not of a teaser."""
    texts = (block.line.text for block in blocks_of(part)[:MAX_TEXTS])
    prose = sum(len(text) > MIN_PROSE_CHARS // 2 and is_sentence(text) for text in texts)
    return prose >= MIN_PARAGRAPHS

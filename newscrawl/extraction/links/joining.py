"""The text of several pages as one article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields

from newscrawl.extraction.links.paged import PagedArticle
from newscrawl.items import Article
from newscrawl.similarity.titles import title_key
from newscrawl.text.clean import count_words, words
from newscrawl.urls import url_key

SAME_TITLE = 0.6  # of the shorter title's words: later pages add a number or the heading of a chapter
REPEATED = 0.8  # of a page's text that stood before: a page of comments or pictures beside the same text
BREAK = "\n\n"


def single(article: Article) -> Article:
    """Return *article* as a record of its own, without what it says of other pages."""
    if type(article) is not PagedArticle:
        return article
    return Article(**{part.name: getattr(article, part.name) for part in fields(Article)})


def is_same_story(first: Article, part: Article) -> bool:
    """Tell whether *part* is a further page of *first*: it links back, or has its title or canonical address."""
    if isinstance(part, PagedArticle) and part.pager.names(first.url):
        return True
    if first.canonical_url and part.canonical_url and url_key(first.canonical_url) == url_key(part.canonical_url):
        return True
    mine, theirs = set(title_key(first.title).split()), set(title_key(part.title).split())
    return len(mine & theirs) >= SAME_TITLE * max(1, min(len(mine), len(theirs)))


def is_repetition(body: str, part: str) -> bool:
    """Tell whether the text of *part* is that of *body*, but for a few lines."""
    known = {words(line) for line in body.split(BREAK)}
    lines = part.split(BREAK)
    again = sum(len(line) for line in lines if words(line) in known)
    return again >= REPEATED * sum(map(len, lines))


def is_whole(first: Article, page: Article) -> bool:
    """Tell whether *page* shows all of the article that begins with *first*: its text, and more."""
    return len(page.body) > len(first.body) and is_repetition(page.body, first.body)


def joined(first: Article, parts: Sequence[Article], missing: Iterable[str] = ()) -> Article:
    """Return *first* with the text of *parts* behind its own; paragraphs that each page repeats stand once.

    *missing*: the addresses of pages that could not be had.
    """
    whole = single(first)
    lines = whole.body.split(BREAK)
    known = {words(line) for line in lines}
    pages = {url_key(whole.url), *(url_key(part.url) for part in parts)}
    links = {url_key(link.url): link for link in whole.related_links}
    for part in parts:
        more = [line for line in part.body.split(BREAK) if words(line) not in known]
        known |= {words(line) for line in more}
        lines += more
        for link in part.related_links:
            links.setdefault(url_key(link.url), link)
        whole.is_paywalled = whole.is_paywalled or part.is_paywalled
        whole.authors = whole.authors or part.authors
    whole.body = BREAK.join(lines)
    whole.word_count = count_words(whole.body)
    whole.related_links = [link for key, link in links.items() if key not in pages]
    whole.parts = [part.url for part in parts]
    whole.parts_missing = list(missing)
    return whole

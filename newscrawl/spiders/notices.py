"""One page that many addresses show, which is no story of any of them: a wall, a notice that stories are gone."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from newscrawl.discovery import Via
from newscrawl.extraction import Observation
from newscrawl.items import Article
from newscrawl.outcomes import Reason, Rejection
from newscrawl.similarity.titles import title_key
from newscrawl.store import Pending, Store
from newscrawl.text.clean import words
from newscrawl.urls import site_of, url_key

logger = logging.getLogger(__name__)

MAX_HELD = 200  # pages that wait for others like them; more are written as they are
FEW = 2  # pages that are one though a feed announced two stories
MORE = 3  # where only their addresses say that they are two
SAME = 0.8  # of the text of two pages that are one notice: a number or an address may differ
FEW_WORDS = 400  # longer pages are no notices, unless a redirect led there
TELLING = 4  # characters of a word that says what a story is about
MET = 0.25  # of the words by which a story was announced, from which on the page is about it
KEPT_S = 30 * 86400.0  # how long a notice is known
KNOWN = 20  # notices of one site that are remembered
SLUG_WORDS = 2  # of an address, at least, to tell which story it is
LINK_WORDS = re.compile(r"[^\W\d_]{4,}")
CHANNELS = (Via.FEED, Via.NEWS_SITEMAP)


@dataclass(slots=True)
class HeldPage:
    """A page that may be a notice."""

    article: Article
    observation: Observation | None
    pending: Pending
    lines: frozenset[str]


class Notices:
    """Holds a page that is not about what its link announced until the end of the run, or until another is like it.

    Then both are the site's notice and no stories; it is known from then on, in later runs too. One that stays alone
    is written. Two addresses that differ in their parameters only may show one story.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.waiting: list[HeldPage] = []
        self.known: dict[str, list[frozenset[str]]] = {}

    async def check(
        self, article: Article, observation: Observation | None, pending: Pending
    ) -> Article | Rejection | None:
        """Return *article*, or why it is none; None where that is decided later."""
        if article.body_source != "page" or article.parts or is_announced(article, pending):
            return article
        site, lines = site_of(article.url), lines_of(article)
        if site not in self.known:
            self.known[site] = loaded(await self.store.recall(f"notices:{site}"))
        alike = [page for page in self.waiting if site_of(page.article.url) == site and is_same(page, article, lines)]
        others = [page for page in alike if not is_variant(page.pending, pending)]
        is_known = any(share(lines, notice) >= SAME for notice in self.known[site])
        if not is_known and len(others) + 1 < (FEW if pending.candidate.title else MORE):
            if len(self.waiting) >= MAX_HELD:
                return article
            self.waiting.append(HeldPage(article, observation, pending, lines))
            return None
        if not is_known:
            await self.remember(site, lines)
        for page in alike:
            self.waiting.remove(page)
            await self.store.complete(page.pending.key, notice(page.article, page.pending))
        return notice(article, pending)

    async def remember(self, site: str, lines: frozenset[str]) -> None:
        """Know a notice of *site* again, in later runs too."""
        self.known[site] = [*self.known[site], lines][-KNOWN:]
        value = json.dumps([sorted(lines) for lines in self.known[site]]).encode()
        await self.store.remember(f"notices:{site}", value, KEPT_S)

    def release(self) -> Iterator[HeldPage]:
        """Yield the pages that stayed alone: stories after all."""
        while self.waiting:
            yield self.waiting.pop(0)


def notice(article: Article, pending: Pending) -> Rejection:
    """Return why the page of *pending* is no story."""
    detail = f"title {article.title[:80]!r}, which other addresses show as well"
    return Rejection(pending.candidate.url, Reason.NOTICE, detail)


def is_announced(article: Article, pending: Pending) -> bool:
    """Tell whether the page is about what its link announced, or nothing announced it and it stands at its address."""
    candidate = pending.candidate
    is_moved = url_key(candidate.url) != url_key(article.url)
    is_long = article.word_count > FEW_WORDS
    if candidate.via is Via.SEED or (is_long and not is_moved):
        return True
    announced = telling(candidate.title or "")
    page = telling(f"{article.title} {article.description or ''} {article.body}")
    if candidate.via not in CHANNELS or not announced:
        slug = slug_words(candidate.url)
        if not all(word.isascii() for word in slug) or sum(map(str.isascii, page)) * 2 > len(page):
            announced |= slug  # else it is written in other letters than the text
    if not announced:
        return is_long or (not is_moved and bool(article.published_at))
    return len(announced & page) >= max(1, MET * len(announced))


def slug_words(url: str) -> set[str]:
    """Return the words at the end of an address."""
    slug = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
    return {word.lower() for word in LINK_WORDS.findall(slug.partition(".")[0])}


def telling(text: str) -> set[str]:
    """Return the words of *text* that say what it is about; of scripts without blanks their signs."""
    return {word for word in title_key(text).split() if len(word) >= TELLING or ord(word[0]) > 0x2E7F}


def lines_of(article: Article) -> frozenset[str]:
    """Return the paragraphs of *article* as they are compared."""
    return frozenset(key for line in article.body.split("\n\n") if (key := words(line)))


def share(lines: frozenset[str], others: frozenset[str]) -> float:
    """Return how much of the longer of two texts stands in both."""
    both = sum(map(len, lines & others))
    return both / max(1, sum(map(len, lines)), sum(map(len, others)))


def is_same(page: HeldPage, article: Article, lines: frozenset[str]) -> bool:
    """Tell whether two pages say the same, or are one."""
    return url_key(page.article.url) == url_key(article.url) or share(page.lines, lines) >= SAME


def is_variant(first: Pending, second: Pending) -> bool:
    """Tell whether two addresses may be one story's: they differ in their parameters only, or had one headline."""
    mine, theirs = first.candidate, second.candidate
    if mine.title and theirs.title and title_key(mine.title) == title_key(theirs.title):
        return True
    slug, other_slug = slug_words(mine.url), slug_words(theirs.url)
    if len(slug & other_slug) * 2 >= min(len(slug), len(other_slug)) >= SLUG_WORDS:
        return True
    here, there = urlsplit(mine.url), urlsplit(theirs.url)
    return (here.netloc, here.path) == (there.netloc, there.path) and len(here.path) > 1 and "id" not in here.query


def loaded(value: bytes | None) -> list[frozenset[str]]:
    """Return the notices that an earlier run remembered."""
    return [frozenset(lines) for lines in json.loads(value)] if value else []

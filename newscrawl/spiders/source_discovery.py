"""Finds the articles of one source: which documents to read, cheapest and freshest first."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.arguments import Source, with_scheme
from newscrawl.discovery import Candidate, Document, DocumentLink, Via, usual_feeds, usual_sitemaps
from newscrawl.items import Article
from newscrawl.middlewares.refusals import reason_of
from newscrawl.middlewares.robots import RobotsMiddleware
from newscrawl.outcomes import Reason
from newscrawl.urls import canonical_url, url_key

if TYPE_CHECKING:
    from newscrawl.spiders.news import NewsSpider

logger = logging.getLogger(__name__)

LISTING_DEPTH = 3  # home page, its sections, their second and third pages; deeper is an archive, not news
FEEDS = 5  # that one page may name; a sixth is a tag's or an author's
SITEMAPS = 20  # that robots.txt or one index may name, the newest first
SECTIONS = 20
PROBES = 2  # usual paths of feeds, and of sitemaps, that are tried at a site which names none but shows its articles
SITEMAP_MAXSIZE = 50 * 1024 * 1024  # bytes: the protocol's own limit
LARGE = re.compile(r"sitemap|\.(?:xml|gz|txt)\b", re.I)  # a seed so spelled may be as large as a sitemap
DISCOVERY_PRIORITY = 10  # before articles: a document names many


class SourceDiscovery:
    """The search for one source's articles. The spider asks it for requests; it tells the store what they brought."""

    def __init__(self, spider: NewsSpider, source: Source) -> None:
        self.spider = spider
        self.source = source
        self.asked: set[str] = set()
        """Keys of the documents that were asked for."""

        self.read: Counter[str] = Counter()
        """Documents that came, by their kind."""

        self.named = 0
        """Article URLs that they named, the known ones too."""

        self.failures: list[tuple[str, Reason, str]] = []
        """URL, reason and detail of each document that did not come."""

        self.open = 0
        """Documents that were asked for and did not come yet."""

        self.undated: dict[str, Candidate] = {}
        """With ``since=``: what only listings named so far, by key. A feed or sitemap may yet say that it is old."""

        self.dated: set[str] = set()

    # --- requests

    def seeds(self) -> Iterator[Request]:
        for url in self.source.urls:
            guess = with_scheme(url)
            fallback = with_scheme(url, "http") if guess != url else None
            maxsize = SITEMAP_MAXSIZE if LARGE.search(url) else None
            if request := self.request(guess, self.parse_seed, maxsize=maxsize, given=url, fallback=fallback):
                yield request

    def request(self, url: str, callback: Any, *, maxsize: int | None = None, **kwargs: Any) -> Request | None:
        """Return a request for a document that was not asked for yet."""
        address = canonical_url(url)
        if address is None or url_key(address) in self.asked:
            return None
        self.asked.add(url_key(address))
        self.open += 1
        return Request(
            address,
            callback,
            errback=self.failed,
            cb_kwargs=kwargs,
            priority=DISCOVERY_PRIORITY,
            dont_filter=True,
            meta={"download_maxsize": maxsize} if maxsize else {},
        )

    def follow(self, link: DocumentLink, depth: int) -> Request | None:
        since = self.source.since
        if since and link.modified_at and link.modified_at < since:
            return None
        maxsize = SITEMAP_MAXSIZE if link.kind == "sitemap" else None
        return self.request(link.url, self.parse_document, maxsize=maxsize, depth=depth)

    # --- callbacks

    async def parse_seed(self, response: Response, given: str, fallback: str | None) -> AsyncIterator[Any]:
        """Find out what a URL that a person gave is, and read it as that."""
        page = self.spider.page_of(response)
        document = await self.spider.pool.read(response.body, response.url, page.content_type, page.fetched_at)
        front_door = is_home(response.url)  # never an article, however much of one is shown on it
        if document.kind in ("page", "other") and not front_door:
            result, observation = await self.spider.extract(page, response.url)
            if isinstance(result, Article) or not (document.candidates or document.links):
                self.read["article"] += 1
                self.named += isinstance(result, Article)
                async for output in self.spider.seed_article(self.source, response, given, result, observation):
                    yield output
                async for request in self.done():
                    yield request
                return
        async for output in self.take_in(document, response.url, depth=0):
            yield output
        if document.kind == "page" and front_door:
            async for output in self.explore_site(document, response.url):
                yield output
        async for request in self.done():
            yield request

    async def explore_site(self, home: Document, url: str) -> AsyncIterator[Any]:
        """Ask for what a site offers beside its home page: sitemaps, and usual paths where nothing is named."""
        robots = self.spider.crawler.get_downloader_middleware(RobotsMiddleware)
        sitemaps = await robots.sitemaps(url) if robots else []
        for sitemap in sorted(sitemaps, key=lambda name: "news" not in name)[:SITEMAPS]:
            yield self.follow(DocumentLink(sitemap, "sitemap", url), depth=1)
        for named, usual, maxsize in (
            (any(link.kind == "feed" for link in home.links), usual_feeds(url), None),
            (bool(sitemaps), usual_sitemaps(url), SITEMAP_MAXSIZE),
        ):
            if not named:
                yield self.probe(usual[:PROBES] if home.candidates else usual, maxsize)

    def probe(self, urls: tuple[str, ...], maxsize: int | None) -> Request | None:
        """Return a request for the first of *urls*; the next is asked for only if it brings nothing."""
        for position, url in enumerate(urls, 1):
            if request := self.request(url, self.parse_document, maxsize=maxsize, depth=1, probes=urls[position:]):
                return request
        return None

    async def parse_document(
        self, response: Response, depth: int, probes: tuple[str, ...] | None = None
    ) -> AsyncIterator[Any]:
        """Read a feed, a sitemap or a listing page; one that was only guessed at counts if it is a feed or sitemap."""
        page = self.spider.page_of(response)
        document = await self.spider.pool.read(response.body, response.url, page.content_type, page.fetched_at)
        if probes is not None and (document.kind == "page" or not (document.candidates or document.links)):
            yield self.probe(probes, response.meta.get("download_maxsize"))
        else:
            async for output in self.take_in(document, response.url, depth):
                yield output
        async for request in self.done():
            yield request

    async def take_in(self, document: Document, url: str, depth: int) -> AsyncIterator[Any]:
        """Tell the store which articles *document* names, and follow what it leads to."""
        self.read[document.kind] += 1
        self.named += len(document.candidates)
        detail = f"; {document.detail}" if document.detail else ""
        logger.info("%s: %s, %d articles named%s", url, document.kind, len(document.candidates), detail)
        if document.overflow:
            self.spider.stats.inc_value("newscrawl/discovery/overflow", document.overflow)
        fresh = await self.discover(document.candidates)
        # A listing that names nothing new has nothing new behind it either.
        if depth < LISTING_DEPTH and (fresh or depth == 0 or document.kind != "page"):
            for kind, most in (("feed", FEEDS), ("sitemap", SITEMAPS), ("section", SECTIONS)):
                named = [link for link in document.links if link.kind == kind]
                for link in [link for link in named if document.kind != "page" or belongs(link.url, url)][:most]:
                    yield self.follow(link, depth + 1)

    async def done(self) -> AsyncIterator[Request]:
        """Go on to the articles. After the last document, what nobody dated is as good as new."""
        self.open -= 1
        if not self.open:
            await self.settle()
        async for request in self.spider.next_articles():
            yield request

    async def settle(self) -> None:
        """Let what only listings named be fetched."""
        undated = [candidate for key, candidate in self.undated.items() if key not in self.dated]
        self.undated.clear()
        if undated:
            self.spider.announce((await self.spider.store.discover(self.source.name, undated)).new)

    async def discover(self, candidates: tuple[Candidate, ...]) -> int:
        """Hand *candidates* to the store; return how many are new. Those before ``since=`` are counted as skipped."""
        if since := self.source.since:
            listed = [candidate for candidate in candidates if candidate.via is Via.LISTING]
            self.undated = {url_key(candidate.url): candidate for candidate in listed} | self.undated
            dates = {c: c.published_at or c.modified_at for c in candidates if c.via is not Via.LISTING}
            self.dated |= {url_key(candidate.url) for candidate, date in dates.items() if date}
            old = [candidate for candidate, date in dates.items() if date and date < since]
            await self.spider.store.discover(self.source.name, old, skip=Reason.SINCE)
            candidates = tuple(candidate for candidate, date in dates.items() if not date or date >= since)
        discovered = await self.spider.store.discover(self.source.name, candidates)
        self.spider.announce(discovered.new)
        return len(discovered.new) + len(self.undated)

    async def failed(self, failure: Failure) -> AsyncIterator[Any]:
        """Remember why a document did not come; try http where https was only our guess, and the next usual path."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        reason, detail = reason_of(failure)
        probes = request.cb_kwargs.get("probes")
        if fallback := request.cb_kwargs.get("fallback"):
            self.asked.discard(url_key(request.url))  # a key does not tell http from https
            yield self.request(fallback, self.parse_seed, given=request.cb_kwargs["given"], fallback=None)
        elif probes is not None:
            yield self.probe(probes, request.meta.get("download_maxsize"))
        elif reason not in (Reason.BUDGET, Reason.PARKED):  # those are logged and counted where they were refused
            logger.info("%s could not be read: %s %s", request.url, reason, detail)
            self.failures.append((request.url, reason, detail))
        async for next_request in self.done():
            yield next_request

    def report(self) -> dict[str, Any]:
        """Return what the manifest says of this source's discovery."""
        return {
            "read": dict(self.read),
            "named": self.named,
            "failures": [
                {"url": url, "reason": str(reason), "detail": detail} for url, reason, detail in self.failures
            ],
        }


def is_home(url: str) -> bool:
    """Tell whether *url* is a site's front door, so that all of the site belongs to it."""
    path = urlsplit(url).path
    return path in ("", "/") or path.rstrip("/").rpartition("/")[2].startswith(("index.", "home."))


def belongs(link: str, page: str) -> bool:
    """Tell whether a document that *page* leads to is part of what the person asked for: a section is no whole site."""
    return is_home(page) or urlsplit(page).path.rstrip("/") in urlsplit(link).path

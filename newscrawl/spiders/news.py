"""The spider: decides what is fetched next, and nothing else."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.statscollectors import StatsCollector
from twisted.python.failure import Failure

from newscrawl.arguments import ARGUMENTS, CrawlOptions, Source, parse_arguments, with_scheme
from newscrawl.discovery import Candidate, Via
from newscrawl.extensions.outcomes import OutcomesExtension, provenance
from newscrawl.extensions.store import StoreExtension
from newscrawl.extensions.workers import WorkersExtension
from newscrawl.extraction import Observation, memory_key
from newscrawl.extraction.page import Page
from newscrawl.items import Article, format_time
from newscrawl.middlewares.budget import BudgetMiddleware
from newscrawl.middlewares.refusals import reason_of
from newscrawl.middlewares.retry_after import RetryAfterMiddleware
from newscrawl.outcomes import Reason, Rejection
from newscrawl.spiders.source_discovery import SourceDiscovery
from newscrawl.store import Pending, Store
from newscrawl.urls import canonical_url, url_key
from newscrawl.workers import WorkerError, WorkerPool

REFILL = 1 / 4  # of the window must be free: the store is asked for many at once, long before the last are fetched
PARKED_TAKES = 20  # in a row that bring nothing but URLs of parked hosts: then the frontier has no others to offer


class NewsSpider(Spider):
    """Crawls news sources: finds their articles, fetches each once, yields an :class:`~newscrawl.items.Article` each.

    ``scrapy crawl news`` without arguments prints what it takes (``newscrawl.arguments.USAGE``).
    """

    name = "news"
    arguments: ClassVar[tuple[str, ...]] = ARGUMENTS

    store: Store
    outcomes: OutcomesExtension
    pool: WorkerPool
    stats: StatsCollector

    def __init__(self, options: CrawlOptions | None = None, **given: Any) -> None:
        super().__init__()
        self.options = options or self.parse_options(given)
        self.named_hosts = frozenset(named_hosts(self.options))
        """host:port of the private addresses that the person named, the only ones that may be reached."""

        self.discoveries: dict[str, SourceDiscovery] = {}
        self.held: dict[str, str] = {}
        """Sources that another living run holds, and that run's id."""

        self.announced: set[str] = set()
        """What a dry run has printed."""

        self.under_way = 0
        self.in_hand: set[str] = set()
        self.refilling: asyncio.Future[None] | None = None

    @classmethod
    def parse_options(cls, given: dict[str, Any]) -> CrawlOptions:
        return parse_arguments(given, datetime.now(UTC), cls.arguments)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.idle, signals.spider_idle)
        return spider

    # --- the frontier

    async def start(self) -> AsyncIterator[Any]:
        opened, workers = self.crawler.get_extension(StoreExtension), self.crawler.get_extension(WorkersExtension)
        outcomes = self.crawler.get_extension(OutcomesExtension)
        assert opened is not None
        assert outcomes is not None
        assert workers is not None
        assert self.crawler.stats is not None
        self.outcomes = outcomes
        self.store, self.pool, self.stats = opened.store, workers.pool, self.crawler.stats
        self.window = 4 * self.settings.getint("CONCURRENT_REQUESTS")
        if any(source.urls for source in self.options.sources):
            with suppress(WorkerError):  # the first page will meet it again, and say so
                await self.pool.run(int)  # a feed that moves on is not asked for before it can be read
        for source in self.options.sources:
            if holder := await self.store.claim(source.name, source.since, source.limit):
                self.held[source.name] = holder
                continue
            discovery = self.discoveries[source.name] = SourceDiscovery(self, source)
            for request in discovery.seeds():
                yield request
            if source.listed:
                await discovery.discover(tuple(Candidate(url, Via.SEED, url) for url in source.listed))
                discovery.named += len(source.listed)
        if self.options.dry_run:
            self.announce(pending.candidate for pending in await self.store.take(sys.maxsize))
        async for request in self.next_articles():
            yield request

    async def next_articles(self) -> AsyncIterator[Request]:
        """Yield requests for the next articles of the frontier, as many as there is room for."""
        patience = self.crawler.get_downloader_middleware(RetryAfterMiddleware)
        waiting = patience.waiting if patience else 0  # for a host that asked for it; others need not wait with it
        room = self.window - self.under_way + min(waiting, self.window)
        if self.options.dry_run or room < self.window * REFILL:
            return
        budget = self.crawler.get_downloader_middleware(BudgetMiddleware)
        self.under_way += room  # held while the store answers, so that two callers do not take twice
        wanted: list[Pending] = []
        for _ in range(PARKED_TAKES):
            taken = await self.store.take(room)
            # what a parked host would be asked for stays pending, for a later run
            wanted = [pending for pending in taken if budget is None or not budget.is_parked(pending.candidate.url)]
            if wanted or not taken:
                break
        self.under_way -= room - len(wanted)
        for pending in wanted:
            if pending.key in self.in_hand:
                self.under_way -= 1
                continue
            yield Request(
                pending.candidate.url,
                self.parse_article,
                errback=self.article_failed,
                cb_kwargs={"pending": pending},
                dont_filter=True,
            )

    def idle(self) -> None:
        """Look whether the frontier has more before the run ends: called by Scrapy when nothing is under way."""
        if self.refilling is None:
            self.refilling = asyncio.ensure_future(self.refill())
        raise DontCloseSpider

    async def refill(self) -> None:
        """Go on with what the frontier has, or end the run; Scrapy itself would look again only after seconds."""
        engine = self.crawler.engine
        assert engine is not None
        self.under_way = 0  # nothing is: a request that a middleware swallowed told nobody
        for discovery in self.discoveries.values():
            await discovery.settle()
        requests = [request async for request in self.next_articles()]
        for request in requests:
            engine.crawl(request)
        self.refilling = None
        if not requests and engine.spider_is_idle():
            await engine.close_spider_async(reason="finished")

    # --- articles

    async def parse_article(self, response: Response, pending: Pending) -> AsyncIterator[Any]:
        page = self.page_of(response, pending.candidate)
        result, observation = await self.extract(page, response.url)
        if output := await self.conclude(result, observation, pending):
            yield output
        self.under_way -= 1
        async for request in self.next_articles():
            yield request

    async def article_failed(self, failure: Failure) -> AsyncIterator[Any]:
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        pending: Pending = request.cb_kwargs["pending"]
        reason, detail = reason_of(failure)
        if reason is not Reason.PARKED:  # it stays pending
            await self.store.complete(pending.key, Rejection(pending.candidate.url, reason, detail))
        self.under_way -= 1
        async for next_request in self.next_articles():
            yield next_request

    async def seed_article(
        self,
        source: Source,
        response: Response,
        given: str,
        result: Article | Rejection,
        observation: Observation | None,
    ) -> AsyncIterator[Any]:
        """Yield what a seed that turned out to be a single page became, unless it is known."""
        url = canonical_url(response.url) or response.url
        candidate = Candidate(url, Via.SEED, canonical_url(with_scheme(given)) or given)
        self.in_hand.add(url_key(url))
        discovered = await self.store.discover(source.name, [candidate])
        self.announce(discovered.new)
        if discovered.new and not self.options.dry_run:
            pending = Pending(url_key(url), candidate, source.name, datetime.now(UTC), 0)
            if output := await self.conclude(result, observation, pending):
                yield output

    async def conclude(
        self, result: Article | Rejection, observation: Observation | None, pending: Pending
    ) -> Article | None:
        """Return the article with what the crawl knows of it, or tell the store why there is none."""
        if isinstance(result, Article) and self.too_old(result, pending):
            result = Rejection(result.url, Reason.SINCE, published_at=result.published_at)
        if isinstance(result, Rejection):
            await self.store.complete(pending.key, result)
            return None
        self.outcomes.expect(result.url, pending, observation)
        return replace(result, **provenance(pending))

    def too_old(self, article: Article, pending: Pending) -> bool:
        discovery = self.discoveries.get(pending.source)
        since = discovery.source.since if discovery else None
        return bool(since and article.published_at and article.published_at < since)

    async def extract(self, page: Page, url: str) -> tuple[Article | Rejection, Observation | None]:
        site = memory_key(url)
        await self.store.memory(site)  # is at hand from now on: no worker waits for the store
        async with self.pool.turns:  # a page that waits for a worker would not know what others teach meanwhile
            return await self.pool.extract(page, url, await self.store.memory(site))

    def page_of(self, response: Response, candidate: Candidate | None = None) -> Page:
        """Return *response* as extraction takes it, with what *candidate* says of it."""
        headers = {
            name: ", ".join(value.decode("latin-1") for value in response.headers.getlist(name))
            for name in ("Content-Type", "X-Robots-Tag", "tdm-reservation")
        }
        return Page(
            body=response.body,
            fetched_at=datetime.now(UTC),
            content_type=headers["Content-Type"],
            robots_tag=headers["X-Robots-Tag"],
            tdm_reservation=headers["tdm-reservation"],
            title=candidate.title if candidate else None,
            published_at=candidate.published_at if candidate else None,
            modified_at=candidate.modified_at if candidate else None,
            via=str(candidate.via) if candidate else str(Via.SEED),
        )

    def announce(self, new: Iterable[Candidate]) -> None:
        """Print what a dry run would fetch: URL, date, way and title, parted by tabs."""
        if self.options.dry_run:
            for candidate in new:
                if candidate.url in self.announced:
                    continue
                self.announced.add(candidate.url)
                date = format_time(candidate.published_at) if candidate.published_at else "-"
                print(candidate.url, date, candidate.via, candidate.title or "-", sep="\t", file=sys.stdout)


def named_hosts(options: CrawlOptions) -> Iterable[str]:
    """Yield host:port of each localhost or IP address that the person named; without a scheme, both ports it may mean.

    The name of an intranet host is not among them: what it resolves to is not what the person typed, and
    ``NEWSCRAWL_ALLOW_PRIVATE`` is there for it.
    """
    for source in options.sources:
        for url in (*source.urls, *source.listed):
            for scheme in ("https", "http"):
                parts = urlsplit(with_scheme(url, scheme))
                host = parts.hostname or ""
                if host == "localhost" or is_address(host):
                    yield f"{host}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True

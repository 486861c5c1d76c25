"""The spider: decides what is fetched next, and nothing else."""

from __future__ import annotations

import inspect
import sys
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from newscrawl.arguments import ARGUMENTS, CrawlOptions, Source, parse_arguments, with_scheme
from newscrawl.discovery import Candidate, Document, Via
from newscrawl.discovery.scope import is_home
from newscrawl.discovery.source import DocumentRequest, SourceDiscovery
from newscrawl.downloads.browser import require_browser
from newscrawl.exits import noting_mistakes
from newscrawl.extensions.outcomes import OutcomesExtension
from newscrawl.extensions.store import StoreExtension
from newscrawl.extensions.workers import WorkersExtension
from newscrawl.extraction import memory_key
from newscrawl.items import Article
from newscrawl.middlewares.conditional import ConditionalMiddleware, is_unchanged
from newscrawl.middlewares.refusals import reason_of
from newscrawl.middlewares.robots import RobotsMiddleware
from newscrawl.outcomes import Reason
from newscrawl.responses import link_headers, page_of
from newscrawl.sources.catalogue import is_drawn, named_in_arguments, private_hosts
from newscrawl.spiders.backfill import Backfill
from newscrawl.spiders.claiming import claimed
from newscrawl.spiders.due import due_documents, due_sources
from newscrawl.spiders.feeding import FrontierFeed
from newscrawl.spiders.needs import extension, require_extensions, set_defaults
from newscrawl.spiders.parsing import ParsedSeed, parse_document, parse_seed
from newscrawl.spiders.requests import article_request, document_request
from newscrawl.spiders.seeds import SeedSpider
from newscrawl.store import Store
from newscrawl.urls import unwrapped
from newscrawl.workers import WorkerError, WorkerPool


class NewsSpider(SeedSpider):
    """Crawls news sources: finds their articles, fetches each once, yields an :class:`~newscrawl.items.Article` each.

    ``scrapy crawl news`` without arguments prints what it takes (``newscrawl.arguments.USAGE``).
    """

    name = "news"
    arguments: ClassVar[tuple[str, ...]] = ARGUMENTS

    store: Store
    outcomes: OutcomesExtension
    pool: WorkerPool
    feed: FrontierFeed
    backfill: Backfill
    polls: ConditionalMiddleware | None

    def __init__(self, options: CrawlOptions | None = None, **given: Any) -> None:
        super().__init__()
        self.options = options or self.parse_options(given)
        self.named_hosts = private_hosts(self.options.sources)
        """host:port of the private addresses that the person named, the only ones that may be reached."""

        self.locked: dict[str, str] = {}
        """Sources that another living run holds, and that run's id."""

        self.announced: set[str] = set()
        """What a dry run has printed."""

    @classmethod
    def parse_options(cls, given: dict[str, Any], folder: Path | None = None) -> CrawlOptions:
        """Return the run that the ``-a`` arguments ask for, an index in *folder*. Raises UsageError."""
        own = cls.own_arguments()
        given = {name: value for name, value in given.items() if name not in own}
        return parse_arguments(given, datetime.now(UTC), (*cls.arguments, *sorted(own)), folder=folder)

    @classmethod
    def own_arguments(cls) -> frozenset[str]:
        """Return the names of the arguments that a subclass takes in its ``__init__`` beside ours."""
        return frozenset(inspect.signature(cls).parameters) - {"options", "args", "kwargs", "given"}

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Set what the project says nothing of."""
        super().update_settings(settings)
        set_defaults(settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        with noting_mistakes(crawler):
            require_extensions(crawler.settings, cls.name)
            spider = super().from_crawler(crawler, *args, **kwargs)
            if is_drawn(spider.options.sources):
                require_browser()
            return spider

    # --- the frontier

    async def start(self) -> AsyncIterator[Any]:
        """Yield the sources' documents, then the frontier's pages as long as there is something to fetch."""
        self.store = extension(self.crawler, StoreExtension).store
        self.pool = extension(self.crawler, WorkersExtension).pool
        self.outcomes = extension(self.crawler, OutcomesExtension)
        self.polls = self.crawler.get_downloader_middleware(ConditionalMiddleware)
        self.backfill = Backfill(self.store)
        await self.begin()
        now = datetime.now(UTC)
        sources = await due_sources(self.options.sources, self.store, now)
        if any(source.urls for source in sources()):
            self.pool.ready()
        assert self.hosts is not None
        revisit = not self.options.dry_run
        async for source, holder in claimed(sources(), self.store, revisit=revisit, refresh=self.hosts.open):
            if holder is not None:
                self.locked[source.name] = holder
                continue
            discovery = SourceDiscovery(tuple(map(with_scheme, source.urls)), source.since, source.until)
            self.discoveries[source.name] = discovery
            for wanted in await self.first_documents(source, discovery, now):
                self.feed.begins()
                yield self.document(wanted, source)
            if source.listed:
                again = not (source.from_file or self.options.dry_run)
                named = tuple(Candidate(unwrapped(url), Via.SEED, url) for url in source.listed)
                await self.discover(source, named, again=again)
                discovery.named += len(source.listed)
        async for article in self.saved_articles(named_in_arguments(self.options.sources)):
            self.feed.begins()
            yield article
        if self.options.dry_run:
            self.announce(pending.candidate for pending in await self.store.take(sys.maxsize))
        async for pending in self.feed.pages(enough=lambda: self.options.dry_run):
            draw = await self.rendering.is_wanted(pending)
            yield article_request(pending, self.parse_article, self.article_failed, draw=draw)
        for article in self.released():
            yield article

    # --- documents

    async def first_documents(self, source: Source, discovery: SourceDiscovery, now: datetime) -> list[DocumentRequest]:
        """Return the documents with which the search begins: those that are due, or all that the person named."""
        states = await self.store.documents_of(source.name) if self.polls is not None else []
        due = due_documents(source, discovery, states, now)
        if due is not None:
            return due
        wanted = []
        for url in source.urls:
            guess = with_scheme(url)
            if seed := discovery.seed(url, guess, with_scheme(url, "http") if guess != url else None):
                wanted.append(seed)
        return wanted

    def document(self, wanted: DocumentRequest, source: Source, *, draw: bool = False) -> Request:
        """Return the request that fetches a document of *source*; *draw*: by a browser."""
        callback = self.parse_seed if wanted.purpose == "seed" else self.parse_document
        return document_request(wanted, source, callback, self.document_failed, draw=draw)

    async def parse_seed(self, response: Response, document: DocumentRequest, source: Source) -> AsyncIterator[Any]:
        """Find out what a URL that a person gave is, and read it as that."""
        page = self.pool.with_rules(page_of(response), response.url)
        front = is_home(response.url) or is_home(document.url)
        try:
            memory = await self.store.memory(memory_key(response.url))
            links = link_headers(response)
            parsed: ParsedSeed = await self.pool.run(parse_seed, page, response.url, memory, links, front, source.since)
        except WorkerError as error:
            async for output in self.document_lost(document, source, error.reason, error.detail):
                yield output
            return
        result = parsed.result
        if await self.is_to_be_drawn(source, parsed.document, result, page, response):
            yield self.document(document, source, draw=True)
            return
        if result is not None and (
            isinstance(result, Article) or not (parsed.document.candidates or parsed.document.links)
        ):
            self.discoveries[source.name].single_page(document, response.url, is_article=isinstance(result, Article))
            async for output in self.seed_article(source, response, document.given, result, parsed.observation):
                yield output
            await self.settle(source)
            return
        async for output in self.take_in(document, source, parsed.document, response.url):
            yield output
        if parsed.document.kind in ("page", "other") and front:
            async for output in self.explore(source, response.url, parsed.document):
                yield output
        await self.settle(source)

    async def explore(self, source: Source, url: str, home: Document | None) -> AsyncIterator[Request]:
        """Ask for what a site offers beside its home page, whatever became of that."""
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        sitemaps: Sequence[str] = await robots.sitemaps(url) if robots else ()
        for wanted in self.discoveries[source.name].explore(url, home, sitemaps):
            yield self.document(wanted, source)

    async def parse_document(self, response: Response, document: DocumentRequest, source: Source) -> AsyncIterator[Any]:
        """Read a feed, a sitemap or a listing page; one that was only guessed at counts if it is a feed or sitemap."""
        page = page_of(response)
        try:
            contents: Document = await self.pool.run(
                parse_document, page, response.url, link_headers(response), source.since
            )
        except WorkerError as error:
            async for output in self.document_lost(document, source, error.reason, error.detail):
                yield output
            return
        if document.purpose == "section" and await self.is_to_be_drawn(source, contents, None, page, response):
            yield self.document(document, source, draw=True)
            return
        discovery = self.discoveries[source.name]
        if document.purpose == "probe" and not discovery.is_probe_hit(document, contents):
            for wanted in discovery.missed(document):
                yield self.document(wanted, source)
        else:
            async for output in self.take_in(document, source, contents, response.url):
                yield output
        await self.settle(source)

    async def take_in(
        self, request: DocumentRequest, source: Source, document: Document, url: str
    ) -> AsyncIterator[Request]:
        """Tell the store which articles *document* names, and follow what it leads to."""
        discovery = self.discoveries[source.name]
        chosen = discovery.select(request, document, url)
        if self.polls is not None:
            await self.polls.read(source.name, url, document)
        detail = f"; {document.detail}" if document.detail else ""
        self.logger.info("%s: %s, %d articles named%s", url, document.kind, len(document.candidates), detail)
        if document.is_cut_off:
            self.logger.warning("%s: %s: stories behind its end are known when it comes whole", url, document.detail)
        if document.overflow:
            assert self.crawler.stats is not None
            self.crawler.stats.inc_value("newscrawl/discovery/overflow", document.overflow)
        await self.store.discover(source.name, chosen.old, skip=Reason.SINCE)
        await self.store.discover(source.name, chosen.late, skip=Reason.UNTIL)
        fresh = await self.discover(source, chosen.wanted)
        if request.purpose == "section" and (listed := discovery.settled()):
            fresh += await self.discover(source, listed)
        fresh += len(discovery.listed) if discovery.is_bounded else 0
        for wanted in discovery.arrived(request, document, url, fresh):
            if await self.backfill.has_read(wanted, source):
                discovery.pass_over(wanted)
            else:
                yield self.document(wanted, source)
        await self.backfill.note(request, document, source)

    async def document_failed(self, failure: Failure) -> AsyncIterator[Any]:
        """Note why a document did not come; a site whose home page is shut may have its feeds and sitemaps open."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        document, source = request.cb_kwargs["document"], request.cb_kwargs["source"]
        if is_unchanged(failure) and "newscrawl_visit" in request.meta:
            await self.seed_unchanged(request, document, source)
            return
        if self.polls is not None and is_unchanged(failure):
            self.logger.info("%s: unchanged", document.url)
            known = () if source.scheduled else await self.polls.known(source.name)
            for wanted in self.discoveries[source.name].unchanged(document, known):
                yield self.document(wanted, source)
            await self.settle(source)
            return
        async for output in self.document_lost(document, source, *reason_of(failure)):
            yield output

    async def document_lost(
        self, document: DocumentRequest, source: Source, reason: Reason, detail: str
    ) -> AsyncIterator[Any]:
        """Record why *document* could not be read, and yield requests for what may stand in for it."""
        discovery = self.discoveries[source.name]
        self.logger.info("%s could not be read: %s %s", document.url, reason, detail)
        instead = discovery.failed(document, reason, detail)
        for wanted in instead:
            yield self.document(wanted, source)
        if document.purpose == "seed" and not instead and is_home(document.url):
            async for output in self.explore(source, document.url, None):
                yield output
        await self.settle(source)

    async def discover(self, source: Source, candidates: Sequence[Candidate], *, again: bool = False) -> int:
        """Hand *candidates* to the store; return how many are new. *again*: the known ones are looked at again."""
        candidates = await self.parameters.plain(candidates)
        self.texts.keep(candidates)
        discovered = await self.store.discover(source.name, candidates, again=again)
        if self.polls is not None:
            self.polls.brought(source.name, discovered.new)
        self.announce(discovered.new)
        return len(discovered.new)

    async def settle(self, source: Source) -> None:
        """Go on to the articles; what only listings named waits for the feeds and sitemaps, which may tell its date."""
        if listed := self.discoveries[source.name].settled():
            await self.discover(source, listed)
        if self.polls is not None:
            await self.polls.record(source.name, self.discoveries[source.name])
        self.feed.ended(0)

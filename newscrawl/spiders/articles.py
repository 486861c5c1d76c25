"""What becomes of a fetched page: an article, a reason, or the text that the feed had of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.discovery.source import SourceDiscovery
from newscrawl.extensions.outcomes import OutcomesExtension, provenance
from newscrawl.extraction import Observation
from newscrawl.extraction.page import Page
from newscrawl.extractor import ArticleExtractor
from newscrawl.items import Article
from newscrawl.looks import look_of
from newscrawl.middlewares.conditional import is_unchanged
from newscrawl.middlewares.refusals import reason_of
from newscrawl.middlewares.retry_after import RetryAfterMiddleware
from newscrawl.middlewares.time_budget import put_off_by
from newscrawl.outcomes import Reason, Rejection, Unmodified
from newscrawl.responses import page_of
from newscrawl.spiders.feed_text import FeedTexts, is_wanted, page_of_text
from newscrawl.spiders.feeding import FrontierFeed
from newscrawl.spiders.hosts import HostStates
from newscrawl.spiders.notices import Notices
from newscrawl.spiders.parameters import Parameters
from newscrawl.spiders.parts import ArticleParts
from newscrawl.spiders.rendering import Rendering
from newscrawl.spiders.requests import article_request
from newscrawl.spiders.revisits import is_same, lacks_only
from newscrawl.spiders.walls import no_page
from newscrawl.store import Look, Pending, Store
from newscrawl.urls import canonical_url
from newscrawl.workers import WorkerPool

PLAIN = "newscrawl_plain"  # request.meta: asked for without the parameters that say nothing, once


class ArticleSpider(Spider):
    """The callbacks of the frontier's pages."""

    store: Store
    outcomes: OutcomesExtension
    pool: WorkerPool
    feed: FrontierFeed
    parts: ArticleParts
    parameters: Parameters
    notices: Notices
    rendering: Rendering

    def __init__(self) -> None:
        super().__init__()
        self.discoveries: dict[str, SourceDiscovery] = {}
        self.texts = FeedTexts()
        self.looks: dict[str, Look] = {}
        """Of the pages whose outcome is not known yet, by key."""

        self.hosts: HostStates | None = None  # until the store is open

    async def begin(self) -> None:
        """Prepare what the pages of this run share; the store is open."""
        self.hosts = HostStates(self.store, self.crawler.get_downloader_middleware(RetryAfterMiddleware))
        await self.hosts.open()
        window = 4 * self.settings.getint("CONCURRENT_REQUESTS")
        self.feed = FrontierFeed(self.crawler, self.store, window, self.rests)
        self.notices = Notices(self.store)
        self.parameters = Parameters(self.store)
        self.rendering = Rendering(self.store, self.outcomes.sources)
        self.parts = ArticleParts(self.crawler, self.store, self.extract_part)

    def rests(self, pending: Pending) -> bool:
        """Tell whether a page waits for a later run, for its host's sake or its source's."""
        assert self.hosts is not None
        source = self.outcomes.sources.get(pending.source)
        offline = source is not None and bool(source.archives)
        return offline or self.hosts.is_parked(pending) or bool(put_off_by(self.crawler, pending.source))

    async def parse_article(self, response: Response, pending: Pending) -> AsyncIterator[Any]:
        """Yield the article of a page; where there is none, record why in the store."""
        page = page_of(response, pending.candidate)
        look = look_of(response, page.sha256)
        again = False
        assert self.hosts is not None
        self.hosts.arrived(pending)
        try:
            refused = no_page(pending.candidate.url, response)
            result, observation = await self.read(page, response.url, pending, refused, look)
            if again := self.rendering.is_shell(result, pending, response):
                yield article_request(pending, self.parse_article, self.article_failed, draw=True)
                return
            if isinstance(result, Article):
                await self.rendering.note(response, pending.candidate.url)
                await self.parameters.learn(result)
            if output := await self.conclude(result, observation, pending, look):
                yield output
        finally:
            self.hosts.left(pending)
            if not again:
                self.feed.ended()

    async def read(
        self, page: Page, url: str, pending: Pending, refused: Rejection | None, look: Look
    ) -> tuple[Article | Rejection | Unmodified, Observation | None]:
        """Return what *page* gives; of a known article that is what it was, only that."""
        earlier = pending.earlier
        if earlier is not None and refused is None and look.page == earlier.page:
            return Unmodified(pending.candidate.url), None
        result, observation = (refused, None) if refused else await self.extract(page, url)
        result = await self.or_feed_text(await self.parts.join(result, pending), pending)
        if earlier is not None and isinstance(result, Article):
            whole, _ = (result, None) if is_same(result, earlier) else await self.pool.extract(page, url)
            if isinstance(whole, Article) and lacks_only(result, earlier, whole):
                return Unmodified(pending.candidate.url), observation
        return result, observation

    async def or_feed_text(self, result: Article | Rejection, pending: Pending) -> Article | Rejection:
        """Return the story as the feed tells it where the page shows a wall, a shell or a teaser."""
        content = self.texts.take(pending.key)
        if content is None or not is_wanted(result, content):
            return result
        whole, _ = await self.pool.extract(page_of_text(content), pending.candidate.url)
        return replace(whole, body_source="feed") if isinstance(whole, Article) else result

    async def article_failed(self, failure: Failure) -> AsyncIterator[Any]:
        """Close a page that could not be fetched, or yield a second request for its plain URL."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        pending: Pending = request.cb_kwargs["pending"]
        reason, detail = reason_of(failure)
        if put_off_by(self.crawler, pending.source):
            reason = Reason.PUT_OFF  # whatever else came of it
        if pending.earlier is not None and is_unchanged(failure):
            await self.store.complete(pending.key, Unmodified(pending.candidate.url))
            self.feed.ended()
            return
        plain = canonical_url(request.url)
        if reason is Reason.NOT_FOUND and plain and plain != request.url and not request.meta.get(PLAIN):
            yield request.replace(url=plain, meta={PLAIN: True})  # a parameter of ours to cut, after all
            return
        try:
            if reason not in (Reason.PARKED, Reason.PUT_OFF):  # it stays pending
                result = await self.or_feed_text(Rejection(pending.candidate.url, reason, detail), pending)
                if output := await self.conclude(result, None, pending):
                    yield output
        finally:
            self.feed.ended()

    async def conclude(
        self,
        result: Article | Rejection | Unmodified,
        observation: Observation | None,
        pending: Pending,
        look: Look | None = None,
    ) -> Article | None:
        """Return the article as it is to be written, or tell the store why there is none.

        One that may be a notice of the site is returned by :meth:`released` at the end.
        """
        discovery = self.discoveries.get(pending.source)
        is_new = pending.earlier is None
        if isinstance(result, Article) and is_new and discovery and discovery.is_too_old(result.published_at):
            result = Rejection(result.url, Reason.SINCE, published_at=result.published_at)
        if isinstance(result, Article) and is_new and discovery and discovery.is_too_late(result.published_at):
            result = Rejection(result.url, Reason.UNTIL, published_at=result.published_at)
        if self.hosts is not None:
            await self.hosts.note(result, pending)
        if look is not None:
            self.looks[pending.key] = look
        if isinstance(result, Article) and is_new:
            judged = await self.notices.check(result, observation, pending)
            if judged is None:
                self.outcomes.hold(pending)
                return None
            result = judged
        if not isinstance(result, Article):
            look = self.looks.pop(pending.key, None)
            await self.store.complete(pending.key, result, look=look if isinstance(result, Unmodified) else None)
            return None
        return self.finished(result, observation, pending)

    def finished(self, result: Article, observation: Observation | None, pending: Pending) -> Article:
        """Return the article with what the crawl knows of it."""
        self.outcomes.note_rules(pending.source, result.url, observation)
        self.outcomes.expect(result.url, pending, observation, self.looks.pop(pending.key, None))
        known = self.outcomes.sources.get(pending.source)
        language = result.language or (known.language if known else None)
        return replace(result, language=language, **provenance(pending, known))

    def released(self) -> Iterator[Article]:
        """Yield the articles that were held back as possible notices and were none."""
        for page in self.notices.release():
            yield self.finished(page.article, page.observation, page.pending)

    async def extract_part(self, page: Page, url: str) -> Article | Rejection:
        """Return the article on a further page of another; what it shows of its site is known from the first."""
        return (await self.extract(page, url))[0]

    async def extract(self, page: Page, url: str) -> tuple[Article | Rejection, Observation | None]:
        """Extract *page* in a worker, with what the site's latest pages taught; *url* is where it came from."""
        return await ArticleExtractor(self.pool, self.store).read(page, url)

"""Articles of saved pages: WARC files through the same store, without a request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

from scrapy.http import HtmlResponse

from newscrawl.discovery import Candidate, Via
from newscrawl.discovery.source import DocumentOutcome, SourceDiscovery
from newscrawl.items import Article
from newscrawl.looks import look_of
from newscrawl.outcomes import Reason, Rejection
from newscrawl.saved.archive import read_inputs
from newscrawl.saved.page import SavedPage
from newscrawl.saved.reextraction import as_page
from newscrawl.sources.source import Source
from newscrawl.spiders.articles import ArticleSpider
from newscrawl.store import Pending
from newscrawl.urls import absolute_url, url_key

AT_ONCE = 32  # pages in memory
NAMED = 20  # faults of one source that the manifest names; the log has all


class ArchiveSpider(ArticleSpider):
    """The part of the news spider that reads archives."""

    async def saved_articles(self, sources: Iterable[Source]) -> AsyncIterator[Article]:
        """Yield the articles of all archives of *sources*; every page of them gets its outcome in the store.

        A killed run is taken up by reading the archives again: what is done is known by its URL.
        """
        for source in sources:
            if source.name in self.discoveries:  # and no other run holds it
                async for article in self.articles_of(source):
                    yield article

    async def articles_of(self, source: Source) -> AsyncIterator[Article]:
        """Yield the articles of the archives of one source."""
        discovery = self.discoveries[source.name]
        for name in source.archives:
            count, pages = 0, read_inputs([name])
            while batch := await asyncio.to_thread(lambda pages=pages: list(islice(pages, AT_ONCE))):  # type: ignore[misc]
                for fault in (page.fault for page in batch if page.fault is not None and not page.url):
                    self.logger.warning("%s", fault[1])
                    note_fault(discovery, name, *fault)
                named = [page for page in batch if page.url]
                count += len(named)
                async for article in self.take_pages(named, source, name):
                    yield article
            discovery.named += count
            discovery.outcomes.append(DocumentOutcome(name, "read", "warc", named=count))
            self.logger.info("%s: %d pages", name, count)

    async def take_pages(self, pages: Sequence[SavedPage], source: Source, name: str) -> AsyncIterator[Article]:
        """Yield the articles of some saved *pages* that are not known yet."""
        saved: dict[str, tuple[SavedPage, Candidate]] = {}
        for page in pages:
            url = absolute_url(page.url)
            if url is not None and source.wants(url):
                saved.setdefault(url_key(url), (page, Candidate(url, Via.SEED, name)))
        await self.store.discover(source.name, [candidate for _, candidate in saved.values()])
        ours = await self.store.which_taken(saved)
        for article in await asyncio.gather(
            *(self.read_saved(page, candidate, source) for key, (page, candidate) in saved.items() if key in ours)
        ):
            if article is not None:
                yield article

    async def read_saved(self, saved: SavedPage, candidate: Candidate, source: Source) -> Article | None:
        """Return the article of one saved page as it is to be written; None where there is none."""
        pending = Pending(candidate.key, candidate, source.name, datetime.now(UTC), 0, None)
        if saved.fault is not None:
            return await self.conclude(Rejection(candidate.url, *saved.fault), None, pending)
        page = replace(as_page(saved, datetime.now(UTC)), via=str(Via.SEED))
        result, observation = await self.extract(page, candidate.url)
        look = look_of(HtmlResponse(candidate.url, body=page.body))
        return await self.conclude(result, observation, pending, look)


def note_fault(discovery: SourceDiscovery, name: str, reason: Reason, detail: str) -> None:
    """Let the manifest say what of an archive could not be read."""
    if len(discovery.failures) < NAMED:
        discovery.outcomes.append(DocumentOutcome(name, "failed", reason=reason, detail=detail))

"""What becomes of a URL that a person gave and that is a single article."""

from __future__ import annotations

import os
import sys
from abc import abstractmethod
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from typing import Any

from scrapy import Request
from scrapy.exceptions import CloseSpider
from scrapy.http import Response

from newscrawl.arguments import CrawlOptions, Source, with_scheme
from newscrawl.discovery import Candidate, Document, Via
from newscrawl.discovery.source import DocumentRequest
from newscrawl.extraction import Observation
from newscrawl.extraction.page import Page
from newscrawl.items import Article, format_time
from newscrawl.looks import look_of
from newscrawl.outcomes import Rejection, Unmodified
from newscrawl.spiders.archives import ArchiveSpider
from newscrawl.spiders.rendering import is_drawn
from newscrawl.store import Pending
from newscrawl.urls import absolute_url, canonical_url, url_key


class SeedSpider(ArchiveSpider):
    """The callbacks' part for articles that a person named."""

    options: CrawlOptions
    announced: set[str]

    @abstractmethod
    async def settle(self, source: Source) -> None:
        """Go on to the articles of *source*."""

    async def is_to_be_drawn(
        self, source: Source, document: Document, result: Article | Rejection | None, page: Page, response: Response
    ) -> bool:
        """Tell whether a document is a shell that a browser is to draw; *result*: what it is as an article."""
        if source.render is None or is_drawn(response):
            if document.candidates:
                await self.rendering.note(response, response.url)
            return False
        if source.render == "auto" and result is None and not document.candidates:
            result, _ = await self.extract(page, response.url)
        return self.rendering.is_shell_of_links(source, document, result, response)

    async def seed_article(
        self,
        source: Source,
        response: Response,
        given: str,
        result: Article | Rejection,
        observation: Observation | None,
    ) -> AsyncIterator[Any]:
        """Yield what a seed that turned out to be a single page became; a known article may have been revised."""
        url = absolute_url(response.url) or response.url
        candidate = Candidate(url, Via.SEED, canonical_url(with_scheme(given)) or given)
        self.feed.handled.add(url_key(url))
        again = isinstance(result, Article) and not self.options.dry_run
        discovered = await self.store.discover(source.name, [candidate], again=again)
        self.announce(discovered.new)
        if discovered.new and not self.options.dry_run:
            earlier = await self.store.visit(url_key(url))
            pending = Pending(url_key(url), candidate, source.name, datetime.now(UTC), 0, earlier)
            result = await self.parts.join(result, pending)
            if output := await self.conclude(result, observation, pending, look_of(response)):
                yield output

    async def seed_unchanged(self, request: Request, document: DocumentRequest, source: Source) -> None:
        """Note that a known article that a person named is what it was."""
        self.discoveries[source.name].single_page(document, request.url, is_article=True)
        url = absolute_url(request.url) or request.url
        candidate = Candidate(url, Via.SEED, canonical_url(with_scheme(document.given)) or document.given)
        self.feed.handled.add(url_key(url))
        if (await self.store.discover(source.name, [candidate], again=True)).new:
            await self.store.complete(url_key(url), Unmodified(url), source=source.name)
        await self.settle(source)

    def announce(self, new: Iterable[Candidate]) -> None:
        """Print what a dry run would fetch: URL, date, way and title, separated by tabs."""
        for candidate in new if self.options.dry_run else ():
            if candidate.url not in self.announced:
                self.announced.add(candidate.url)
                date = format_time(candidate.published_at) if candidate.published_at else "-"
                try:
                    print(candidate.url, date, candidate.via, candidate.title or "-", sep="\t", flush=True)
                except BrokenPipeError:  # who reads it has enough, as head has
                    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                    raise CloseSpider("stdout was closed") from None

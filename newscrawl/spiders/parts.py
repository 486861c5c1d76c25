"""Fetches the further pages of an article in several, and makes one record of them."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.discovery import Via
from newscrawl.extraction.links.joining import is_repetition, is_same_story, is_whole, joined, single
from newscrawl.extraction.links.paged import PagedArticle, Pager
from newscrawl.extraction.page import Page
from newscrawl.items import Article
from newscrawl.middlewares.refusals import reason_of, reason_of_status
from newscrawl.outcomes import FAILED, NOT_NOW, Reason, Rejection
from newscrawl.responses import page_of
from newscrawl.spiders.walls import no_page
from newscrawl.store import Pending, Store
from newscrawl.urls import url_key

logger = logging.getLogger(__name__)

MAX_PARTS = 30  # of one article; the longest reviews have some twenty
WAITS = 2  # runs in which a story waits for a page of it that cannot be had now; then it is written with the gap
AGAIN = frozenset((*FAILED, *NOT_NOW)) - {Reason.NOT_FOUND}

Extract = Callable[[Page, str], Awaitable[Article | Rejection]]


@dataclass(slots=True)
class ArticleParts:
    """Makes one record of an article in several pages, whichever of them was met first.

    A page that is not the first is no story of its own: the first is asked for in its place. It stays one where the
    first does not come, or turns out to be another story.
    """

    crawler: Crawler
    store: Store
    extract: Extract
    wholes: dict[str, str] = field(default_factory=dict)
    """By key: the pages whose text stands in a record of this run, and that record's URL."""

    async def join(self, result: Article | Rejection, pending: Pending) -> Article | Rejection:
        """Return *result* with the text of all pages, or why it is no record of its own."""
        if not isinstance(result, PagedArticle):
            return result
        if (record := self.wholes.get(url_key(result.url))) and url_key(record) != url_key(result.url):
            return Rejection(result.url, Reason.PART, f"its text stands in the record of {record}")
        if result.pager.first is not None:
            return await self.begin_with_first(result, result.pager.first, pending)
        if result.pager.whole is not None:
            page = await self.fetch(result.pager.whole, pending)
            if isinstance(page, Article) and is_same_story(result, page) and is_whole(result, page):
                self.wholes |= {url_key(url): result.url for _, url in result.pager.others}
                whole = single(result)
                whole.body, whole.word_count, whole.related_links = page.body, page.word_count, page.related_links
                return whole
        return await self.collect(result, pending)

    async def begin_with_first(self, part: PagedArticle, first: str, pending: Pending) -> Article | Rejection:
        """Make the first page of *part* pending in its place."""
        page = await self.fetch(first, pending)
        if isinstance(page, Rejection):
            if may_wait(page.reason, pending):
                return Rejection(part.url, page.reason, f"its first page {first}: {page.detail}")
            return single(part)
        if url_key(page.url) == url_key(part.url) or not is_same_story(page, part):
            return single(part)
        if page.body == part.body or is_repetition(page.body, part.body):  # the number says nothing to this site
            return single(part)
        candidate = replace(pending.candidate.at(first), title=None)
        await self.store.discover(pending.source, [candidate], again=candidate.via is Via.SEED)
        return Rejection(part.url, Reason.PART, f"a further page of {first}, which is asked for instead")

    async def collect(self, first: PagedArticle, pending: Pending) -> Article | Rejection:
        """Return *first* with the pages that it and they name, in their order, at most :data:`MAX_PARTS`."""
        wanted = dict(first.pager.others)
        parts: dict[int, Article] = {}
        missing: dict[int, str] = {}
        asked = {url_key(first.url)}
        body = first.body
        while wanted and len(parts) + len(missing) < MAX_PARTS:
            url = wanted.pop(number := min(wanted))
            if url_key(url) in asked:
                continue
            asked.add(url_key(url))
            page = await self.fetch(url, pending)
            if isinstance(page, Rejection):
                if may_wait(page.reason, pending):
                    return Rejection(first.url, page.reason, f"page {number} of it, {url}: {page.detail}")
                logger.warning("%s: page %d, %s, is missing: %s %s", first.url, number, url, page.reason, page.detail)
                missing[number] = url
                continue
            if url_key(page.url) == url_key(first.url) or is_repetition(body, page.body):
                break  # comments, pictures, or a number that the site does not heed
            if not is_same_story(first, page):
                break
            parts[number] = page
            body += f"\n\n{page.body}"
            for at, address in pages_after(page, number):
                wanted.setdefault(at, address)
        else:
            missing |= wanted
        if not parts:
            return single(first)
        whole = joined(
            first, [parts[at] for at in sorted(parts)], [missing[at] for at in sorted(missing) if at < max(parts)]
        )
        whole.parts_missing += [missing[at] for at in sorted(missing) if at > max(parts)]
        self.wholes |= {url_key(url): whole.url for url in (*whole.parts, *(dict(first.pager.others).values()))}
        return whole

    async def fetch(self, url: str, pending: Pending) -> Article | Rejection:
        """Return what stands on a further page."""
        engine = self.crawler.engine
        assert engine is not None
        try:
            response: Response = await engine.download_async(
                Request(url, cb_kwargs={"pending": pending}, dont_filter=True)
            )
        except Exception as error:
            return Rejection(url, *reason_of(error))
        if response.status != 200:
            return Rejection(url, reason_of_status(response.status), f"status {response.status}")
        if (refused := no_page(url, response)) is not None:
            return refused
        return await self.extract(replace(page_of(response), is_part=True), response.url)


def may_wait(reason: Reason, pending: Pending) -> bool:
    """Tell whether a story may wait for a page of it that could not be had; what a person named is written at once."""
    return reason in AGAIN and pending.attempts < WAITS and pending.candidate.via is not Via.SEED


def pages_after(page: Article, number: int) -> list[tuple[int, str]]:
    """Return the pages that *page* names behind its own *number*."""
    pager: Pager | None = page.pager if isinstance(page, PagedArticle) else None
    return [(at, url) for at, url in pager.others if at > number] if pager else []

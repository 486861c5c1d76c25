"""Gives each item of a crawl its outcome in the store, and warns of items that have none."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from twisted.python.failure import Failure

from newscrawl.discovery import Via
from newscrawl.errors import Answered, Dropped, OutputError, UnwritableItem
from newscrawl.extensions.store import require_options, store_of
from newscrawl.extensions.workers import texts_of
from newscrawl.extraction import Observation
from newscrawl.outcomes import Outcome, Reason, Rejection
from newscrawl.sources.catalogue import by_name
from newscrawl.sources.source import Source
from newscrawl.store import Look, Pending, WriteResult
from newscrawl.urls import url_key
from newscrawl.user_items import article_of, missing, updated, url_of

logger = logging.getLogger(__name__)

WITHOUT_OUTCOME = "newscrawl/items_without_outcome"
MARKS = ("id", "story_id", "version", "changed", "duplicate_of", "duplicate_kind", "similarity", "run_id")
NAMED = 5  # pages in the warning


@dataclass(slots=True)
class OpenPage:
    """A page whose item is in the pipelines."""

    pending: Pending
    observation: Observation | None = None
    look: Look | None = None


class OutcomesExtension:
    """Writes the item of a page, and an item that a pipeline dropped to the rejected log under the drop's reason.

    Items go by their URL: a pipeline may put another object in an item's place. An item that no pipeline hands over,
    since its ``url``, ``title`` or ``body`` is gone, stays pending; a pipeline that raised anything but DropItem has a
    fault of its own, and the story stays pending too. Both are logged, and the run exits with 1. Where the store itself
    cannot write any more, the run ends.

    Stats: ``newscrawl/items_without_outcome``, ``newscrawl/pipeline_errors``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.ending: asyncio.Future[None] | None = None
        self.pages: dict[str, OpenPage] = {}
        """By the frontier's key, which redirects may have left."""

        self.on_hold: set[str] = set()
        """Of pages whose callback gave nothing yet."""

        self.keys: defaultdict[str, deque[str]] = defaultdict(deque)
        """The frontier's keys of the pages that gave an item with a URL, by that URL's key."""

        self.sources: Mapping[str, Source] = {}
        """What the run crawls, by name."""

        self.rules: defaultdict[str, Counter[str]] = defaultdict(Counter)
        """By source: how often a person's rule for a field found something on an article (``found:title``), or not."""

        self.passed = 0
        """Items that got an outcome and go on to the end of the pipelines; all but these have none."""

        self.ended = 0
        self.passed_over = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        extension.sources = by_name(require_options(crawler).sources)
        crawler.signals.connect(extension.item_scraped, signals.item_scraped)
        crawler.signals.connect(extension.item_dropped, signals.item_dropped)
        crawler.signals.connect(extension.item_error, signals.item_error)
        crawler.signals.connect(extension.spider_error, signals.spider_error)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        return extension

    def expect(
        self, url: str, pending: Pending, observation: Observation | None = None, look: Look | None = None
    ) -> None:
        """Note that the item with *url* is what became of *pending*."""
        page = self.pages.setdefault(pending.key, OpenPage(pending))
        page.observation = observation or page.observation
        page.look = look or page.look
        keys = self.keys[url_key(url)]
        if pending.key not in keys:
            keys.append(pending.key)

    def note_rules(self, source: str, url: str, observation: Observation | None) -> None:
        """Count what a person's rules for a site came to on an article of *source*; say so of the first that fail."""
        if observation is None or (outcome := observation.site) is None:
            return
        assert self.crawler.stats is not None
        counts = self.rules[source]
        for name in outcome.answered:
            counts[f"found:{name}"] += 1
            self.crawler.stats.inc_value(f"newscrawl/sites/found/{name}")
        for name, why in outcome.missed.items():
            counts[f"missed:{name}"] += 1
            self.crawler.stats.inc_value(f"newscrawl/sites/missed/{name}")
            if counts[f"missed:{name}"] == 1:
                logger.warning("the rule of %s for %s does not fit %s: %s", outcome.host, name, url, why)

    async def write(self, item: Any) -> tuple[WriteResult, Any]:
        """Write *item* as a line, once; return what became of it, and the item with the marks of the store.

        Raises :class:`~newscrawl.errors.UnwritableItem`, and OutputError.
        """
        url = url_of(item)
        page = self.find(url)
        article = article_of(item, **(self.provenance(page.pending) if page else {}))
        article.source = article.source or self.source_of(page)
        key = page.pending.key if page else url_key(url)
        observation, look = (page.observation, page.look) if page else (None, None)
        text = texts.take(article.body) if (texts := texts_of(self.crawler)) else None
        answer = await store_of(self.crawler).complete(key, article, observation, article.source, look, text)
        self.pages.pop(key, None)
        self.passed += answer.outcome in (Outcome.WRITTEN, Outcome.REVISED)
        return answer, item if article is item else updated(item, **{name: getattr(article, name) for name in MARKS})

    def pass_over(self, item: Any) -> None:
        """Say, of the first such item, why it is not written."""
        if not self.passed_over:
            logger.warning(
                "an item of type %s has no %s and is not written", type(item).__name__, ", ".join(missing(item))
            )
        self.passed_over += 1

    def provenance(self, pending: Pending) -> dict[str, Any]:
        """Return what a record says of the way in which *pending* was found, and of its source."""
        return provenance(pending, self.sources.get(pending.source))

    def source_of(self, page: OpenPage | None) -> str:
        """Return who counts an item: the source of its page, else the first of the run."""
        if page is not None:
            return page.pending.source
        sources = require_options(self.crawler).sources
        return sources[0].name if sources else ""

    def find(self, url: str) -> OpenPage | None:
        """Return the open page that gave the item with *url*, and let no other item have it."""
        keys = self.keys.get(name := url_key(url), deque())
        page = None
        while keys and page is None:
            page = self.pages.get(keys.popleft())
        if not keys:
            self.keys.pop(name, None)
        return page

    def item_scraped(self) -> None:
        """Count an item that came to the end of the pipelines."""
        self.ended += 1

    async def item_dropped(self, item: Any, response: Any, exception: Exception) -> None:
        """Write the page of a dropped item as rejected, unless the store has answered it already."""
        if isinstance(exception, Answered):
            return
        url, pending = url_of(item), pending_of(response)
        page = (self.find(url) if url else None) or (self.pages.get(pending.key) if pending else None)
        if isinstance(exception, UnwritableItem) or not (page or url):
            self.ended += 1
            return
        reason = exception.reason if isinstance(exception, Dropped) else Reason.DROPPED
        await self.reject(url, page.pending.key if page else url_key(url), reason, str(exception), page)

    def hold(self, pending: Pending) -> None:
        """Note that what became of *pending* is decided later in this run."""
        self.on_hold.add(pending.key)

    async def page_ended(self, pending: Pending) -> None:
        """Note that the callback of *pending* is through and gave nothing: an outcome by now, or none at all."""
        if pending.key not in self.on_hold and await store_of(self.crawler).is_in_flight(pending.key):
            why = "the spider gave no item for it"
            await self.reject(pending.candidate.url, pending.key, Reason.DROPPED, why, OpenPage(pending))

    async def reject(self, url: str, key: str, reason: Reason, detail: str, page: OpenPage | None) -> None:
        """Close the URL behind *key* as rejected; *page* is None where the item belongs to no page of ours."""
        rejection = Rejection(url or (page.pending.candidate.url if page else ""), reason, detail)
        await store_of(self.crawler).complete(key, rejection, source=self.source_of(page))
        self.pages.pop(key, None)

    def spider_closed(self) -> None:
        lost = self.ended - self.passed
        if lost <= 0:
            return
        assert self.crawler.stats is not None
        self.crawler.stats.set_value(WITHOUT_OUTCOME, lost)
        urls = [page.pending.candidate.url for page in islice(self.pages.values(), NAMED)]
        logger.warning(
            "%d items came to the end of the pipelines without an outcome, and their pages stay pending%s; a record "
            "needs url, title and body, and JsonlPipeline in ITEM_PIPELINES",
            lost,
            f" ({', '.join(urls)}{', …' if len(self.pages) > NAMED else ''})" if urls else "",
        )

    def item_error(self, failure: Failure) -> None:
        """Count a pipeline that raised anything but DropItem."""
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value("newscrawl/pipeline_errors")
        self.spider_error(failure)

    def spider_error(self, failure: Failure) -> None:
        """End the crawl where the output cannot be written any more."""
        engine = self.crawler.engine
        if isinstance(failure.value, OutputError) and engine is not None and not self.ending:
            self.ending = asyncio.ensure_future(engine.close_spider_async(reason="output"))


def outcomes_of(crawler: Crawler) -> OutcomesExtension:
    """Return the extension; raises NotConfigured where nothing is kept in a store: a foreign spider, saved pages."""
    try:
        extension = crawler.get_extension(OutcomesExtension)
    except RuntimeError:  # there is no crawl, and so no extension at all
        extension = None
    if extension is None:
        raise NotConfigured
    return extension


def provenance(pending: Pending, source: Source | None = None) -> dict[str, Any]:
    """Return what a record says of the way in which *pending* was found, and of its *source*."""
    candidate = pending.candidate
    given = candidate.via is Via.SEED and not (source and source.from_file)
    return {
        "source": candidate.found_in if given else pending.source,
        "source_label": (source and source.label) or None,
        "source_tags": list(source.tags) if source else [],
        "discovered_via": str(candidate.via),
        "discovered_at": pending.discovered_at,
    }


def pending_of(response: Any) -> Pending | None:
    """Return what the frontier knows of the page that *response*, or the failure, is of; None for a seed."""
    request = getattr(response, "request", None)
    return None if request is None else request.cb_kwargs.get("pending")

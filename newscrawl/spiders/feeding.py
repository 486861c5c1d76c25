"""Feeds the engine from the frontier: so much at a time, as long as there is something to fetch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from scrapy import signals
from scrapy.crawler import Crawler

from newscrawl.middlewares.budget import BudgetMiddleware
from newscrawl.middlewares.retry_after import RetryAfterMiddleware
from newscrawl.middlewares.time_budget import TimeBudgetMiddleware
from newscrawl.store import Pending, Store

REFILL = 1 / 4  # of the window must be free: the store is asked for many at once, long before the last are fetched
PARKED_TAKES = 20  # in a row that bring nothing but URLs of parked hosts: then the frontier has no others to offer


class FrontierFeed:
    """Hands out the frontier's pages, at most *window* of them in flight.

    Scrapy's ``scheduler_empty`` signal tells when nothing is scheduled. Where nothing is downloaded or scraped either,
    nothing is in flight, whatever was counted: a request that a middleware swallowed told nobody.
    """

    def __init__(
        self, crawler: Crawler, store: Store, window: int, is_parked: Callable[[Pending], bool] = lambda _: False
    ) -> None:
        self.crawler = crawler
        self.store = store
        self.window = window
        self.is_parked = is_parked
        self.in_flight = 0
        """Pages that were handed out and have not ended: the only count of them."""

        self.handled: set[str] = set()
        """Keys that the spider met and ended by itself, as a seed: never handed out."""

        self.is_quiet = True
        """Whether nothing is under way; nothing is before the first request."""

        self._changed = asyncio.Event()
        crawler.signals.connect(self.scheduler_empty, signals.scheduler_empty)

    def scheduler_empty(self) -> None:
        """Note that the engine is out of work: the spider has time to hand out more pages."""
        engine = self.crawler.engine
        if engine is None or engine.downloader.active or engine.scraper.slot is None:
            return
        if engine.scraper.slot.is_idle():
            self.is_quiet = True
            self._changed.set()

    def begins(self) -> None:
        """Note that the spider gives the engine something to do. To be called before it is yielded."""
        self.is_quiet = False

    def ended(self, pages: int = 1) -> None:
        """Note that *pages* ended, or that there may be something new to fetch (0)."""
        self.in_flight = max(self.in_flight - pages, 0)
        self._changed.set()

    async def pages(self, enough: Callable[[], bool] = lambda: False) -> AsyncIterator[Pending]:
        """Yield pages to fetch until nothing is in flight and the frontier has no more."""
        self._changed.set()
        while True:
            await self._changed.wait()
            quiet, self.is_quiet = self.is_quiet, False
            self._changed.clear()
            if quiet:
                self.in_flight = 0
            taken = [] if enough() else await self.take()
            for pending in taken:
                yield pending
            if taken:  # the engine may have been idle while the store was asked for them
                self.is_quiet = False
            if quiet and not taken:
                return

    async def take(self) -> list[Pending]:
        """Return the next pages, as many as there is room for; none while most of the window is in flight."""
        retry_after = self.crawler.get_downloader_middleware(RetryAfterMiddleware)
        waiting = retry_after.waiting if retry_after else 0  # for a host that asked for it; others need not wait
        slow = self.crawler.get_downloader_middleware(TimeBudgetMiddleware)
        waiting += slow.stuck() if slow else 0
        room = self.window - self.in_flight + min(waiting, self.window)
        if room < self.window * REFILL:
            return []
        budget = self.crawler.get_downloader_middleware(BudgetMiddleware)
        wanted: list[Pending] = []
        for _ in range(PARKED_TAKES):
            taken = await self.store.take(room)
            # what a parked host would be asked for stays pending, for a later run
            wanted = [pending for pending in taken if budget is None or not budget.is_parked(pending.candidate.url)]
            wanted = [pending for pending in wanted if not self.is_parked(pending)]
            if wanted or not taken:
                break
        wanted = [pending for pending in wanted if pending.key not in self.handled]
        self.in_flight += len(wanted)
        return wanted

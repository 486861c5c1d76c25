"""Puts a source off that holds the run: one whose time is used up, or that hangs when all others are through."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from statistics import median
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from newscrawl.configuration import Configuration
from newscrawl.extensions.store import any_store, require_options
from newscrawl.health.history import History
from newscrawl.middlewares.refusals import Refused, reason_of_status
from newscrawl.outcomes import Reason
from newscrawl.sources.asking import source_of
from newscrawl.sources.catalogue import by_name
from newscrawl.sources.source import Source

logger = logging.getLogger(__name__)

SLOW_S = 2.0  # for an answer; half of all news sites need less than .3 s
SLOWER_S, TIMES = 0.6, 3.0  # than what the sources of this run usually need is slow, too, if it is both
SHARE = 0.1  # of the run so far: so long a run waits for slow sources when all others are through
GRACE_S = 1.0  # and at least so long
STARVED_RUNS = 2  # put off without an answer; after each further one the run waits for longer,
STARVED_SHARE = 1 / 300  # by this part of the time since the source was last asked: a wait of 2 s every ten minutes
MOST_GRACE_S = 32.0
TICK_S = 0.2
PUT_OFF = "newscrawl/put_off"  # a stat: why each source was put off, and how many answers it gave before
TOKEN = "newscrawl_open"  # request.meta: the same in retries and redirects

_numbers = count()


@dataclass(slots=True)
class Clock:
    """How one source keeps the run waiting."""

    began: float
    """Monotonic seconds of its first request."""

    open: set[int] = field(default_factory=set)
    """Tokens of its requests without an outcome."""

    downloads: dict[int, float] = field(default_factory=dict)
    """Since when each download is under way, by number."""

    answers: int = 0
    mean_s: float = 0.0
    """What an answer took, the last ones counted most."""

    is_failing: bool = False
    """Whether the last download brought a failure."""

    def note(self, took_s: float, *, failed: bool) -> None:
        """Note a download that ended."""
        self.is_failing = failed
        if not failed:
            self.answers += 1
            self.mean_s = took_s if self.answers == 1 else 0.7 * self.mean_s + 0.3 * took_s

    def is_slow(self, now: float, most_s: float = SLOW_S) -> bool:
        """Tell whether it fails, hangs, or takes more than *most_s* for each answer."""
        hanging = any(now - since > SLOW_S for since in self.downloads.values())
        return self.is_failing or hanging or self.mean_s > most_s

    def why(self, now: float) -> str:
        """Say what there was to wait for."""
        if self.is_failing:
            return "it answers with failures"
        longest = max((now - since for since in self.downloads.values()), default=0.0)
        if not self.answers or longest > 3 * self.mean_s:
            return f"no answer for {longest:.0f} s"
        return f"it takes {self.mean_s:.1f} s for an answer"


class TimeBudgetMiddleware:
    """Put a source of a sites file off: what is left of it waits for the next run, and what hangs is cut.

    - after its budget, ``NEWSCRAWL_SOURCE_BUDGET_S`` or the key ``budget`` of its table, in seconds since its first
      request; 0: none
    - when only slow sources are left (answers take over 2 s or much longer than is usual in this run, or there are none
      but failures), after a tenth of the run so far and at least 1 s. One that gave no answer in three such runs gets
      more in the next, by how long it was not asked, up to 32 s

    Its pages stay pending and lose no try. A URL that a person named in the arguments is waited for. Log::

        wire is put off: no answer for 5 s; what is left of it waits for the next run
    """

    def __init__(self, crawler: Crawler, sources: Sequence[Source], budget_s: float) -> None:
        self.crawler = crawler
        self.sources = by_name(sources)
        self.budget_s = budget_s
        self.clocks: dict[str, Clock] = {}
        self.put_off: dict[str, str] = {}
        """Why, by source."""

        self.began = time.monotonic()
        self.only_slow_since: float | None = None
        self._asking: defaultdict[str, set[str]] = defaultdict(set)
        self._slots: defaultdict[str, set[str]] = defaultdict(set)
        """By source: the downloader's slots that its requests stand in."""

        self._tasks: dict[str, set[asyncio.Task[Response]]] = defaultdict(set)
        self._watch: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        options = require_options(crawler)
        if options.dry_run or not any(source.from_file for source in options.sources):
            raise NotConfigured
        middleware = cls(crawler, options.sources, Configuration.read(crawler.settings).source_budget_s)
        crawler.signals.connect(middleware.spider_opened, signals.spider_opened)
        crawler.signals.connect(middleware.request_scheduled, signals.request_scheduled)
        crawler.signals.connect(middleware.spider_closed, signals.spider_closed)
        return middleware

    def spider_opened(self) -> None:
        """Begin to watch the clocks."""
        self._watch = asyncio.ensure_future(self.watch())

    def spider_closed(self) -> None:
        """Stop watching."""
        if self._watch is not None:
            self._watch.cancel()

    def request_scheduled(self, request: Request) -> None:
        """Count a request of a source as open until its outcome is known."""
        source = source_of(request, self.sources)
        if source is not None:
            clock = self.clocks.setdefault(source.name, Clock(time.monotonic()))
            clock.open.add(request.meta.setdefault(TOKEN, next(_numbers)))
            self._asking[urlsplit(request.url).netloc].add(source.name)

    def process_request(self, request: Request) -> None:
        if (source := source_of(request, self.sources)) is not None and source.name in self.put_off:
            raise Refused(Reason.PUT_OFF, self.put_off[source.name])

    def process_response(self, request: Request, response: Response) -> Response:
        self._close(request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        self._close(request)

    async def within(self, request: Request, download: Coroutine[Any, Any, Response]) -> Response:
        """Return what *download* brings; raise :class:`Refused` when the source that asked for it is put off."""
        names = self.asking(request)
        if names and names <= self.put_off.keys():
            download.close()
            raise Refused(Reason.PUT_OFF, self.put_off[next(iter(names))])
        number, began = next(_numbers), time.monotonic()
        task = asyncio.ensure_future(download)
        clocks = [self.clocks[name] for name in names if name in self.clocks]
        slot = request.meta.get("download_slot") or urlsplit(request.url).hostname or ""
        for name, clock in zip(names, clocks, strict=False):
            self._slots[name].add(slot)
            clock.downloads[number] = began
            self._tasks[name].add(task)
        failed = True
        try:
            await asyncio.wait({task})
            if task.cancelled():
                raise Refused(Reason.PUT_OFF, self.put_off.get(next(iter(names), ""), ""))
            response = task.result()
            failed = response.status >= 500 or reason_of_status(response.status) is Reason.RATE_LIMITED
            return response
        finally:
            task.cancel()
            for name, clock in zip(names, clocks, strict=False):
                clock.downloads.pop(number, None)
                clock.note(time.monotonic() - began, failed=failed)
                self._tasks[name].discard(task)

    def asking(self, request: Request) -> set[str]:
        """Return for which sources *request* is made; a robots.txt is for all that ask its host."""
        source = source_of(request, self.sources)
        return {source.name} if source is not None else self._asking.get(urlsplit(request.url).netloc, set()).copy()

    async def watch(self) -> None:
        """Look at the clocks now and then."""
        while True:
            await asyncio.sleep(TICK_S)
            await self.check(time.monotonic())

    async def check(self, now: float) -> None:
        """Put off what has used up its budget, and what alone holds the run for too long."""
        busy = {name: clock for name, clock in self.clocks.items() if clock.open and name not in self.put_off}
        for name, clock in busy.items():
            budget = self.budget_of(name)
            if budget and now - clock.began > budget:
                self.put(name, f"its time in a run, {budget:.0f} s, is used up", now)
        most_s = self.slow_s()
        slow = [name for name, clock in busy.items() if self.sources[name].from_file and clock.is_slow(now, most_s)]
        through = any(clock.answers and not clock.open for clock in self.clocks.values())
        if not through or not slow or len(slow) < len(busy):
            self.only_slow_since = None
            return
        if self.only_slow_since is None:
            self.only_slow_since = now
        for name in slow:
            grace = max(SHARE * (self.only_slow_since - self.began), await self.grace_s(name))
            if now - self.only_slow_since > grace and name not in self.put_off:
                self.put(name, busy[name].why(now), now)

    def stuck(self) -> int:
        """Return how many requests of slow sources have no outcome yet; the others need not wait for them."""
        now, most_s = time.monotonic(), self.slow_s()
        return sum(len(clock.open) for clock in self.clocks.values() if clock.is_slow(now, most_s))

    def slow_s(self) -> float:
        """Return how long an answer takes at least that is slow in this run: much longer than its sources need."""
        usual_s = median([clock.mean_s for clock in self.clocks.values() if clock.answers] or [SLOW_S])
        return min(SLOW_S, max(usual_s + SLOWER_S, TIMES * usual_s))  # on a busy machine all need longer

    def budget_of(self, name: str) -> float:
        """Return the seconds that a run may spend on a source; 0: no limit."""
        source = self.sources[name]
        if not source.from_file:
            return 0.0
        return self.budget_s if source.budget_s is None else source.budget_s

    async def grace_s(self, name: str) -> float:
        """Return how long the run waits at least for a slow source; longer for one that came to nothing so far."""
        store = any_store(self.crawler)
        state = await store.source(name) if store is not None else None
        if state is None or state.last_run is None:
            return GRACE_S
        starved = max(0, History.read(state.learned).starved - STARVED_RUNS)
        unasked_s = (datetime.now(UTC) - state.last_run).total_seconds()
        return max(GRACE_S, min(starved * STARVED_SHARE * unasked_s, MOST_GRACE_S))

    def put(self, name: str, why: str, now: float) -> None:
        """Put a source off: its requests end, those under way too."""
        assert self.crawler.stats is not None
        self.put_off[name] = why
        reasons = {source: (reason, self.clocks[source].answers) for source, reason in self.put_off.items()}
        self.crawler.stats.set_value(PUT_OFF, reasons)
        logger.info("%s is put off: %s; what is left of it waits for the next run", name, why)
        for task in self._tasks[name]:
            task.cancel()
        self.empty_slots(name)

    def empty_slots(self, name: str) -> None:
        """Let what waits in the source's slots pass at once, to be refused: a slow host has a long delay."""
        if not self.crawler.crawling:
            return
        assert self.crawler.engine is not None
        others = {key for other, keys in self._slots.items() if other not in self.put_off for key in keys}
        for key in self._slots[name] - others:
            if slot := self.crawler.engine.downloader.slots.get(key):
                slot.delay = 0.0

    def _close(self, request: Request) -> None:
        source = source_of(request, self.sources)
        if source is not None and (clock := self.clocks.get(source.name)) is not None:
            clock.open.discard(request.meta.get(TOKEN, -1))


def time_budget_of(crawler: Crawler) -> TimeBudgetMiddleware | None:
    """Return the middleware; None in a crawl where no source has a budget."""
    return crawler.get_downloader_middleware(TimeBudgetMiddleware) if crawler.engine else None


def put_off_by(crawler: Crawler, asked: Request | str) -> str:
    """Return why a source, or all that asked for a request, are put off in this run; empty where they are not."""
    budget = time_budget_of(crawler)
    if budget is None:
        return ""
    names = {asked} if isinstance(asked, str) else budget.asking(asked)
    return budget.put_off[min(names)] if names and names <= budget.put_off.keys() else ""

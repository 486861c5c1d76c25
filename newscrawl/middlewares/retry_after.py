"""Waits as a server asks, and asks again what may come yet."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.configuration import Configuration
from newscrawl.downloads.host_queue import WAITS
from newscrawl.downloads.private_names import is_closing
from newscrawl.extensions.store import any_store
from newscrawl.middlewares.refusals import Refused, reason_of, reason_of_status
from newscrawl.middlewares.time_budget import put_off_by
from newscrawl.outcomes import Reason
from newscrawl.store.schedule.states import HostState

logger = logging.getLogger(__name__)

TRIES: dict[Reason, int] = {
    Reason.RATE_LIMITED: 6,
    Reason.SERVER_ERROR: 2,
    Reason.CONNECTION: 2,
    Reason.BAD_RESPONSE: 1,
    Reason.DOWNLOAD_TIMEOUT: 1,  # each costs DOWNLOAD_TIMEOUT
    Reason.DNS: 1,
}
"""How often a failure is asked for again in this run. What is not here is permanent, or the next run's business."""

FIRST_PAUSE_S = 1.0  # then 2, 4, 8 ...
SLOW_DELAY_S = 1.0  # at least, between a host's requests after it asked us to wait; until it answers again
LONGEST_S = 24 * 3600.0  # a host that wants more is asked again after a day
TICK_S = 1.0  # how soon a waiting request notices that the crawl is ending


@dataclass(slots=True)
class Host:
    """What one host asked of us."""

    until: float = 0.0
    """No request before this (monotonic)."""

    normal_delay: float | None = None
    """The slot's delay before we slowed down."""


class RetryAfterMiddleware:
    """On 429 and 503 leave the host alone for as long as it says, then ask again, up to six times; slower from then on.

    Takes the place of Scrapy's ``RetryMiddleware``: 5xx and network faults are asked for again after 1, 2, 4 ... s, the
    rest never. A waiting request lends its place among the ``CONCURRENT_REQUESTS`` to other hosts. A host that asks for
    more than ``NEWSCRAWL_RETRY_AFTER_MAX_S`` is given up for as long, by later runs too: its URLs stay. Log::

        news.example asks us to wait 30 s (status 429)

    Stats: ``newscrawl/retry/<reason>``, ``newscrawl/retry_after/waits``. A request may lower its tries with
    ``request.meta["newscrawl_retries"]``; with ``dont_retry`` its answer says nothing of the host.
    """

    def __init__(self, crawler: Crawler, max_wait_s: float) -> None:
        self.crawler = crawler
        self.max_wait_s = max_wait_s
        self.waiting = 0
        """Requests that wait; they take no part in what is under way."""

        self._hosts: dict[str, Host] = {}
        self._recalled: dict[str, asyncio.Future[None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RetryAfterMiddleware:
        middleware = cls(crawler, Configuration.read(crawler.settings).retry_after_max_s)
        crawler.signals.connect(middleware._downloaded, signals.response_downloaded)
        return middleware

    def rest_s(self, url: str) -> float:
        """Return for how many seconds the host of *url* wants to be left alone; 0.0 where a run waits so long."""
        parts = urlsplit(url)
        hosts = [host for key in (parts.hostname, parts.netloc) if key and (host := self._hosts.get(key))]
        rest = max((host.until for host in hosts), default=0.0) - time.monotonic()
        return rest if rest > self.max_wait_s else 0.0

    async def process_request(self, request: Request) -> None:
        key = self._key(request)
        if key not in self._recalled:
            self._recalled[key] = asyncio.ensure_future(self._recall(key))
        await asyncio.shield(self._recalled[key])
        await self.turn(request)

    async def turn(self, request: Request) -> None:
        """Return when *request* may go; raise :class:`Refused` where that would take too long.

        The download handler asks once more, at the last moment: while one answer was on its way, thirty others passed
        here and stand in the downloader's queue.
        """
        host = self._hosts.get(self._key(request))
        until = max(host.until if host else 0.0, request.meta.get("newscrawl_not_before", 0.0))
        if until <= time.monotonic():
            return
        if until - time.monotonic() > self.max_wait_s + TICK_S:
            raise Refused(Reason.RATE_LIMITED, asked_to_wait(until - time.monotonic()))
        await self._wait(request, host)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        reason = reason_of_status(response.status)
        if response.status < 400 or reason not in TRIES or request.meta.get("dont_retry"):
            self._recover(request)
            return response
        if reason is Reason.RATE_LIMITED and (pause := self._pause(request, response)) > self.max_wait_s:
            await self._remember(self._key(request), pause, response.status)
            return response
        return self._again(request, reason) or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        if isinstance(exception, Refused) or request.meta.get("dont_retry"):
            return None
        return self._again(request, reason_of(exception)[0])

    async def _recall(self, key: str) -> None:
        """Keep to what the host asked of an earlier run."""
        store = any_store(self.crawler)
        state = await store.host(key) if store is not None else None
        rest = (state.not_before - datetime.now(UTC)).total_seconds() if state and state.not_before else 0.0
        if rest > 0:
            logger.info("%s asked an earlier run to wait; %.0f s are left", key, rest)
            self._hosts.setdefault(key, Host()).until = time.monotonic() + min(rest, LONGEST_S)

    async def _remember(self, key: str, pause: float, status: int) -> None:
        """Make later runs keep to what the host asked, since this run does not wait so long."""
        if (store := any_store(self.crawler)) is not None:
            until = datetime.now(UTC) + timedelta(seconds=min(pause, LONGEST_S))
            await store.record_host(HostState(key, not_before=until, reason=f"status {status}"))

    def _again(self, request: Request, reason: Reason) -> Request | None:
        """Return the request to make once more, or None where its tries are used up."""
        tries = request.meta.get("retry_times", 0)
        if tries >= min(TRIES.get(reason, 0), request.meta.get("newscrawl_retries", 99)):
            return None
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"newscrawl/retry/{reason.value}")
        again = request.copy()
        again.dont_filter = True
        again.meta["retry_times"] = tries + 1
        again.meta.pop("newscrawl_received", None)
        if reason is not Reason.RATE_LIMITED:  # there the whole host waits
            again.meta["newscrawl_not_before"] = time.monotonic() + FIRST_PAUSE_S * 2**tries
        return again

    async def _wait(self, request: Request, host: Host | None) -> None:
        """Sleep until the request may go, with its place in the downloader lent to another."""
        assert self.crawler.engine is not None
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value("newscrawl/retry_after/waits")
        downloader = self.crawler.engine.downloader
        downloader.total_concurrency += 1
        self.waiting += 1
        request.meta[WAITS] = True
        try:
            while True:  # others may prolong the host's pause meanwhile
                until = max(host.until if host else 0.0, request.meta.get("newscrawl_not_before", 0.0))
                rest = until - time.monotonic()
                if rest <= 0:
                    return
                if why := put_off_by(self.crawler, request):
                    raise Refused(Reason.PUT_OFF, why)
                if rest > self.max_wait_s + TICK_S or is_closing(self.crawler):
                    raise Refused(Reason.RATE_LIMITED, asked_to_wait(rest))
                await asyncio.sleep(min(rest, TICK_S))
        finally:
            downloader.total_concurrency -= 1
            self.waiting -= 1
            request.meta.pop(WAITS, None)

    def _downloaded(self, response: Response, request: Request) -> None:
        """Hold the host before its slot lets the next request go; ``process_response`` is too late."""
        if reason_of_status(response.status) is Reason.RATE_LIMITED and not request.meta.get("dont_retry"):
            self._hold(request, self._pause(request, response), response.status)

    def _pause(self, request: Request, response: Response) -> float:
        wait = read_retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        return FIRST_PAUSE_S * 2.0 ** request.meta.get("retry_times", 0) if wait is None else wait

    def _hold(self, request: Request, pause: float, status: int) -> None:
        """Let nothing go to the host for *pause* seconds, and less than before from then on."""
        key, slot = self._key(request), self._slot(request)
        host = self._hosts.setdefault(key, Host())
        now = time.monotonic()
        if host.until <= now:
            logger.info("%s asks us to wait %.0f s (status %d)", key, pause, status)
        host.until = max(host.until, now + pause)
        if slot is None or pause > self.max_wait_s:
            return
        if host.normal_delay is None:
            host.normal_delay = slot.delay
        slot.delay = max(slot.delay, SLOW_DELAY_S)

    def _recover(self, request: Request) -> None:
        """Halve the delay of a host that answers again, down to what it was."""
        host = self._hosts.get(self._key(request))
        if host is None or host.normal_delay is None or host.until > time.monotonic():
            return
        slot = self._slot(request)
        if slot is not None:
            slot.delay = max(host.normal_delay, slot.delay / 2)
        if slot is None or slot.delay - host.normal_delay < 0.05:
            if slot is not None:
                slot.delay = host.normal_delay
            host.normal_delay = None

    def _key(self, request: Request) -> str:
        assert self.crawler.engine is not None
        return self.crawler.engine.downloader.get_slot_key(request)

    def _slot(self, request: Request) -> Slot | None:
        assert self.crawler.engine is not None
        return self.crawler.engine.downloader.slots.get(self._key(request))


def asked_to_wait(seconds: float) -> str:
    """Return the detail of an outcome for a host that wants *seconds* more."""
    return f"the host asks us to wait {seconds:.0f} s more"


def read_retry_after(value: bytes | None, now: datetime) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for: a number or an HTTP date; None if it says nothing."""
    text = (value or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())

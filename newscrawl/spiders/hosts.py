"""Hosts that give no pages for now: a wall that many of a host's URLs meet is the host's state, not the pages'."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from urllib.parse import urlsplit

from newscrawl.discovery import Via
from newscrawl.items import Article
from newscrawl.middlewares.retry_after import RetryAfterMiddleware
from newscrawl.outcomes import NOT_NOW, Reason, Rejection, Unmodified
from newscrawl.reports import ParkedHost
from newscrawl.store import HostState, Pending, Store

logger = logging.getLogger(__name__)

MANY = 10  # pages of one host in a row that show the same wall: then the others would show it, too
AGAIN = 3  # so many are enough where the last run met a wall, too
PATIENT_RUNS = 15  # runs in a row, over two weeks, in which a host's URLs wait without using up their tries
FIRST_PAUSE = timedelta(minutes=10)  # after the second run at a wall; four times as long after each further one
LONGEST_PAUSE = timedelta(days=1)
LONGEST_REST = timedelta(days=7)  # that a host may ask for
WALLS = frozenset((*NOT_NOW, Reason.RATE_LIMITED))


@dataclass(slots=True)
class Wall:
    """What the last pages of a host were."""

    reason: Reason
    pages: int = 0


class HostStates:
    """Counts the walls that a run meets by host, and parks a host that shows nothing else.

    The URLs of a parked host wait for a later run, and neither those that met the wall nor the others lose a try. The
    pauses grow from run to run. A host that said how long to wait (Retry-After) is not asked for articles before.
    """

    def __init__(self, store: Store, retry_after: RetryAfterMiddleware | None) -> None:
        self.store = store
        self.retry_after = retry_after
        self.walls: dict[str, Wall] = {}
        self.states: dict[str, HostState | None] = {}
        """What earlier runs left, of the hosts that were met."""

        self.answered: set[str] = set()
        self.reading: dict[str, tuple[int, str]] = {}
        """Of the pages that workers are reading, by key: which it was of all that arrived, and its host."""

        self.arrivals = count()
        self.parked: dict[str, ParkedHost] = {}
        self.resting: frozenset[str] = frozenset()
        """Hosts that said in an earlier run how long to wait, which is not over."""

    async def open(self) -> None:
        """Read which hosts want to be left alone yet."""
        self.resting = await self.store.resting_hosts(datetime.now(UTC))

    def is_parked(self, pending: Pending) -> bool:
        """Tell whether *pending* has to wait for its host; what a person named is asked for all the same."""
        host = host_of(pending.candidate.url)
        return host in self.parked or (host in self.resting and pending.candidate.via is not Via.SEED)

    def arrived(self, pending: Pending) -> None:
        """Take in that a page is about to be read; walls that arrived behind it are none in a row before it is."""
        self.reading[pending.key] = (next(self.arrivals), host_of(pending.candidate.url))

    def left(self, pending: Pending) -> None:
        """Take in that a page was read, whether or not anything came of it."""
        self.reading.pop(pending.key, None)

    async def note(self, result: Article | Rejection | Unmodified, pending: Pending) -> None:
        """Take in what became of a page."""
        host = host_of(pending.candidate.url)
        arrival, _ = self.reading.pop(pending.key, (next(self.arrivals), host))
        if not isinstance(result, Rejection) or result.reason not in WALLS:
            self.walls.pop(host, None)
            if isinstance(result, Article) and result.body_source == "page":
                self.answered.add(host)
            return
        if host in self.parked:
            return
        if host not in self.states:
            self.states[host] = await self.store.host(host)
        before = self.states[host]
        wall = self.walls.get(host)
        if wall is None or wall.reason is not result.reason:
            wall = self.walls[host] = Wall(result.reason)
        wall.pages += 1
        rest = self.retry_after.rest_s(pending.candidate.url) if self.retry_after else 0.0
        if rest and result.reason is Reason.RATE_LIMITED:
            self.park(host, wall, datetime.now(UTC) + min(timedelta(seconds=rest), LONGEST_REST))
        elif wall.pages >= (AGAIN if before and before.failures else MANY) and not any(
            earlier < arrival and reading == host for earlier, reading in self.reading.values()
        ):
            self.park(host, wall)

    def park(self, host: str, wall: Wall, until: datetime | None = None) -> None:
        """Leave *host* alone for the rest of this run; *until*: it said how long."""
        self.parked[host] = ParkedHost(host, wall.reason, wall.pages, until, is_asked=until is not None)
        logger.warning("%s", self.parked[host])

    async def record(self, run_id: str) -> tuple[ParkedHost, ...]:
        """Write down the states of the hosts at the end of a run; return those that were parked, with what waits."""
        now = datetime.now(UTC)
        reports = []
        for host, parked in self.parked.items():
            before = self.states.get(host)
            failures = (before.failures if before else 0) + 1
            until = parked.until or now + pause(failures)
            counts = await self.store.rest_host(host, run_id, until, keep_tries=failures <= PATIENT_RUNS)
            reports.append(parked.waiting_until(until, counts))
            await self.store.record_host(HostState(host, until, failures, str(parked.reason)))
        for host in self.answered - self.parked.keys():
            state = self.states[host] if host in self.states else await self.store.host(host)
            if state is not None and state.failures:
                await self.store.record_host(HostState(host))
        return tuple(reports)


def pause(failures: int) -> timedelta:
    """Return how long a host rests after *failures* runs in a row at its wall: not at all after the first."""
    return min(FIRST_PAUSE * 4 ** min(failures - 2, 10), LONGEST_PAUSE) if failures > 1 else timedelta()


def host_of(url: str) -> str:
    """Return host and port as the frontier keeps them."""
    return urlsplit(url).netloc

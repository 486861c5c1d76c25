"""Records from saved pages: through the crawl's workers, with what each site's pages teach about its boilerplate."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from newscrawl.extraction import Observation, Page, memory_key, repeated
from newscrawl.items import Article
from newscrawl.outcomes import Reason, Rejection
from newscrawl.saved.archive import SavedPage
from newscrawl.workers import WorkerPool

WINDOW = 256
"""Pages that are read before the first of them is written: what they teach of a site serves its first page too."""

MEMORY = 16
"""Observations kept of a site."""

MAX_SITES = 5_000


@dataclass(slots=True)
class Extracted:
    """What became of one saved page."""

    page: SavedPage
    result: Article | Rejection
    observation: Observation | None = None

    @property
    def address(self) -> str:
        """Where the page was fetched, or what it calls its own address; its site's memory goes by it."""
        return self.page.url or self.result.url


class SiteMemory:
    """What the archive's sites taught so far; those not met for long are forgotten."""

    def __init__(self) -> None:
        self._sites: OrderedDict[str, tuple[Observation, ...]] = OrderedDict()

    def get(self, url: str) -> tuple[Observation, ...]:
        """Return what is remembered of the site of *url*."""
        return self._sites.get(memory_key(url), ())

    def learn(self, key: str, observations: Sequence[Observation]) -> None:
        """Add *observations* of the site called *key*; the oldest make room."""
        self._sites[key] = (*self._sites.pop(key, ()), *observations)[-MEMORY:]
        if len(self._sites) > MAX_SITES:
            self._sites.popitem(last=False)


async def extract_all(pool: WorkerPool, pages: Iterable[SavedPage], now: datetime) -> AsyncIterator[Extracted]:
    """Yield what becomes of each of *pages*, in their order; the same pages give the same results.

    *now* is taken for the time of download where the archive does not tell it.
    """
    memory = SiteMemory()
    source = iter(pages)
    while window := list(islice(source, WINDOW)):
        for extracted in await _extract_window(pool, window, memory, now):
            yield extracted


async def _extract_window(
    pool: WorkerPool, window: Sequence[SavedPage], memory: SiteMemory, now: datetime
) -> list[Extracted]:
    results = await _extract_each(pool, [(page, memory.get(page.url)) for page in window], now)
    taught: dict[str, list[Observation]] = defaultdict(list)
    for one in results:
        if one.observation is not None:
            taught[memory_key(one.address)].append(one.observation)
    again = []
    for index, one in enumerate(results):
        if one.observation is None:
            continue
        before = memory.get(one.address)
        after = (*before, *taught[memory_key(one.address)])
        story, lines = one.observation.story, one.observation.lines
        if (repeated(after, story) - repeated(before, story)).intersection(lines):
            again.append((index, after))
    once_more = await _extract_each(pool, [(results[index].page, after) for index, after in again], now)
    for (index, _), one in zip(again, once_more, strict=True):
        results[index] = one
    for key, observations in taught.items():
        if key:
            memory.learn(key, observations)
    return results


async def _extract_each(
    pool: WorkerPool, tasks: Sequence[tuple[SavedPage, tuple[Observation, ...]]], now: datetime
) -> list[Extracted]:
    free = asyncio.Semaphore(2 * pool.size)  # no more pages are in memory than the workers are about to need

    async def one(saved: SavedPage, memory: tuple[Observation, ...]) -> Extracted:
        async with free:
            try:
                body = saved.read()
            except OSError as error:
                reason = Rejection(saved.url, Reason.NOT_FOUND, f"cannot be read: {error.strerror}")
                return Extracted(saved, reason)
            page = Page(body, fetched_at=saved.fetched_at or now, content_type=saved.content_type)
            result, observation = await pool.extract(page, saved.url, memory)
            return Extracted(saved, result, observation)

    return await asyncio.gather(*(one(saved, memory) for saved, memory in tasks))

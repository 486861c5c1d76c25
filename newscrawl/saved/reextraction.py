"""Records from saved pages: through the crawl's workers, with what each site's pages teach about its boilerplate."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from newscrawl.extraction import Observation, Page, memory_key, repeated
from newscrawl.extraction.learned.site_memory import SiteMemory
from newscrawl.extraction.learned.template import learn
from newscrawl.items import Article
from newscrawl.outcomes import Reason, Rejection
from newscrawl.saved.page import SavedPage
from newscrawl.workers import WorkerPool

WINDOW = 256
"""Pages that are read before the first of them is written: what they teach of a site serves its first page too."""

FIRST = 4
"""Pages of a site without a template that are read before its others, so that these are read by what they taught."""

WINDOW_BYTES = 64 * 1024 * 1024
"""Bytes that are in memory at most, however large a page an archive claims to have."""


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


async def extract_all(pool: WorkerPool, pages: Iterable[SavedPage], now: datetime) -> AsyncIterator[Extracted]:
    """Yield what becomes of each of *pages*, in their order; the same pages give the same results.

    *now* is taken for the time of download where the archive does not tell it.
    """
    memory = SiteMemory()
    for window in _windows(pages):
        for extracted in await _extract_window(pool, window, memory, now):
            yield extracted


def _windows(pages: Iterable[SavedPage]) -> Iterator[list[SavedPage]]:
    window: list[SavedPage] = []
    size = 0
    for page in pages:
        window.append(page)
        size += page.held_bytes
        if len(window) == WINDOW or size > WINDOW_BYTES:
            yield window
            window, size = [], 0
    if window:
        yield window


def as_page(saved: SavedPage, now: datetime) -> Page:
    """Return *saved* as extraction takes it. Raises OSError."""
    return Page(
        saved.read(),
        fetched_at=saved.fetched_at or now,
        content_type=saved.content_type,
        robots_tag=saved.robots_tag,
        tdm_reservation=saved.tdm_reservation,
    )


async def _extract_window(
    pool: WorkerPool, window: Sequence[SavedPage], memory: SiteMemory, now: datetime
) -> list[Extracted]:
    used = [memory.get(memory_key(page.url)) or () for page in window]
    met = Counter[str]()
    first: list[int] = []
    rest: list[int] = []
    for index, page in enumerate(window):
        site = memory_key(page.url)
        met[site] += 1
        (rest if page.url and (met[site] > FIRST or _has_template(used[index])) else first).append(index)
    results: dict[int, Extracted] = {}
    taught: dict[str, list[Observation]] = defaultdict(list)
    for part in (first, rest):
        if part is rest:  # by what the first pages of their sites taught
            for index in part:
                used[index] = (*used[index], *taught[memory_key(window[index].url)])
        extracted = await _extract_each(pool, [(window[index], used[index]) for index in part], now)
        results.update(zip(part, extracted, strict=True))
        for outcome in extracted:
            if outcome.observation is not None:
                taught[memory_key(outcome.address)].append(outcome.observation)
    again = []
    for index, outcome in sorted(results.items()):
        if outcome.observation is None:
            continue
        before = used[index]
        after = (*(memory.get(memory_key(outcome.address)) or ()), *taught[memory_key(outcome.address)])
        story, lines = outcome.observation.story, outcome.observation.lines
        if (repeated(after, story) - repeated(before, story)).intersection(lines) or (
            learn(after, story) and not learn(before, story)
        ):
            again.append((index, after))
    once_more = await _extract_each(pool, [(results[index].page, after) for index, after in again], now)
    for (index, _), outcome in zip(again, once_more, strict=True):
        results[index] = outcome
    for key, observations in taught.items():
        if key:
            memory.begin(key)
            memory.add(key, *observations)
    return [results[index] for index in range(len(window))]


def _has_template(memory: Sequence[Observation]) -> bool:
    return bool(learn(memory, -1))


async def _extract_each(
    pool: WorkerPool, tasks: Sequence[tuple[SavedPage, tuple[Observation, ...]]], now: datetime
) -> list[Extracted]:
    free = asyncio.Semaphore(2 * pool.size)  # no more pages are in memory than the workers are about to need

    async def extract_page(saved: SavedPage, memory: tuple[Observation, ...]) -> Extracted:
        async with free:
            if saved.fault is not None:
                return Extracted(saved, Rejection(saved.url, *saved.fault))
            try:
                page = as_page(saved, now)
            except OSError as error:
                reason = Rejection(saved.url, Reason.NOT_FOUND, f"cannot be read: {error.strerror}")
                return Extracted(saved, reason)
            result, observation = await pool.extract(page, saved.url, memory)
            return Extracted(saved, result, observation)

    return await asyncio.gather(*(extract_page(saved, memory) for saved, memory in tasks))

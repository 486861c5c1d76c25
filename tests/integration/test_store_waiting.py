"""What must not wait for the store, and what the store waits for."""

import asyncio
import threading
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from scrapy.signalmanager import SignalManager

from newscrawl.discovery.candidate import Candidate, Via
from newscrawl.extraction import Observation, memory_key
from newscrawl.extraction.learned.site_memory import OBSERVATIONS as KEPT
from newscrawl.extraction.learned.site_memory import SITES, SiteMemory
from newscrawl.spiders.feeding import FrontierFeed
from newscrawl.store import Pending, Store
from newscrawl.store.thread import BATCH
from tests.kill.feed import page
from tests.storing import HOST, candidates, crawl, finish, policy, use

BOTH_ENGINES = True

SITE = memory_key(f"http://{HOST}/")
LESSON = Observation(story=1, lines=(1, 2, 3))


class Gate:
    """A step of the transaction at which the store's thread stands until it is let go."""

    def __init__(self, name: str) -> None:
        self.name, self.reached, self.open = name, threading.Event(), threading.Event()

    def __call__(self, name: str) -> None:
        if name == self.name:
            self.reached.set()
            assert self.open.wait(240)


def test_what_a_site_taught_is_told_while_a_batch_is_written(tmp_path):
    gate = Gate("appended")

    async def work(store: Store):
        await store.claim("s")
        await store.discover("s", candidates([1]))
        before = await store.memory(SITE)
        [pending] = await store.take(1)
        written = asyncio.ensure_future(store.complete(pending.key, page(pending), LESSON))
        await asyncio.to_thread(gate.reached.wait)
        meanwhile = await asyncio.wait_for(store.memory(SITE), 30)
        gate.open.set()
        await written
        return before, meanwhile, await store.memory(SITE)

    assert use(tmp_path, work, policy=policy(step=gate)) == ((), (LESSON,), (LESSON,))
    assert use(tmp_path, lambda store: store.memory(SITE)) == (LESSON,)


def test_what_is_at_hand_of_a_site_is_what_the_store_keeps(tmp_path):
    lessons = [Observation(story=number, lines=(number,)) for number in range(KEPT + 5)]

    async def learn(store: Store):
        await store.claim("s")
        await store.discover("s", candidates(range(20, 20 + 2 * len(lessons))))
        await store.memory(SITE)
        pages = zip(lessons, await store.take(len(lessons)), strict=True)
        await asyncio.gather(*(store.complete(pending.key, page(pending), lesson) for lesson, pending in pages))
        return await store.memory(SITE)

    assert use(tmp_path, learn) == use(tmp_path, lambda store: store.memory(SITE)) == tuple(lessons[-KEPT:])


def test_lessons_of_many_sites_are_at_hand_within_bounds():
    lessons = SiteMemory()
    for number in range(SITES + 1):
        lessons.begin(f"{number}.example", ())
        lessons.get("0.example")
    lessons.add("1.example", LESSON)

    assert sum(lessons.get(f"{number}.example") is not None for number in range(SITES + 1)) == SITES
    assert (lessons.get("0.example"), lessons.get("1.example")) == ((), None)


@pytest.mark.parametrize(("in_flight", "asked"), [(0, [128]), (96, [32]), (97, []), (128, [])])
def test_the_store_is_asked_for_many_pages_at_once_long_before_the_last_are_fetched(in_flight, asked):
    numbers: list[int] = []

    async def take(number: int) -> list[Pending]:
        numbers.append(number)
        candidate = Candidate(f"http://{HOST}/1", Via.FEED, f"http://{HOST}/feed")
        return [Pending(f"{HOST}/{at}", candidate, "s", datetime.now(UTC), 0) for at in range(number)]

    async def work():
        crawler = SimpleNamespace(get_downloader_middleware=lambda kind: None, signals=SignalManager())
        feed = FrontierFeed(crawler, SimpleNamespace(take=take), 128)
        feed.in_flight = in_flight
        return await feed.take(), feed.in_flight

    requests, after = asyncio.run(work())

    assert numbers == asked
    assert (len(requests), after) == (sum(asked), in_flight + sum(asked))


def test_a_run_that_asks_for_nothing_ends_without_a_word_from_the_engine():
    async def take(number: int) -> list[Pending]:
        return []

    async def work(*, asks: bool):
        crawler = SimpleNamespace(get_downloader_middleware=lambda kind: None, signals=SignalManager(), engine=None)
        feed = FrontierFeed(crawler, SimpleNamespace(take=take), 128)
        if asks:
            feed.begins()
        ending = asyncio.ensure_future(anext(feed.pages(), None))
        for _ in range(100):
            await asyncio.sleep(0)
        ended = ending.done()
        ending.cancel()
        return ended

    assert asyncio.run(work(asks=False))
    assert not asyncio.run(work(asks=True))


def test_a_batch_waits_for_company_but_not_where_none_can_come(tmp_path, monkeypatch):
    monkeypatch.setattr("newscrawl.store.thread.LINGER_S", 600)
    steps: list[str] = []

    async def work(store: Store):
        return await asyncio.wait_for(crawl(store, "s", range(30)), 60)

    answers = use(tmp_path, work, policy=policy(step=steps.append))

    assert len(answers) == 30
    assert steps.count("committed") == 1


def test_results_that_come_one_by_one_are_written_together(tmp_path, monkeypatch):
    monkeypatch.setattr("newscrawl.store.thread.LINGER_S", 600)
    steps: list[str] = []

    async def work(store: Store):
        await store.claim("s")
        await store.discover("s", candidates(range(2 * BATCH)))
        taken = await store.take(2 * BATCH)

        async def later(position: int, pending: Pending):
            await asyncio.sleep(0.001 * position)
            await finish(store, pending)

        results = (later(position, pending) for position, pending in enumerate(taken[:BATCH]))
        await asyncio.wait_for(asyncio.gather(*results), 60)

    use(tmp_path, work, policy=policy(step=steps.append))

    assert steps.count("committed") == 1

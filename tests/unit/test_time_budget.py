"""Which sources are put off when they hold a run."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from newscrawl.health.history import History
from newscrawl.middlewares.refusals import Refused
from newscrawl.middlewares.time_budget import GRACE_S, SLOW_S, Clock, TimeBudgetMiddleware
from newscrawl.outcomes import Reason
from newscrawl.sources.source import Source
from newscrawl.store import SourceState, Store
from tests.storing import use

FILE = Source("sound", from_file=True)
SOURCES = (FILE, replace(FILE, name="slow"), Source("named"))


def busy(since: float = 0.0, **told: object) -> Clock:
    """Return the clock of a source with one request, whose download is under way since then."""
    clock = Clock(0.0, open={1}, downloads={1: since})
    for name, value in told.items():
        setattr(clock, name, value)
    return clock


def through() -> Clock:
    return Clock(0.0, answers=5, mean_s=0.1)


def put_off(clocks: dict[str, Clock], *looks: float, budget_s: float = 0.0, sources=SOURCES) -> dict[str, str]:
    """Return what is put off after looks at these seconds."""
    middleware = TimeBudgetMiddleware(get_crawler(), sources, budget_s)
    middleware.began, middleware.clocks = 0.0, clocks
    for now in looks:
        asyncio.run(middleware.check(now))
    return middleware.put_off


@pytest.mark.parametrize(
    ("clock", "slow"),
    [
        (busy(since=99.9), False),
        (busy(since=100 - SLOW_S - 1), True),
        (busy(since=99.9, is_failing=True), True),
        (busy(since=99.9, answers=3, mean_s=SLOW_S + 1), True),
        (Clock(0.0, open={1}, answers=3, mean_s=0.2), False),
    ],
    ids=["asked just now", "hangs", "fails", "takes its time", "waits for its own delay"],
)
def test_a_source_is_slow_by_what_its_server_does_and_not_by_our_delays(clock, slow):
    assert clock.is_slow(100.0) is slow


def test_a_hanging_source_is_put_off_when_all_others_are_through():
    found = put_off({"sound": through(), "slow": busy()}, 5.0, 5.0 + GRACE_S + 0.1)

    assert found == {"slow": "no answer for 6 s"}


def test_the_run_waits_for_a_tenth_of_its_time_so_far():
    clocks = {"sound": through(), "slow": busy()}

    assert put_off(clocks, 100.0, 109.0) == {}
    assert put_off(clocks, 100.0, 111.0) == {"slow": "no answer for 111 s"}


@pytest.mark.parametrize(
    ("usual_s", "slow"), [(0.1, True), (0.3, True), (0.5, False)], ids=["much quicker", "quicker", "not much quicker"]
)
def test_a_source_is_slow_that_needs_much_longer_than_the_others(usual_s, slow):
    others = {f"sound{n}": Clock(0.0, answers=5, mean_s=usual_s) for n in range(3)}
    clocks = {**others, "slow": busy(since=99.5, answers=4, mean_s=1.2)}

    assert bool(put_off(clocks, 100.0, 100.0 + 0.1 * 100 + 0.1)) is slow


@pytest.mark.parametrize(
    ("runs", "minutes", "grace_s"),
    [(0, 60, 1), (2, 60, 1), (3, 0, 1), (3, 10, 2), (3, 40, 8), (5, 10, 6), (9, 600, 32)],
)
def test_a_source_that_never_answers_is_waited_for_by_how_long_it_was_not_asked(tmp_path, runs, minutes, grace_s):
    history = History()
    for _ in range(runs):
        history.note_put_off(is_put_off=True, answers=0)
    asked_at = datetime.now(UTC) - timedelta(minutes=minutes)
    state = SourceState("slow", last_run=asked_at, learned=history.write())

    async def grace(store: Store) -> float:
        await store.record_source(state)
        middleware = TimeBudgetMiddleware(crawler := get_crawler(), SOURCES, 0.0)
        crawler.get_extension = lambda kind: SimpleNamespace(store=store)
        return await middleware.grace_s("slow")

    assert use(tmp_path, grace) == pytest.approx(grace_s, abs=0.5)


@pytest.mark.parametrize(
    "other",
    [busy(since=99.9, answers=2, mean_s=0.1), Clock(0.0)],
    ids=["another one is busy", "no other one gave anything"],
)
def test_a_slow_source_goes_on_beside_others(other):
    other.downloads = {1: 199.9} if other.open else {}

    assert put_off({"sound": other, "slow": busy()}, 100.0, 200.0) == {}


def test_what_a_person_named_is_waited_for():
    assert put_off({"sound": through(), "named": busy()}, 100.0, 200.0, budget_s=10) == {}


def test_a_source_has_its_own_budget_before_that_of_the_settings():
    clocks = {"sound": busy(since=29.9, answers=9, mean_s=0.1)}

    assert put_off(clocks, 30.0, budget_s=20) == {"sound": "its time in a run, 20 s, is used up"}
    assert put_off(clocks, 30.0, budget_s=20, sources=(replace(FILE, budget_s=0.0),)) == {}
    assert put_off(clocks, 30.0, sources=(replace(FILE, budget_s=9.0),))


def test_a_download_of_a_source_that_is_put_off_is_cut():
    async def download() -> Response:
        await asyncio.sleep(3600)
        raise AssertionError

    async def crawl() -> TimeBudgetMiddleware:
        middleware = TimeBudgetMiddleware(get_crawler(), SOURCES, 0.0)
        request = Request("http://a.example/", cb_kwargs={"source": SOURCES[1]})
        middleware.request_scheduled(request)
        robots = asyncio.ensure_future(middleware.within(Request("http://a.example/robots.txt"), download()))
        page = asyncio.ensure_future(middleware.within(request, download()))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        middleware.put("slow", "no answer for 9 s", 9.0)
        for task in (page, robots, asyncio.ensure_future(middleware.within(request, download()))):
            with pytest.raises(Refused) as refused:
                await task
            assert (refused.value.reason, refused.value.detail) == (Reason.PUT_OFF, "no answer for 9 s")
        return middleware

    middleware = asyncio.run(crawl())

    assert not middleware.clocks["slow"].downloads
    with pytest.raises(Refused):
        middleware.process_request(Request("http://a.example/2", cb_kwargs={"source": SOURCES[1]}))

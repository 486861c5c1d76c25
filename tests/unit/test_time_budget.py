"""Which sources are put off when they hold a run."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from newscrawl.middlewares.refusals import Refused
from newscrawl.middlewares.time_budget import GRACE_S, SLOW_S, Clock, TimeBudgetMiddleware
from newscrawl.outcomes import Reason
from newscrawl.sources.source import Source

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

    assert found == {"slow": "no answer for 7 s"}


def test_the_run_waits_for_a_fifth_of_its_time_so_far():
    clocks = {"sound": through(), "slow": busy()}

    assert put_off(clocks, 100.0, 119.0) == {}
    assert put_off(clocks, 100.0, 121.0) == {"slow": "no answer for 121 s"}


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

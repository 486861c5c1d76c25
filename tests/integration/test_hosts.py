"""When a host counts as one that gives no pages for now."""

from __future__ import annotations

from datetime import UTC, datetime

from newscrawl.discovery.candidate import Candidate, Via
from newscrawl.outcomes import Reason, Rejection
from newscrawl.spiders.hosts import MANY, HostStates
from newscrawl.store import Pending, Store
from tests.kill.feed import page
from tests.storing import use


def pending(number: int) -> Pending:
    url = f"http://a.example/story/{number}"
    return Pending(url, Candidate(url, Via.FEED, "http://a.example/feed"), "a", datetime.now(UTC), attempts=1)


def wall(story: Pending) -> Rejection:
    return Rejection(story.candidate.url, Reason.CAPTCHA)


def test_walls_behind_a_page_that_is_being_read_are_no_row_until_that_page_is_one_too(tmp_path):
    async def body(store: Store) -> list[bool]:
        hosts, steps = HostStates(store, None), []
        for first in (0, 100):
            hosts.arrived(pending(first))
            for number in range(first + 1, first + 1 + MANY):
                await hosts.note(wall(pending(number)), pending(number))
            steps.append(hosts.is_parked(pending(999)))
            await hosts.note(page(pending(first)) if first == 0 else wall(pending(first)), pending(first))
            steps.append(hosts.is_parked(pending(999)))
        await hosts.note(wall(pending(200)), pending(200))
        return [*steps, hosts.is_parked(pending(999))]

    assert use(tmp_path, body) == [False, False, False, True, True]


def test_walls_in_a_row_park_a_host_while_a_later_page_is_being_read(tmp_path):
    async def body(store: Store) -> bool:
        hosts = HostStates(store, None)
        for number in range(MANY):
            hosts.arrived(pending(number))
        for number in range(MANY):
            hosts.arrived(pending(100 + number))
            await hosts.note(wall(pending(number)), pending(number))
        return hosts.is_parked(pending(999))

    assert use(tmp_path, body)

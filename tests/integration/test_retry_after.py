from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from newscrawl.middlewares.retry_after import read_retry_after
from newscrawl.outcomes import Reason
from tests.hostile.server import Asked, Case, HostileSite
from tests.probe import probe

NOW = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"8", 8.0),
        (b" 120 ", 120.0),
        (b"0", 0.0),
        (b"Mon, 23 Nov 2026 12:00:30 GMT", 30.0),
        (b"Mon, 23 Nov 2026 11:00:00 GMT", 0.0),
        (b"Mon, 23 Nov 2026 12:00:30 -0000", 30.0),
        (b"9" * 400, 999_999_999.0),
        (b"-5", None),
        (b"soon", None),
        (b"1.5", None),
        (b"\xd9\xa3", None),
        (b"Mon, 99 Nov 99999 12:00:30 GMT", None),
        (b"", None),
        (None, None),
    ],
)
def test_reads_seconds_and_dates(value, seconds):
    assert read_retry_after(value, NOW) == seconds


# --- over real connections


async def good(asked: Asked) -> None:
    await asked.send("a story")


def busy(times: int, status: str = "503 Busy", **headers: str) -> Case:
    """Answer so *times*, then with the story."""
    left = times

    async def case(asked: Asked) -> None:
        nonlocal left
        left -= 1
        if left >= 0:
            await asked.send("busy", status, **headers)
        else:
            await good(asked)

    return case


def closed_for(seconds: float) -> tuple[Case, Callable[[], int]]:
    """429 for so long after the first request; count those that came too early."""
    begin: list[float] = []
    early = 0

    async def case(asked: Asked) -> None:
        nonlocal early
        begin.append(time.monotonic())
        if time.monotonic() - begin[0] < seconds:
            early += len(begin) > 1
            await asked.send("slow down", "429 Too Many Requests", Retry_After=str(int(seconds)))
        else:
            await good(asked)

    return case, lambda: early


def test_waits_as_told_and_then_gets_the_page():
    case, early = closed_for(3)
    with HostileSite({"/story": case}) as site:
        found = probe([f"{site.url}/story"], named=[site.authority])

    assert found.answers[f"{site.url}/story"]["body"] == "a story"
    assert early() == 0


def test_the_whole_host_waits_and_other_hosts_do_not():
    """The site is closed until the other has been asked for everything, and nobody asks it for more meanwhile."""
    asked_of_other, asked_meanwhile = 0, 0

    async def closed(asked: Asked) -> None:
        if asked_of_other < 20:
            await asked.send("slow down", "429 Too Many Requests", Retry_After="5")
        else:
            await good(asked)

    async def of_site(asked: Asked) -> None:
        nonlocal asked_meanwhile
        asked_meanwhile += asked_of_other < 20
        await good(asked)

    async def of_other(asked: Asked) -> None:
        nonlocal asked_of_other
        asked_of_other += 1
        await good(asked)

    sites = HostileSite({"/story": closed, "*": of_site}), HostileSite({"*": of_other}, host="localhost")
    with sites[0] as site, sites[1] as other:
        urls = [f"{site.url}/story", *(f"{site.url}/{n}" for n in range(20)), *(f"{other.url}/{n}" for n in range(20))]
        found = probe(urls, named=[site.authority, other.authority], CONCURRENT_REQUESTS=4)

    assert len(found.answers) == 41
    assert all(answer.get("status") == 200 for answer in found.answers.values())
    assert site.hits["/story"] <= 3
    assert asked_meanwhile < 10  # the few that were under way


@pytest.mark.parametrize(
    ("case", "reason", "hits"),
    [
        pytest.param(busy(6, Retry_After="0"), None, 7, id="503-six-times"),
        pytest.param(busy(99, Retry_After="0"), Reason.RATE_LIMITED, 7, id="503-for-ever"),
        pytest.param(busy(2, "500 Oops"), None, 3, id="500-twice"),
        pytest.param(busy(99, "500 Oops"), Reason.SERVER_ERROR, 3, id="500-for-ever"),
        pytest.param(busy(1, "404 Not Found"), Reason.NOT_FOUND, 1, id="404"),
        pytest.param(busy(1, "410 Gone"), Reason.GONE, 1, id="410"),
        pytest.param(busy(1, "403 Forbidden"), Reason.HTTP_STATUS, 1, id="403"),
        pytest.param(busy(99, "429 Slow", Retry_After="3600"), Reason.RATE_LIMITED, 1, id="429-for-an-hour"),
    ],
)
def test_asks_again_what_may_come_yet_and_nothing_else(case, reason, hits):
    with HostileSite({"/story": case}) as site:
        found = probe([f"{site.url}/story"], named=[site.authority])

    assert found.answers[f"{site.url}/story"].get("reason") == (reason and reason.value)
    assert site.hits["/story"] == hits


def test_a_host_that_wants_an_hour_is_left_alone():
    with HostileSite({"/story": busy(99, "429 Slow", Retry_After="3600"), "*": good}) as site:
        urls = [f"{site.url}/{n}" for n in range(50)]
        urls.insert(5, f"{site.url}/story")
        found = probe(urls, named=[site.authority], CONCURRENT_REQUESTS_PER_DOMAIN=1, DOWNLOAD_DELAY=0.02)

    paths = [path for path, _ in site.seen]
    after = paths[paths.index("/story") + 1 :]
    assert len(after) <= 1  # one may have been on its way
    assert len(found.answers) == 51
    assert {answer.get("reason") for answer in found.answers.values()} == {None, Reason.RATE_LIMITED.value}


def test_a_host_that_asked_us_to_wait_is_asked_slower_and_then_as_fast_as_before():
    with HostileSite({"/story": busy(1, "429 Slow", Retry_After="1"), "*": good}) as site:
        urls = [f"{site.url}/story", *(f"{site.url}/{n}" for n in range(30))]
        found = probe(urls, named=[site.authority], CONCURRENT_REQUESTS_PER_DOMAIN=1, CONCURRENT_REQUESTS=1)

    delays = [answer["delay"] for answer in sorted(found.answers.values(), key=lambda answer: answer["at"])]
    assert max(delays) == 0.5  # a second, halved by the first answer
    assert delays[-1] == 0


def test_the_end_of_the_crawl_does_not_wait_for_those_who_wait():
    """Ten minutes would be longer than the probe may take."""
    with HostileSite({"/story": busy(1, "429 Slow", Retry_After="600")}) as site:
        settings = {"CLOSESPIDER_TIMEOUT": 3, "NEWSCRAWL_RETRY_AFTER_MAX_S": 3600}
        found = probe([f"{site.url}/story"], named=[site.authority], **settings)

    assert found.answers[f"{site.url}/story"]["reason"] == Reason.RATE_LIMITED.value
    assert site.hits["/story"] == 1

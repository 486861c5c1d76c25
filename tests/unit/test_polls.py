"""When a poll is conditional, and what its answer leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.schedule.interval import Bounds
from newscrawl.schedule.learned import Learned
from newscrawl.schedule.polls import (
    Asking,
    after_answer,
    after_failure,
    after_probe,
    after_unchanged,
    how_to_ask,
    is_lie,
    scheduled,
)
from newscrawl.store.schedule.states import DocumentState

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NEW = DocumentState("https://a.example/feed", "a", "feed")


def answered(state=NEW, now=NOW, since=None, etag='"1"', last_modified="yesterday"):
    return after_answer(state, etag=etag, last_modified=last_modified, since=since, now=now)


READ = answered()
BOTH = Asking({"If-None-Match": '"1"', "If-Modified-Since": "yesterday"}, same_is_unchanged=True)
DOUBTED = Asking(same_is_unchanged=True)
WHOLE = Asking()


@pytest.mark.parametrize(
    ("state", "source", "age", "asking"),
    [
        (None, "a", HOUR, WHOLE),
        (READ, "a", HOUR, BOTH),
        (READ, "another", HOUR, WHOLE),
        (READ, "a", 2 * DAY, DOUBTED),
        (READ, "a", -DAY, WHOLE),  # the clock was set back
        (after_unchanged(READ, NOW + HOUR), "a", 2 * HOUR, BOTH),
        (after_unchanged(READ, NOW + HOUR), "a", DAY + HOUR, DOUBTED),  # a day of 304 is not believed
        (after_unchanged(READ, NOW + HOUR, whole=True), "a", DAY + HOUR / 2, BOTH),
        (after_failure(READ, "dns", NOW + HOUR), "a", 2 * HOUR, BOTH),
        (after_failure(NEW, "dns", NOW), "a", HOUR, WHOLE),
    ],
)
def test_a_poll_is_conditional_for_a_day_after_the_source_read_the_whole(state, source, age, asking):
    assert how_to_ask(state, source, None, NOW + age) == asking


@pytest.mark.parametrize(
    ("before", "now", "conditional"),
    [(None, DAY, True), (DAY, DAY, True), (2 * DAY, DAY, True), (DAY, 2 * DAY, False), (DAY, None, False)],
)
def test_what_an_earlier_since_left_out_is_asked_for_again(before, now, conditional):
    state = answered(since=NOW - before if before else None)

    asking = how_to_ask(state, "a", NOW - now if now else None, NOW + HOUR)

    assert bool(asking.headers) is asking.same_is_unchanged is conditional


def busy(now=NOW):
    """Return the state of a feed that named a story every ten minutes for a day."""
    return scheduled(READ, (), Bounds(), dates=[now - number * 10 * MINUTE for number in range(144)])


def test_a_304_is_not_believed_where_several_stories_were_to_be_expected():
    assert how_to_ask(busy(), "a", None, NOW + 20 * MINUTE) == BOTH
    assert how_to_ask(busy(), "a", None, NOW + 40 * MINUTE) == DOUBTED


def test_a_server_whose_304_hid_new_stories_is_asked_for_the_whole_for_a_month():
    quiet = scheduled(after_unchanged(busy(), NOW + HOUR), (), Bounds())
    full = answered(quiet, NOW + 2 * HOUR)
    honest = answered(quiet, NOW + 2 * HOUR, etag='"2"', last_modified="today")
    caught = scheduled(full, [None], Bounds(), lied=is_lie(quiet, full))

    assert (is_lie(quiet, full), is_lie(quiet, honest), is_lie(READ, full)) == (True, False, False)
    assert how_to_ask(caught, "a", None, NOW + 2 * HOUR + MINUTE) == DOUBTED
    assert how_to_ask(replace(caught, learned=busy().learned), "a", None, NOW + MINUTE) == BOTH


def test_failures_count_until_the_document_comes_again():
    failed = after_failure(after_failure(READ, "dns", NOW), "dns", NOW)

    assert (failed.failures, failed.etag) == (2, '"1"')
    assert after_unchanged(failed, NOW).failures == 0


@pytest.mark.parametrize(
    ("reason", "before", "retry_after_s", "pause"),
    [
        ("dns", 0, 0, 10 * MINUTE),
        ("dns", 1, 0, 20 * MINUTE),
        ("dns", 4, 0, 160 * MINUTE),
        ("dns", 40, 0, DAY),
        ("gone", 0, 0, HOUR),
        ("rate-limited", 0, 7200, 2 * HOUR),
        ("rate-limited", 0, 10**9, DAY),  # no server may keep us away for ever
    ],
)
def test_pauses_grow_with_the_failures_and_last_as_long_as_the_server_asks(reason, before, retry_after_s, pause):
    assert after_failure(replace(READ, failures=before), reason, NOW, retry_after_s).next_poll == NOW + pause


def test_a_busy_document_is_polled_soon_and_a_dead_one_rarely():
    silent = busy()
    for day in range(1, 15):
        silent = scheduled(answered(silent, NOW + day * DAY), (), Bounds())

    assert busy().interval_s == 600
    assert silent.interval_s >= 4 * 3600
    assert scheduled(READ, (), Bounds(), dates=[NOW - 5 * DAY]).interval_s > 3600


@pytest.mark.parametrize(("ttl_s", "interval_s"), [(0, 600), (None, 600), (1200, 1200), (86400, 3600)])
def test_a_document_that_says_for_how_long_it_holds_is_left_alone_for_as_long(ttl_s, interval_s):
    dates = [NOW - number * MINUTE for number in range(500)]

    assert scheduled(READ, (), Bounds(), dates=dates, ttl_s=ttl_s).interval_s == interval_s


def test_intervals_keep_their_bounds():
    assert scheduled(READ, (), Bounds(1800, 86400), dates=[NOW - n * MINUTE for n in range(500)]).interval_s == 1800
    assert scheduled(READ, (), Bounds(600, 7200), dates=[NOW - 300 * DAY]).interval_s == 7200


def test_a_usual_path_that_gave_nothing_is_left_alone_for_a_week():
    assert after_probe(NEW, NOW).next_poll == NOW + 7 * DAY


def test_what_an_older_version_learned_is_read():
    old = replace(READ, learned=b'{"read_at": 1795694400, "since": null}')

    assert Learned.read(old.learned).read_at == 1795694400
    assert scheduled(old, (), Bounds()).next_poll > NOW

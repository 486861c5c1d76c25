"""When a poll is conditional, and what its answer leaves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.schedule.polls import after_answer, after_failure, after_unchanged, validators
from newscrawl.store.schedule.states import DocumentState

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEW = DocumentState("https://a.example/feed", "a", "feed")
READ = after_answer(NEW, etag='"1"', last_modified="yesterday", since=None, now=NOW)
BOTH = {"If-None-Match": '"1"', "If-Modified-Since": "yesterday"}


@pytest.mark.parametrize(
    ("state", "source", "age", "headers"),
    [
        (None, "a", HOUR, {}),
        (READ, "a", HOUR, BOTH),
        (READ, "another", HOUR, {}),
        (READ, "a", 2 * DAY, {}),
        (READ, "a", -DAY, {}),  # the clock was set back
        (after_unchanged(READ, NOW + HOUR), "a", 2 * HOUR, BOTH),
        (after_unchanged(READ, NOW + HOUR), "a", DAY + HOUR, {}),  # a day of 304 is not believed
        (after_failure(READ, "dns", NOW + HOUR), "a", 2 * HOUR, BOTH),
        (after_failure(NEW, "dns", NOW), "a", HOUR, {}),
    ],
)
def test_a_poll_is_conditional_for_a_day_after_the_source_read_the_whole(state, source, age, headers):
    assert validators(state, source, None, NOW + age) == headers


@pytest.mark.parametrize(
    ("before", "now", "conditional"),
    [(None, DAY, True), (DAY, DAY, True), (2 * DAY, DAY, True), (DAY, 2 * DAY, False), (DAY, None, False)],
)
def test_what_an_earlier_since_left_out_is_asked_for_again(before, now, conditional):
    since = NOW - before if before else None
    state = after_answer(NEW, etag='"1"', last_modified=None, since=since, now=NOW)

    assert bool(validators(state, "a", NOW - now if now else None, NOW + HOUR)) is conditional


def test_failures_count_until_the_document_comes_again():
    failed = after_failure(after_failure(READ, "dns", NOW), "dns", NOW)

    assert (failed.failures, failed.etag) == (2, '"1"')
    assert after_unchanged(failed, NOW).failures == 0

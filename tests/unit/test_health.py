"""A source is judged by its own history, and a first run is never alarming."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.health.history import KEPT_DAYS, History
from newscrawl.health.judge import problems

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
FINE = {"pages": 10, "articles": 9, "written": 9, "has:published_at": 9, "has:authors": 5}


def history(days: int = 10, *, last: dict[str, int] | None = None, every_h: int = 24, **usual: int) -> History:
    """Return a history of a run every so many hours until now; *last*: what the last day's runs brought instead."""
    made = History()
    for hours in range(days * 24, -1, -every_h):
        at = NOW - timedelta(hours=hours)
        made.add(at, last if last is not None and hours < 24 else FINE | usual)
    return made


def kinds(made: History, now: datetime = NOW, **told: object) -> list[str]:
    return [problem.kind for problem in problems(made, now, **told)]  # type: ignore[arg-type]


def test_a_source_that_does_what_it_always_did_is_well():
    assert kinds(history()) == []


@pytest.mark.parametrize(
    "figures", [{"dead": 1}, {"pages": 20}, {"blocked": 30, "pages": 30}, {"pages": 9, "articles": 9, "written": 9}]
)
def test_a_first_run_is_never_alarming(figures):
    made = History()
    made.add(NOW, figures, ["https://a.example/feed: not-found"])

    assert kinds(made, failures=1, reason="dns") == []


def test_a_source_that_did_not_answer_twice_is_named_with_its_last_answer():
    made = history(last={"dead": 1})

    (problem,) = problems(made, NOW, failures=2, last_success=NOW - timedelta(days=1), reason="dns")

    assert str(problem).startswith("no answer in 2 runs (dns) since 2026-11-25T12:00:00Z; look whether it has moved")


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(23, []), (47, []), (73, ["silent"])],
)
def test_a_silence_is_alarming_when_it_is_far_longer_than_any_before(hours, expected):
    assert kinds(history(every_h=24), NOW + timedelta(hours=hours)) == expected


def test_the_first_night_of_a_source_is_no_silence():
    made = History()
    for minutes in range(600, -1, -10):
        made.add(NOW - timedelta(minutes=minutes), FINE)

    assert kinds(made, NOW + timedelta(hours=14)) == []
    assert kinds(made, NOW + timedelta(days=4)) == ["silent"]


def test_a_weekend_that_was_seen_before_is_no_silence():
    made = History()
    for day in range(28, -1, -1):
        if (at := NOW - timedelta(days=day)).weekday() < 5:
            made.add(at, FINE)

    assert kinds(made, datetime(2026, 11, 29, 23, tzinfo=UTC)) == []


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ({"pages": 10, "articles": 2, "written": 2}, ["extraction"]),
        ({"pages": 10, "articles": 7, "written": 7, "has:published_at": 7, "has:authors": 4}, []),
        ({"pages": 3, "articles": 0}, []),
        ({"pages": 10, "articles": 9, "written": 9, "has:published_at": 1, "has:authors": 5}, ["field"]),
        ({"pages": 9, "articles": 1, "blocked": 8}, ["blocked", "extraction"]),
    ],
    ids=str,
)
def test_a_share_that_dropped_far_below_the_usual_is_alarming(last, expected):
    assert kinds(history(last=last)) == expected


def test_a_field_that_a_source_never_had_is_not_missed():
    assert kinds(history(last=FINE, **{"has:section": 0})) == []


def test_a_broken_feed_is_named_with_the_day_on_which_it_broke():
    made = history()
    for days in (2, 1, 0):
        made.add(NOW - timedelta(days=days), FINE, ["https://a.example/feed: not-found"])

    (problem,) = problems(made, NOW)

    assert (problem.kind, problem.since) == ("feed", "2026-11-24")
    assert "https://a.example/feed: not-found" in problem.what


@pytest.mark.parametrize(("left", "life", "expected"), [(10, 90, 1), (20, 90, 0), (3, 6, 0), (0.5, 6, 1), (-1, 90, 1)])
def test_a_certificate_is_named_before_it_ends_however_short_its_life(left, life, expected):
    made, ends = history(), NOW.timestamp() + left * 86400
    made.certificate = (int(ends - life * 86400), int(ends))

    assert kinds(made) == ["certificate"] * expected


def test_a_history_is_what_it_was_when_it_is_read_again_and_stays_small():
    made = history(days=400)
    made.certificate = (1, 2)

    again = History.read(made.write())

    assert again == made
    assert len(again.days) == KEPT_DAYS
    assert len(made.write()) < 12_000


def test_a_past_day_is_judged_without_what_came_later():
    made = history(last={"pages": 20})

    assert kinds(made) == ["extraction"]
    assert kinds(made.until("2026-11-24"), NOW - timedelta(days=1)) == []

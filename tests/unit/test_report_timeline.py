"""The timeline of a report takes the unit that shows most of the stories."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.report.timeline import MOST_BARS, Timeline, chart, timeline

END = datetime(2026, 11, 27, 12, 30, tzinfo=UTC)


def moments(*ages_hours: float) -> list[str]:
    return [(END - timedelta(hours=age)).isoformat() for age in ages_hours]


@pytest.mark.parametrize(
    ("ages_hours", "unit", "bars", "earlier"),
    [
        ((0, 1, 2), "hour", 3, 0),
        ((0, 1, 2, 3, 900), "hour", 72, 1),
        ((0, 30, 100, 200), "day", 9, 0),
        ((0, 24 * 300, 24 * 301, 24 * 302), "month", 11, 0),
        ((0, 24 * 9000, *[24 * 31] * 9), "day", 60, 1),
    ],
    ids=["some hours", "an old one", "days", "a backfill", "a wrong date"],
)
def test_the_unit_is_the_finest_that_shows_most(ages_hours, unit, bars, earlier):
    line = timeline(moments(*ages_hours), END.isoformat())

    assert line is not None
    assert (line.unit, len(line.bars), line.earlier) == (unit, bars, earlier)
    assert sum(count for _, count in line.bars) == len(ages_hours) - earlier
    assert [name for name, _ in line.bars] == sorted({name for name, _ in line.bars})


def test_a_date_in_the_future_counts_at_the_end():
    line = timeline([*moments(0, 1, 5), "2061-01-01T00:00:00Z"], END.isoformat())

    assert line is not None
    assert line.bars[-1] == ("2026-11-27 12", 2)


@pytest.mark.parametrize(
    "wrong", ["", "yesterday", "2026-13-45T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]
)
def test_a_time_that_is_none_costs_nothing_else(wrong):
    line = timeline([*moments(0, 1, 2, 3), wrong], END.isoformat())

    assert line is not None
    assert len(line.bars) <= max(MOST_BARS.values())
    assert timeline([wrong], END.isoformat()) is None


def test_stories_of_one_hour_make_no_timeline():
    assert timeline(moments(0, 0.1), END.isoformat()) is None
    assert timeline([], "") is None


def test_a_screen_reader_hears_what_the_bars_show():
    html = "".join(chart(Timeline("hour", [("2026-11-27 11", 1), ("2026-11-27 12", 4)], 3)))

    assert (
        'aria-label="Stories by hour, from 2026-11-27 11:00 to 2026-11-27 12:00; most in 2026-11-27 12:00: 4"' in html
    )
    assert "(3 earlier)" in html
    assert html.count("<rect") == 2

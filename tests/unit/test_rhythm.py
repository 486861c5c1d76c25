"""What a rhythm learns: how much, at which hour, on which day, and what happens now."""

from __future__ import annotations

import json
import random

from newscrawl.schedule.interval import Bounds, next_interval
from newscrawl.schedule.rhythm import DAY_S, HOUR_S, Rhythm

MONDAY = 1_795_996_800.0  # 30 November 2026, 00:00 UTC


def lived(days, stories_of, step_s=1800.0, start=MONDAY):
    """Return the rhythm of a document that was polled every half hour; *stories_of*: how many, by the moment."""
    rhythm, at, chance = Rhythm(), start, random.Random(3)
    while at < start + days * DAY_S:
        wanted = stories_of(at)
        count = int(wanted) + (chance.random() < wanted % 1)
        rhythm = rhythm.observe(at, at + step_s, [at + chance.random() * step_s for _ in range(count)])
        at += step_s
    return rhythm


def by_day(at):
    return 1.0 if 8 <= at % DAY_S / HOUR_S < 20 else 0.0


def on_weekdays(at):
    return by_day(at) if (at - MONDAY) // DAY_S % 7 < 5 else 0.0


def test_the_rate_is_what_was_seen():
    rhythm = lived(7, lambda at: 0.5)

    assert 0.8 < rhythm.rate(MONDAY + 7 * DAY_S) * HOUR_S < 1.25


def test_nights_are_learned():
    rhythm = lived(7, by_day)
    noon, night = (rhythm.rate(MONDAY + 7 * DAY_S + hour * HOUR_S) for hour in (12, 2))

    assert noon * HOUR_S > 1.5
    assert night < noon / 20


def test_weekends_are_learned():
    rhythm = lived(21, on_weekdays)
    saturday, tuesday = (rhythm.usual_rate(MONDAY + day * DAY_S + 12 * HOUR_S) for day in (26, 22))

    assert saturday < tuesday / 3


def test_weekdays_that_were_never_watched_are_taken_for_usual():
    rhythm = lived(4, by_day)
    friday, thursday = (rhythm.usual_rate(MONDAY + day * DAY_S + 12 * HOUR_S) for day in (4, 3))

    assert 0.7 < friday / thursday < 1.3


def test_breaking_news_shorten_the_interval_at_once():
    quiet = lived(7, lambda at: 0.05)
    at = MONDAY + 7 * DAY_S
    breaking = quiet.observe(at, at + 600, [at + 60 * n for n in range(6)])

    assert next_interval(breaking, at + 600) < next_interval(quiet, at)


def test_a_document_that_falls_silent_is_polled_less_and_less():
    rhythm, at, intervals = lived(14, by_day), MONDAY + 14 * DAY_S, []
    for _ in range(60):
        interval = next_interval(rhythm, at)
        rhythm = rhythm.observe(at, at + interval, ())
        at += interval
        intervals.append(interval)

    assert max(intervals[-5:]) >= 6 * HOUR_S


def test_nobody_waits_longer_than_the_bounds_say():
    dead = Rhythm().observe(0.0, 1000 * DAY_S, ())

    assert next_interval(dead, 1000 * DAY_S) == 2 * DAY_S
    assert next_interval(dead, 1000 * DAY_S, Bounds(600.0, 7200.0)) == 7200.0


def test_a_rhythm_is_kept_as_json():
    rhythm = lived(2, by_day)
    kept = Rhythm.from_dict(json.loads(json.dumps(rhythm.as_dict())))

    assert abs(kept.rate(MONDAY) - rhythm.rate(MONDAY)) < 0.01 * rhythm.rate(MONDAY)
    assert len(json.dumps(rhythm.as_dict())) < 1200


def test_a_clock_that_was_set_back_teaches_nothing():
    rhythm = lived(1, by_day)

    assert rhythm.observe(MONDAY + DAY_S, MONDAY, [MONDAY]) == rhythm

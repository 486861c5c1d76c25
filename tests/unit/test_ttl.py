"""For how long a feed says that it holds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.discovery.ttl import read_ttl
from newscrawl.middlewares.conditional import fresh_for


@pytest.mark.parametrize(
    ("elements", "seconds"),
    [
        ((None, None, None), 0),
        (("15", None, None), 900),
        ((" 60\n", None, None), 3600),
        (("soon", "sometimes", "x"), 0),
        (("-5", None, None), 0),
        ((None, "hourly", "1"), 0),  # what WordPress always says
        ((None, "hourly", "2"), 1800),
        ((None, "daily", None), 86400),
        ((None, "Daily", "48"), 1800),
        (("30", "daily", "96"), 1800),
    ],
)
def test_ttl_and_update_period_are_read_as_seconds(elements, seconds):
    assert read_ttl(*elements) == seconds


@pytest.mark.parametrize(
    ("cache_control", "age", "seconds"),
    [
        ("", "", 0),
        ("max-age=300", "", 300),
        ("public, max-age=300", "120", 180),
        ("max-age=60", "600", 0),
        ("s-maxage=600", "x", 600),
        ("no-cache, max-age=300", "", 0),
        ("private, MAX-AGE = 30", "", 30),
        ('max-age="90"', "", 90),
        ("x-max-age=5", "", 0),
    ],
)
def test_cache_control_says_how_long_an_answer_stays(cache_control, age, seconds):
    assert fresh_for(cache_control, age) == seconds


def test_a_feed_carries_its_ttl():
    from newscrawl.discovery import read_document

    feed = b"<rss version='2.0'><channel><title>A</title><ttl>20</ttl><item><link>http://a.example/1</link></item></channel></rss>"

    assert read_document(feed, "http://a.example/feed", fetched_at=datetime(2026, 11, 26, tzinfo=UTC)).ttl_s == 1200

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dates.parse import read_date

NOW = datetime(2026, 11, 23, 22, tzinfo=UTC)
TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)
NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon, 23 Nov 2026 10:00:00 GMT", TEN),
        ("Mon, 23 Nov 2026 10:00:00 +0100", NINE),
        ("Mon, 23 Nov 2026 10:00:00 +01:00", NINE),
        ("Mon, 23 Nov 2026 10:00:00 CET", NINE),
        ("Mon, 23 Nov 2026 05:00:00 EST", TEN),
        ("Mon, 23 Nov 2026 10:00:00 (CET)", NINE),
        ("Mon, 23 Nov 2026 10:00:00 GMT+0100", NINE),
        ("Mon, 23 Nov 2026 12:00:00 UTC+2", TEN),
        ("Mon,23 Nov 2026 10:00:00 GMT", TEN),
        ("Mon, 23 Nov 26 10:00:00 GMT", TEN),
        ("23 Nov 2026 10:00", TEN),
        ("23-Nov-2026 10:00:00", TEN),
        ("Mon, 23 November 2026 10:00:00 Z", TEN),
        ("Sun, 22 Nov 2026 24:00:00 GMT", DAY),
        ("Mon Nov 23 10:00:00 2026", TEN),
        ("Mon Nov 23 10:00:00 GMT 2026", TEN),
        ("Mon Nov 23 10:00:00 +0000 2026", TEN),
        ("Nov 23, 2026", DAY),
        ("November 23rd, 2026", DAY),
        ("Monday, November 23, 2026 10:00 AM", TEN),
        ("Monday, November 23, 2026 at 10:00 a.m.", TEN),
        ("Nov 23, 2026 12:00 am", DAY),
        ("Nov 23, 2026 10:00 PM +1200", TEN),
        ("lun., 23 nov. 2026 10:00:00 +0100", NINE),
        ("lun, 23 dic 2024 10:00:00 +0100", datetime(2024, 12, 23, 9, tzinfo=UTC)),
        ("Mo, 23 März 2026 10:00:00 +0100", datetime(2026, 3, 23, 9, tzinfo=UTC)),
        ("23. Juli 2026, 10:00 Uhr", datetime(2026, 7, 23, 10, tzinfo=UTC)),
        ("23 de enero de 2026", datetime(2026, 1, 23, tzinfo=UTC)),
        ("23 juin 2026 à 10h00", datetime(2026, 6, 23, 10, tzinfo=UTC)),
        ("Пн, 23 ноября 2026 10:00:00 +0000", TEN),
        ("2026-11-23T10:00:00Z", TEN),
        ("2026-11-23T10:00:00.123456789Z", TEN),
        ("2026-11-23T10:00:00+01:00", NINE),
        ("2026-11-23T10:00:00-0500", datetime(2026, 11, 23, 15, tzinfo=UTC)),
        ("2026-11-23T10:00:00 +0100", NINE),
        ("2026-11-23T10:00+01", NINE),
        ("2026-11-23 10:00:00", TEN),
        ("2026-11-23 10:00:00 CET", NINE),
        ("2026-11-23 10:00:00 UTC", TEN),
        ("2026-11-23", DAY),
        ("2026-11", datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026/11/23 10:00:00", TEN),
        ("2026.11.23 10:00", TEN),
        ("20261123", DAY),
        ("20261123T100000Z", TEN),
        ("20261123100000", TEN),
        ("23.11.2026 10:00", TEN),
        ("23/11/2026 10:00", TEN),
        ("11/23/2026 10:00:00", TEN),
        ("11/9/2026", datetime(2026, 11, 9, tzinfo=UTC)),
        ("9.11.2026", datetime(2026, 11, 9, tzinfo=UTC)),
        (" \n2026-11-23T10:00:00Z\n", TEN),
        ("1795428000", datetime(2026, 11, 23, 10, tzinfo=UTC)),
        ("1795428000000", datetime(2026, 11, 23, 10, tzinfo=UTC)),
        (1795428000, datetime(2026, 11, 23, 10, tzinfo=UTC)),
    ],
    ids=str,
)
def test_reads_a_date_in_the_formats_that_feeds_use(text, expected):
    found = read_date(text, NOW)

    assert found is not None
    assert found.replace(microsecond=0) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "0000-00-00",
        "0001-01-01T00:00:00Z",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "2026-13-45",
        "2026-11-23T10:00:00+99:00",
        "2026-11-23T25:00:00Z",
        "99999999999999999999",
        "Mon, 30 Feb 2026 10:00:00 GMT",
        None,
        True,
        {"date": "2026-11-23"},
    ],
    ids=repr,
)
def test_what_is_no_date_gives_none(text):
    assert read_date(text, NOW) is None


@pytest.mark.parametrize("text", ["2026-11-25", "Fri, 01 Jan 2038 00:00:00 GMT", "9999-12-31T23:59:59Z"])
def test_a_date_of_the_future_gives_none(text):
    assert read_date(text, NOW) is None


def test_a_date_that_a_wrong_zone_puts_hours_ahead_is_kept():
    assert read_date("Tue, 24 Nov 2026 08:00:00 +0000", NOW) == datetime(2026, 11, 24, 8, tzinfo=UTC)


@given(st.one_of(st.text(), st.from_regex(r"\D{0,9}\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}[T ]?\d{0,2}:?\d{0,2}.{0,8}")))
def test_any_text_gives_a_date_of_the_past_or_none(text):
    found = read_date(text, NOW)

    assert found is None or (
        found.tzinfo is UTC and found.year >= 1990 and found <= datetime(2026, 11, 24, 22, tzinfo=UTC)
    )

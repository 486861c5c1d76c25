"""Days of other calendars: Buddhist, Minguo and Japanese years, and the solar Hijri calendar of Iran."""

from __future__ import annotations

from datetime import date

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911, "r": 2018, "h": 1988}
"""The Gregorian year before the first of each era; 民國 is Taiwan's."""

BUDDHIST = 543
BREAKS = (-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060, 2097, 2192, 2262, 2324, 2394, 2456, 3178)
"""Years in which the rhythm of the solar Hijri leap years changes (Borkowski, 1996)."""


def gregorian(year: int, month: int, day: int) -> date:
    """Return the day that is written with *year*: 2560 is Buddhist, 1400 solar Hijri; raises ValueError for none."""
    if 2400 <= year < 2700:
        return date(year - BUDDHIST, month, day)
    if 1300 <= year < 1500:
        return _solar_hijri(year, month, day)
    return date(year, month, day)


def _solar_hijri(year: int, month: int, day: int) -> date:
    if not (1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        raise ValueError(f"no day of the solar Hijri calendar: {year}-{month}-{day}")
    start, jump, leaps = BREAKS[0], 0, -14
    for following in BREAKS[1:]:
        jump = following - start
        if year < following:
            break
        leaps += jump // 33 * 8 + jump % 33 // 4
        start = following
    since = year - start
    leaps += since // 33 * 8 + (since % 33 + 3) // 4
    if jump % 33 == 4 and jump - since == 4:
        leaps += 1
    western = year + 621
    offset = western // 4 - (western // 100 + 1) * 3 // 4 - 150
    march = 20 + leaps - offset
    first = date(western, 3, 1).toordinal() + march - 1
    before = (month - 1) * 31 - month // 7 * (month - 7)
    return date.fromordinal(first + before + day - 1)

"""The time of day that stands beside a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from newscrawl.dates.zones import ZONE
from newscrawl.text.fold import folded

MORNING = (
    "am",
    "a.m.",
    "a. m.",
    "上午",
    "凌晨",
    "早上",
    "午前",
    "오전",
    "ص",
    "صباحا",
    "ق.ظ",
    "πμ",
    "π.μ.",
    "sa",
    "sang",
)
EVENING = (
    "pm",
    "p.m.",
    "p. m.",
    "下午",
    "晚上",
    "傍晚",
    "中午",
    "午後",
    "오후",
    "م",
    "مساء",
    "ب.ظ",
    "μμ",
    "μ.μ.",
    "ch",
    "chieu",
    "toi",
)
HALVES = {folded(name): half for half, names in enumerate((MORNING, EVENING)) for name in names}
_HALF = "|".join(re.escape(name) for name in sorted(HALVES, key=len, reverse=True))

TIME = re.compile(
    rf"(?:(?P<before>{_HALF})\s?)?(?<![\d./:-])(?P<hour>\d{{1,2}})"
    rf"(?:\s?(?:[:：]|h|時|时|点|點|시)\s?(?P<minute>\d{{2}})(?:\s?[:：分분]\s?(?P<second>\d{{2}}))?"
    rf"|\.(?P<dotted>\d{{2}})(?![\d.])|\s?(?:h|時|点|點|시)(?![^\W\d_])|(?=\s?(?:a\.?m|p\.?m)\b))"
    rf"(?:[.,]\d{{1,9}})?[分분]?(?:\s?(?P<after>{_HALF})(?![^\W\d_]))?(?:\s?(?:uhr|น\.|h|hrs?|hours)(?![^\W\d_]))?"
    rf"(?:\s{{0,2}}\(?(?P<zone>{ZONE})\)?)?"
)
"""In text that is :func:`folded`."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day."""

    since_midnight: timedelta
    has_seconds: bool
    zone: str | None


def read_clock(text: str) -> Clock | None:
    """Return the first time of day in *text*, which is :func:`folded`; raises ValueError for one that no day has."""
    match = TIME.search(text)
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or match["dotted"] or 0)
    second = int(match["second"] or 0)
    if (half := match["after"] or match["before"]) is not None:
        hour = hour + 12 * HALVES[half] - (12 if hour == 12 else 0) if hour <= 12 else hour
    if hour > 24 or minute > 59 or second > 60:
        raise ValueError(f"no time of day: {match[0]}")
    return Clock(timedelta(hours=hour, minutes=minute, seconds=second), match["second"] is not None, match["zone"])

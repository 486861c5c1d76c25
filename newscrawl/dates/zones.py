"""Time zones as people and programs write them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MAX_HOURS = 15  # the furthest zone is 14 hours ahead

HOURS = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), 0.0),
    "bst": 1, "ist": 5.5, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "мск": 3, "west": 1,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "akst": -9, "akdt": -8, "hst": -10, "ast": -4, "adt": -3, "nst": -3.5, "ndt": -2.5, "brt": -3, "art": -3,
    "jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "pht": 8, "myt": 8, "wib": 7, "wita": 8, "wit": 9, "ict": 7, "pkt": 5,
    "gst": 4, "npt": 5.75,
    "aest": 10, "aedt": 11, "acst": 9.5, "acdt": 10.5, "awst": 8, "nzst": 12, "nzdt": 13, "sast": 2, "eat": 3,
    "wat": 1, "cat": 2,
    "trt": 3, "irst": 3.5, "北京时间": 8, "北京時間": 8, "日本時間": 9,
}  # fmt: skip
"""Hours ahead of UTC."""

PLACES = {
    "et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles",
    "eastern time": "America/New_York", "central time": "America/Chicago", "mountain time": "America/Denver",
    "pacific time": "America/Los_Angeles", "eastern": "America/New_York", "pacific": "America/Los_Angeles",
    "uk time": "Europe/London",
}  # fmt: skip
"""Names that mean summer time in summer."""

NAMED = re.compile(
    r"(?:" + "|".join(re.escape(name) for name in sorted([*HOURS, *PLACES], key=len, reverse=True)) + r")(?![^\W\d_])",
    re.I,
)
ZONE = (
    r"(?:(?:utc|gmt)\s?[+\-−]\s?\d{1,2}(?::?\d{2})?|[+\-−]\d{1,2}:?\d{2}(?!\d)|[+\-−]\d{2}(?![\d.])"
    rf"|[a-z]+/[a-z_]+(?:/[a-z_]+)?|{NAMED.pattern})"
)
"""A pattern that finds a zone, in lower case."""


def to_utc(local: datetime, zone: str) -> datetime:
    """Return the instant at which it is *local* (its own zone ignored) in *zone*, UTC; an unknown one counts as UTC.

    Raises ValueError for an offset that no place on earth has.
    """
    zone = zone.strip().lower()
    name = PLACES.get(zone, zone)
    if "/" in name:
        place = _place(name)
        offset = local.replace(tzinfo=place).utcoffset() if place else None
        return local - (offset or timedelta())
    return local - _offset(zone)


@lru_cache(64)
def _place(name: str) -> ZoneInfo | None:
    spelt = "/".join(
        "_".join(part if part in ("of", "es") else part.capitalize() for part in piece.split("_"))
        for piece in name.split("/")
    )
    try:
        return ZoneInfo(spelt)
    except (ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        return None
    except KeyError:
        return None


def _offset(zone: str) -> timedelta:
    zone = zone.replace("−", "-").replace(" ", "")
    digits = re.fullmatch(r"(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?", zone)
    if digits is None:
        return timedelta(hours=HOURS.get(zone, 0.0))
    hours, minutes = int(digits[2]), int(digits[3] or 0)
    if hours > MAX_HOURS or minutes > 59:
        raise ValueError(f"no zone: {zone}")
    offset = timedelta(hours=hours, minutes=minutes)
    return -offset if digits[1] == "-" else offset

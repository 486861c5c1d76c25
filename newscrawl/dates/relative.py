"""Times relative to now: "3 hours ago", "gestern", "3小时前"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from dateparser import DateDataParser

from newscrawl.dates.months import months
from newscrawl.text.fold import folded

MAX_CHARS = 40  # a longer text is a sentence
DAY = re.compile(r"\d{3}|\d[./-]\d")  # a text that names a day is not relative
DAY_OF_MONTH = re.compile(r"\d\W{0,3}〔|〔\W{0,3}\d")
"""A day beside the name of its month, for which the sign stands."""

LENGTH = re.compile(r"\W*\d+\s?[^\W\d_]+\.?\W*")
"""A length of time and no point in it: "5 min" to read. In scripts without blanks the word for "ago" is part of it."""

CLOCK = re.compile(r"[\W\d_]*|\W*\d{1,2}\s?[:.h]\s?\d{2}\s?(?:[ap]\W{0,2}m|h|uhr)?\W*", re.I)
"""A time of day, which dateparser reads as so many hours ago where it is written "16 h 37"; or no word at all."""

OWN = re.compile(
    r"(?P<before>πριν (?:απο )?|pries )?(?P<count>\d{1,2})\s?(?:(?P<minutes>λεπτ|دقیقه|นาที|minut|分鐘|dəqiqə|நிமிட)"
    r"|(?P<hours>ωρ|ساعت|ชั่วโมง|ชม|tund|val|小時|saat|மணி ?நேர)|(?P<days>μερ|ημερ|روز|วัน|paev|dien|天|gun|நாள்|நாட்))"
    r"[^\s\d前กทที่]{0,6}\s?(?P<after>قبل|ที่แล้ว|ก่อน|ที่ผ่านมา|tagasi|前|əvvəl|முன்\S{0,4})?"
)
"""What papers write and dateparser lacks; in text that is folded, in which accents are gone."""

KLOCK = re.compile(r"\bkl(?:o|\.)?\s?(\d{1,2})[.:](\d{2})")
"""A time of day as the Nordic languages write it, "kl 10.12"."""

AGO = re.compile("前|전|ก่อน|ที่แล้ว")
"""What makes such a length a point in time, where no blank parts the words."""


def is_length(text: str) -> bool:
    """Say whether *text* is a length of time only, in any script: "5 min", "4 мин", "3時間"."""
    return LENGTH.fullmatch(text) is not None and AGO.search(text) is None


def read_relative(text: str, fetched_at: datetime, language: str) -> tuple[datetime, str] | None:
    """Return the instant that *text*, in *language* or English, tells from *fetched_at* on, and its precision, or None.

    What is told in minutes or hours is known to the minute or hour, all else to the day.
    """
    text = KLOCK.sub(r"\1:\2", " ".join(text.split()))
    if not text or len(text) > MAX_CHARS or DAY.search(text) or CLOCK.fullmatch(text):
        return None
    if text.isascii() and LENGTH.fullmatch(text):
        return None
    bare = folded(text)
    if "ago" not in bare and DAY_OF_MONTH.search(months("")[0].sub("〔", bare)):  # which is August in Italian
        return None
    now = fetched_at.astimezone(UTC).replace(tzinfo=None)
    moment = _own(bare, now) or _told(text, language.partition("-")[0], now) or _told(text, "en", now)
    if moment is None or moment > now:
        return None
    seconds = round((now - moment).total_seconds())
    if ":" in text or seconds % 86400 == 0:
        return datetime.combine(moment.date(), time(), UTC), "day"
    return moment.replace(second=0, microsecond=0, tzinfo=UTC), "minute" if seconds % 3600 else "hour"


def _own(text: str, now: datetime) -> datetime | None:
    """Return the instant that *text* tells from *now* on in words of ``OWN``."""
    found = OWN.fullmatch(text)
    if found is None or not (found["before"] or found["after"]):
        return None
    unit = next(name for name in ("minutes", "hours", "days") if found[name])
    return now - timedelta(**{unit: int(found["count"])})


def _told(text: str, language: str, now: datetime) -> datetime | None:
    """Return the instant that *text* tells from *now* on, or None, asking for the day's midnight and noon.

    What is told from now on moves with it, a time of day does not. dateparser prepares itself anew for each now that it
    is asked for, which took a millisecond a page; the texts of a template come again and again.
    """
    midnight = datetime.combine(now, time())
    moment = _parsed(text, language, midnight) if language else None
    if moment is None:
        return None
    later = _parsed(text, language, midnight + timedelta(hours=12))
    if later is None or later - moment != timedelta(hours=12):
        return moment
    return moment + (now - midnight)


@lru_cache(maxsize=1024)
def _parsed(text: str, language: str, now: datetime) -> datetime | None:
    """Ask dateparser in one language; it would try 300 on each text, for seconds."""
    try:
        moment: datetime | None = _parser(language, now).get_date_data(text).date_obj
    except Exception:  # an unknown language; OverflowError, RecursionError and others on what pages write
        return None
    return moment


@lru_cache(maxsize=8)
def _parser(language: str, now: datetime) -> DateDataParser:
    return DateDataParser(languages=[language], settings={"PARSERS": ["relative-time"], "RELATIVE_BASE": now})

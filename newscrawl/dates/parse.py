"""Reads the date that people and programs wrote, in every order, script and calendar; one home for feeds and pages."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from newscrawl.dates.calendars import ERAS, gregorian
from newscrawl.dates.clock import read_clock
from newscrawl.dates.months import months
from newscrawl.dates.zones import ZONE, to_utc
from newscrawl.text.fold import folded

OLDEST = datetime(1990, 1, 1, tzinfo=UTC)  # what is older is a default value: 0001-01-01, 1900-01-00, 1970-01-01
AHEAD = timedelta(days=1)  # a wrong zone is up to 14 hours off; what is further ahead was never published
MAX_CHARS = 160  # a longer text is prose
AROUND = 40  # characters before and behind a day in which its time of day is looked for

_EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?$")
_COMPACT = re.compile(rf"((?:19|20)\d\d)(\d{{2}})(\d{{2}})(?:t?(\d{{2}})(\d{{2}})(\d{{2}})?)?(?!\d)\s?({ZONE})?")
_YEAR_FIRST = re.compile(
    r"(?<!\d)(\d{4})\s?(?:[-/.]|년|年|оны?)\s?(\d{1,2})\s?(?:[-/.]|월|月|-?(?:р\s)?сарын)"
    r"\s?(\d{1,2})(?!\d)[日일号]?"
)
_ERA = re.compile(
    rf"(?:中華)?({'|'.join(map(re.escape, ERAS))})\s?(\d{{1,3}}|元)\s?[年./]\s?(\d{{1,2}})\s?[月./]\s?(\d{{1,2}})(?!\d)"
)
_NUMBERS = re.compile(r"(?<![\d./-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d:]|\s?[./-]\d)")
_MINGUO = re.compile(r"(?<![\d./-])(1[01]\d)\s?([./年-])\s?(\d{1,2})\s?[./月-]\s?(\d{1,2})(?![\d./-])")
_TWICE = re.compile(r"(〔\d+〕)\s?[/(]\s?\1\)?")
"""A month by both of its names: آذار / مارس."""

_MONTH_ONLY = re.compile(r"(\d{4})(?:-(\d{2}))?$")
_ORDINAL = r"(?:st|nd|rd|th|er|ro|º|ª|°|\.|-?[a-zа-яёα-ω]{1,2})?"
_OF = r"(?:(?:de|del|di|do|of|ng|d['’]|de\sl['’]|ta['’])\s?)?"
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}}){_ORDINAL}[\s.,/-]{{0,3}}{_OF}〔(\d+)〕[\s.,،၊/'’-]{{0,3}}{_OF}"
    r"(?:в\s|nam\s|พ\.ศ\.\s?|ค\.ศ\.\s?|ឆ្នាំ\s?|ປີ\s?)?(\d{4}|\d{2})(?![\d:])"
)
_MONTH_FIRST = re.compile(rf"〔(\d+)〕[\s.]{{0,2}}(\d{{1,2}}){_ORDINAL}(?![\d:])[\s,.،၊]{{1,3}}(\d{{4}})(?!\d)")
_YEAR_NAMED = re.compile(r"(?<!\d)(\d{4})(?:\D{0,9}\s|[\s.,/-])〔(\d+)〕[\s./-]{0,2}(\d{1,2})(?!\d)")
_YEAR_DAY = re.compile(r"(?<!\d)(\d{4})\W{1,3}[^\W\d_]{1,5}\W{1,2}(\d{1,2})\W{1,2}〔(\d+)〕")
_UNIX = re.compile(r"〔(\d+)〕\s{1,2}(\d{1,2})\s(\d{1,2}:\d{2}(?::\d{2})?(?:\s\S{1,6})?)\s(\d{4})")
_CHINESE = re.compile(r"[〇零○一二三四五六七八九十]{1,4}(?=[年月日])")
_CHINESE_DIGITS = {char: str(number) for number, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
THAI_SHORT = 2050
"""From here on a Thai year of two digits is meant as Buddhist."""

AMERICAN = frozenset({"en", "en-us", "en-ph", "es-us"})
"""Languages in which 11/9/2026 is the ninth of November; ``en`` alone mostly stands on American pages."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a text says of when."""

    moment: datetime
    """UTC; where the text names no zone, as if it stood there."""

    precision: str
    """second, minute, day, month or year."""

    has_zone: bool


def read_date(text: object, fetched_at: datetime) -> datetime | None:
    """Return the instant that *text*, of a feed or sitemap, names, UTC, or None; without a zone it is taken as UTC.

    Nothing before 1990 and nothing more than a day after *fetched_at*: such dates are defaults or mistakes, and
    a story of next year would stand first in every queue.
    """
    if isinstance(text, int | float) and not isinstance(text, bool):
        text = str(text)
    stamp = read_stamp(text, month_first=True) if isinstance(text, str) else None
    return stamp.moment if stamp and is_plausible(stamp.moment, fetched_at) else None


def read_moment(text: str, fetched_at: datetime, language: str = "") -> tuple[datetime, str] | None:
    """Return the instant that *text*, of a page in *language*, names, and its precision: second, minute or day.

    None for what is no whole day, and for days before 1990 or more than a day after *fetched_at*. The time of day
    counts only with its zone, since a page does not say where its clock hangs.
    """
    stamp = read_stamp(text, language)
    if stamp is None or stamp.precision in ("month", "year") or not is_plausible(stamp.moment, fetched_at):
        return None
    if stamp.has_zone or stamp.precision == "day":
        return stamp.moment, stamp.precision
    return datetime.combine(stamp.moment.date(), time(), UTC), "day"


def is_plausible(moment: datetime, fetched_at: datetime) -> bool:
    """Say whether a story that was fetched at *fetched_at* can be of *moment*."""
    return OLDEST <= moment <= fetched_at + AHEAD


def read_stamp(text: str, language: str = "", *, month_first: bool | None = None) -> Stamp | None:
    """Return what the first date in *text* says, or None; *month_first* settles 11/9/2026, else *language* does."""
    text = text[:MAX_CHARS].strip()
    if not any(map(str.isdigit, text)) and "月" not in text:
        return None
    try:
        if text[4:5] == "-" and len(text) >= 10:  # nine of ten, and twenty times as fast as the patterns
            with suppress(ValueError):
                return _iso(text)
        if month_first is None:
            month_first = language.lower() in AMERICAN or not language
        return _read(folded(text), language.lower(), month_first=month_first)
    except (ValueError, OverflowError):
        return None


def _iso(text: str) -> Stamp:
    moment = datetime.fromisoformat(text)
    if len(text) == 10:
        return Stamp(moment.replace(tzinfo=UTC), "day", False)
    has_zone = moment.tzinfo is not None
    precision = "second" if re.match(r".{13}:?\d{2}:?\d{2}", text) else "minute"
    return Stamp(moment.astimezone(UTC) if has_zone else moment.replace(tzinfo=UTC), precision, has_zone)


def _read(text: str, language: str, *, month_first: bool) -> Stamp | None:
    if match := _EPOCH.match(text):
        return Stamp(datetime.fromtimestamp(int(match[1]), UTC), "second", True)
    if match := _COMPACT.match(text):
        year, month, number, hour, minute, second, zone = match.groups()
        clock = f"{hour}:{minute}:{second or '00'} {zone or ''}" if hour else ""
        return _stamp(gregorian(int(year), int(month), int(number)), clock)
    if match := _MONTH_ONLY.match(text):
        return Stamp(datetime(int(match[1]), int(match[2] or 1), 1, tzinfo=UTC), "month" if match[2] else "year", False)
    if not text.isascii():
        text = _CHINESE.sub(_chinese_number, text)
    if match := _ERA.search(text):
        year = ERAS[match[1]] + (1 if match[2] == "元" else int(match[2]))
        return _beside(text, match, date(year, int(match[3]), int(match[4])))
    if match := _YEAR_FIRST.search(text):
        return _beside(text, match, gregorian(*map(int, match.groups())))
    if language.startswith("zh") and (match := _MINGUO.search(text)):
        return _beside(text, match, date(ERAS["民國"] + int(match[1]), int(match[3]), int(match[4])))
    if match := _NUMBERS.search(text):
        left, mark, right, year = match.groups()
        swapped = (mark == "/" and month_first and int(left) <= 12) or int(right) > 12
        day, month = (right, left) if swapped else (left, right)
        return _beside(text, match, gregorian(_full(year), int(month), int(day)))
    if not any(map(str.isalpha, text)):  # the names of a language are 4 ms
        return None
    pattern, numbers = months(language)
    text = pattern.sub(lambda name: f"〔{numbers[name[1] or name[2]]}〕", text)
    return _read_named(text, language) if "〔" in text else None


def _read_named(text: str, language: str) -> Stamp | None:
    """Return the first day in *text*, of which the months are numbers in brackets."""
    text = _TWICE.sub(r"\1", text)
    if match := _UNIX.search(text):
        return _stamp(date(int(match[4]), int(match[1]), int(match[2])), match[3])
    if match := _YEAR_NAMED.search(text):
        return _beside(text, match, gregorian(*map(int, match.groups())))
    if match := _YEAR_DAY.search(text):
        return _beside(text, match, gregorian(int(match[1]), int(match[3]), int(match[2])))
    if match := _DAY_FIRST.search(text):
        year = _full(match[3])
        if language.startswith("th") and len(match[3]) == 2 and year >= THAI_SHORT:
            year += 500  # 69 is 2569 of the Buddhist era
        return _beside(text, match, gregorian(year, int(match[2]), int(match[1])))
    if match := _MONTH_FIRST.search(text):
        return _beside(text, match, gregorian(int(match[3]), int(match[1]), int(match[2])))
    return None


def _full(year: str) -> int:
    return int(year) + (2000 if len(year) == 2 else 0)


def _chinese_number(match: re.Match[str]) -> str:
    text = match[0]
    if "十" in text:
        tens, _, ones = text.partition("十")
        return str(int(_CHINESE_DIGITS.get(tens, "1")) * 10 + int(_CHINESE_DIGITS.get(ones, "0")))
    return "".join(_CHINESE_DIGITS[char] for char in text)


def _beside(text: str, match: re.Match[str], day: date) -> Stamp:
    """Return *day* with the time of day that stands behind it, else before it."""
    behind = text[match.end() : match.end() + AROUND]
    stamp = _stamp(day, behind)
    return stamp if stamp.precision != "day" else _stamp(day, text[max(match.start() - AROUND, 0) : match.start()])


def _stamp(day: date, beside: str) -> Stamp:
    clock = read_clock(beside)
    midnight = datetime.combine(day, time(), UTC)
    if clock is None:
        return Stamp(midnight, "day", False)
    local = midnight + clock.since_midnight
    precision = "second" if clock.has_seconds else "minute"
    return Stamp(to_utc(local, clock.zone) if clock.zone else local, precision, clock.zone is not None)

"""The words that dates are written with beside numbers: months and weekdays, in the common languages of the news."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.dates import get_day_names

from newscrawl.dates.months import COMMON, months
from newscrawl.text.fold import folded


def is_date_word(word: str) -> bool:
    """Say whether *word* names a month or a weekday, whole or shortened: "Nov.", "mercredi", "Çarşamba,"."""
    key = folded(word).strip(".,:;()")
    return key in _weekdays() or months("")[0].fullmatch(key) is not None


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(
        folded(day).strip(".")
        for language in COMMON
        for width in ("wide", "abbreviated")
        for day in get_day_names(width, "format", Locale.parse(language)).values()
    )

"""The words that dates are written with beside numbers: months and weekdays, in the common languages of the news."""

from __future__ import annotations

from functools import cache

from newscrawl.dates.cldr import day_names, forget_locales
from newscrawl.dates.months import COMMON, months
from newscrawl.text.fold import folded


def is_date_word(word: str) -> bool:
    """Say whether *word* names a month or a weekday, whole or shortened: "Nov.", "mercredi", "Çarşamba,"."""
    key = folded(word).strip(".,:;()")
    return key in _weekdays() or months("")[0].fullmatch(key) is not None


@cache
def _weekdays() -> frozenset[str]:
    names = frozenset(folded(day).strip(".") for language in COMMON for day in day_names(language))
    forget_locales()
    return names

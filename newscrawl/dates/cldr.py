"""The names of months and weekdays, by CLDR."""

from __future__ import annotations

from functools import cache
from typing import Literal

from babel import Locale, UnknownLocaleError, localedata
from babel.dates import get_day_names, get_month_names

CONTEXTS: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")
WIDTHS: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")


@cache
def month_names(code: str) -> list[tuple[int, str]]:
    """Return the names of the months in the locale *code*, with the month's number; none where it is unknown."""
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError, TypeError):
        return []
    kinds = [(width, context) for context in CONTEXTS for width in WIDTHS]
    return [pair for width, context in kinds for pair in get_month_names(width, context, locale).items()]


def day_names(code: str) -> list[str]:
    """Return the names of the weekdays in the locale *code*, which is known."""
    locale = Locale.parse(code)
    return [name for width in WIDTHS for name in get_day_names(width, "format", locale).values()]


def forget_locales() -> None:
    """Drop what Babel keeps of the locales that were asked for, a megabyte each: nobody asks for more than names.

    Babel has no public way. Where the private one is gone, the memory stays in use.
    """
    getattr(localedata, "_cache", {}).clear()

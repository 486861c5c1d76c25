"""The names of the months, by CLDR, in the language of a page and in English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from newscrawl.dates.cldr import forget_locales, month_names
from newscrawl.text.fold import folded

REGIONS = {
    "ar": ("ar_LB", "ar_DZ", "ar_MA", "ar_MR"),
    "es": ("es_UY",),
    "no": ("nb",),
    "sr": ("sr_Latn",),
    "de": ("de_AT",),
}
"""Where one language has several names of a month: the Levant's beside Egypt's and the Maghreb's."""

SPOKEN = {
    "ar": "1 كانون الثاني جانفي 2 شباط فيفري 4 أفريل 5 أيار ماي 6 جوان 7 جويلية 8 أوت غشت 9 شتنبر 11 نونبر 12 دجنبر",
    "en": "9 sept",
    "gu": "10 ઓક્ટોબર",
    "hi": "1 जनवरी 2 फरवरी 4 अप्रेल 9 सितम्बर 10 अक्तूबर अक्टूबर 11 नवम्बर 12 दिसम्बर",
    "uz": "1 yanvar 2 fevral 4 aprel 8 avgust 9 sentyabr 10 oktyabr 11 noyabr 12 dekabr",
    "kk": "1 қаңтар 2 ақпан 3 наурыз 4 сәуір 5 мамыр 6 маусым 7 шілде 8 тамыз"
    " 9 қыркүйек 10 қазан 11 қараша 12 желтоқсан",
}
"""What newspapers write and CLDR does not have: a number, and the names of that month."""

SOLAR_HIJRI = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"
)  # fmt: skip

COMMON = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "tr", "cs")
"""Languages whose names are known on every page and in feeds, which do not say what they are written in."""

BEFORE = {"he": "ב?", "km": "(?:ខែ)?", "lo": "(?:ເດືອນ)?", "th": "(?:เดือน)?"}
"""What is written in one word with the name of a month."""

MIN_STEM = 5  # letters of a name that may be inflected; shorter ones begin other words: mar, market


def months(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """Return a pattern that finds a month's name of *language* (BCP 47; "" where it is unknown), and their numbers."""
    code = language.partition("-")[0]
    return _months("" if code in COMMON and code not in REGIONS else code)


@lru_cache(64)
def _months(code: str) -> tuple[re.Pattern[str], dict[str, int]]:
    exact: dict[str, int] = {}
    stems: dict[str, int] = {}
    for name in dict.fromkeys((code, *REGIONS.get(code, ()), *COMMON)):
        for number, month in _named(name):
            key = folded(month).strip(" .")
            if len(key) < 2 or key[0].isdigit():  # "5月", which CLDR has where a language lacks a form
                continue
            if name == "en" or len(key) < MIN_STEM or " " in key:
                exact.setdefault(key, number)
            else:
                stems.setdefault(key, number)
                stems.setdefault(key[:-1], number)  # maijs, maijā; maiatza, maiatzaren
    forget_locales()
    for number, month in enumerate(SOLAR_HIJRI * (code in ("fa", "ps", "ckb", "ku")), 1):
        exact[folded(month)] = number
    before = BEFORE.get(code, "")
    name = rf"(?:({_alternatives(exact)})|({_alternatives(stems)})[^\W\d_]{{0,5}})"
    return re.compile(rf"(?<![^\W\d_]){before}{name}(?![^\W\d_])\.?"), stems | exact


def _alternatives(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def _named(name: str) -> list[tuple[int, str]]:
    names = list(month_names(name)) if name else []
    number = 0
    words: list[str] = []
    for word in SPOKEN.get(name, "").split():
        if word.isdigit():
            number = int(word)
        elif word == "كانون":
            words.append(word)
        else:
            names.append((number, " ".join([*words, word])))
            words = []
    return names

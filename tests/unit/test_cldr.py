"""Names by CLDR, without what the library keeps of a locale."""

from __future__ import annotations

from babel import localedata

from newscrawl.dates.cldr import month_names
from newscrawl.dates.months import months
from newscrawl.dates.words import is_date_word


def test_nothing_of_a_locale_stays_in_memory():
    assert months("lt")[1]["sausis"] == 1
    assert is_date_word("mercredi")
    assert not localedata._cache


def test_an_unknown_locale_has_no_names():
    assert month_names("xx-nowhere") == []

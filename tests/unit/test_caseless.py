"""Patterns that find words whatever their case, each at its place."""

from __future__ import annotations

import re

import pytest

from newscrawl.text.caseless import Caseless, small


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("von|by", "BY Ines Calder"),
        ("yazar hakkında", "YAZAR HAKKINDA"),
        ("oleh|istanbul", "İSTANBUL"),
        ("ειδήσ", "ΕΙΔΉΣ"),
        ("συντάκτης", "ΣΥΝΤΆΚΤΗΣ"),
        ("über den autor", "ÜBER DEN AUTOR"),
        ("автор", "АВТОР"),
        ("記者", "記者"),
    ],
)
def test_a_word_is_found_in_capitals_as_with_the_flag(pattern, text):
    found, flagged = Caseless(pattern).match(text), re.compile(pattern, re.I).match(text)

    assert found is not None
    assert flagged is not None
    assert found.span() == flagged.span()


def test_each_letter_keeps_its_place():
    assert small("İĞNE ADA'DAN BY ΝΙΚΟΣ").index("by") == "İĞNE ADA'DAN BY ΝΙΚΟΣ".index("BY")


def test_a_match_is_searched_and_listed():
    pattern = Caseless("by|von")

    assert [one.start() for one in pattern.finditer("By Ann, VON Bo")] == [0, 8]
    assert pattern.search("text BY") is not None
    assert pattern.fullmatch("By Ann") is None

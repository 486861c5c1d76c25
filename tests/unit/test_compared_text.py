"""Text as it is compared: the short ways to the words of a line give what the long ones give."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extraction.text.paragraphs import DROPPED, NOT_WORD
from newscrawl.text.clean import MARKS, WORD, ascii_text, words
from newscrawl.text.fold import folded

LINES = st.text(alphabet=st.one_of(st.characters(max_codepoint=0x17F), st.sampled_from(MARKS + "…İıς٣語\u0301\u200b")))


@given(LINES)
def test_words_of_a_line_do_not_depend_on_the_way_to_them(text):
    assert words(text) == " ".join(WORD.findall(folded(text)))


@given(LINES)
def test_the_key_of_a_line_does_not_depend_on_the_way_to_it(text):
    bare = ascii_text(text)

    assert bare is None or bare.lower().translate(DROPPED) == NOT_WORD.sub("", text.casefold())


@pytest.mark.parametrize("mark", MARKS)
def test_what_is_passed_over_is_part_of_no_word(mark):
    assert re.fullmatch(r"\W", mark)
    assert words(f"one{mark}two") == "one two"

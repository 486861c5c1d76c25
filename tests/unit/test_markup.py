"""Markup in what should be plain text."""

from __future__ import annotations

import pytest

from newscrawl.text.clean import estimate_words, plain
from newscrawl.text.markup import decoded
from newscrawl.text.tokens import normalised


@pytest.mark.parametrize("read", [plain, normalised], ids=["a field", "a body"])
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Fish &amp;amp; chips", "Fish & chips"),
        ("the <b>old</b> pier", "the old pier"),
        ("it&#8217;s 5 < 6", "it’s 5 < 6"),
        ("a.example/?a=1&copy=2", "a.example/?a=1&copy=2"),
    ],
)
def test_a_field_and_a_body_are_freed_of_markup_alike(read, written, meant):
    assert " ".join(read(written).split()) == meant


def test_a_field_ends_where_a_script_begins_that_is_cut_off():
    assert plain("Old pier<script>var a = 1") == "Old pier"


def test_a_body_keeps_what_follows_the_beginning_of_a_comment():
    assert "open" in normalised("Type <!-- to open a comment")


def test_decoding_is_done_after_two_rounds():
    assert decoded("&amp;amp;amp;") == "&amp;"


def test_two_characters_of_a_dense_script_are_about_one_word():
    assert estimate_words("the old pier") == 3
    assert estimate_words("旧码头重新开放了") == 5

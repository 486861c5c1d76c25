"""What differs between two texts is said word by word."""

from __future__ import annotations

import pytest

from newscrawl.export.changes import Piece, changes


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a b c", "a x c", [("removed", "b"), ("added", "x")]),
        ("a b", "a b c", [("added", " c")]),
        ("一二三", "一五三", [("removed", "二"), ("added", "五")]),
        ("one\n\ntwo", "one\n\ntwo\n\nthree", [("added", "three")]),
        ("same", "same", []),
        ("", "new", [("added", "new")]),
    ],
)
def test_only_the_words_that_changed_are_marked(old, new, expected):
    found = [piece for piece in changes(old, new) if piece.kind != "same"]

    assert found == [Piece(kind, text) for kind, text in expected]

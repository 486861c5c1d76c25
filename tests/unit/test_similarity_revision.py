"""The thresholds of a short story that is revised: each guard alone keeps two stories apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newscrawl.similarity.evidence import FACTS_WORDS, Evidence
from newscrawl.similarity.rule import _is_revision
from newscrawl.similarity.sketches import Overlap
from tests.unit.test_similarity import gather

NUMBERS, NAMES = frozenset({1, 2}), frozenset({11, 12})


def evidence() -> Evidence:
    """Return the evidence of a short story that names four things."""
    made = gather("Harbour wall falls in storm", "harbour wall falls in storm", "The wall fell. " * 10, "")
    return replace(made, numbers=NUMBERS, names=NAMES, named=frozenset({11}), words=FACTS_WORDS - 1)


SHARED = Overlap(jaccard=0.15, containment=0.25, passages=0.0)
OTHER = {
    "numbers": frozenset({1, 3, 4, 5}),
    "names": frozenset({21, 22, 23, 24}),
}


def test_what_shares_just_enough_is_a_revision():
    assert _is_revision(evidence(), evidence(), SHARED)


@pytest.mark.parametrize(
    ("changes", "shared"),
    [
        pytest.param({}, replace(SHARED, jaccard=0.149), id="too few shingles"),
        pytest.param({}, replace(SHARED, containment=0.249), id="too little contained"),
        pytest.param({"words": FACTS_WORDS}, SHARED, id="too long"),
        pytest.param({"numbers": frozenset(), "names": frozenset({11})}, SHARED, id="names one thing only"),
        pytest.param({"numbers": frozenset({3, 4}), "names": NAMES | {2}}, SHARED, id="other numbers"),
        pytest.param(OTHER, SHARED, id="other names"),
        pytest.param({"named": frozenset({31, 32})}, SHARED, id="a headline of others"),
        pytest.param({"title": ("council", "votes", "budget")}, SHARED, id="another headline"),
    ],
)
def test_each_guard_alone_keeps_two_stories_apart(changes, shared):
    assert not _is_revision(evidence(), replace(evidence(), **changes), shared)

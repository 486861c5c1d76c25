"""The thresholds of a short story that is revised: each guard alone keeps two stories apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newscrawl.similarity.evidence import FACTS_WORDS, Evidence
from newscrawl.similarity.rule import Rule, _differ, _is_revision, contains
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


def test_half_of_the_numbers_and_half_of_all_that_is_named_are_enough():
    half = replace(evidence(), numbers=frozenset({1, 3}), names=frozenset({11, 21}))

    assert _is_revision(evidence(), half, SHARED)


@pytest.mark.parametrize(("shared", "differ"), [(3, False), (2, True)])
def test_two_headlines_name_the_same_where_both_stories_know_seven_tenths_of_what_they_name(shared, differ):
    old = replace(evidence(), names=frozenset(range(11, 15)), named=frozenset(range(11, 15)))
    names = frozenset(range(11, 11 + shared)) | frozenset(range(21, 25 - shared))
    new = replace(old, names=names, named=names)

    assert _differ(old, new, SHARED, titles_equal=False, same_site=False, rule=Rule()) is differ


ROUND_UP = "The wall fell in the night. Boats were lost at the pier. A ferry sank. Nobody was hurt, the mayor said. "
PART = "A crew of four was saved by a trawler that had heard their call, and the captain thanked the coast guard. " * 2


@pytest.mark.parametrize(
    ("title", "part", "is_held"),
    [
        pytest.param("Crew saved off the cape", PART, True, id="a part"),
        pytest.param("Harbour news of the day", PART, False, id="its own story"),
        pytest.param("Crew saved off the cape", ROUND_UP * 4 + PART, False, id="most of it"),
        pytest.param("Crew saved off the cape", "A crew was saved.", False, id="a line"),
        pytest.param("Crew saved off the cape", PART.replace("crew", "band").replace("was", "is"), False, id="another"),
    ],
)
def test_a_round_up_holds_a_story_that_is_a_part_of_it_and_not_its_own(title, part, is_held):
    whole = gather("Harbour news of the day", "harbour news of the day", ROUND_UP * 4 + PART, "")

    assert contains(whole, gather(title, title.lower(), part, "")) is is_held

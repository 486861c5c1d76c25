"""Each guard of the rule alone: what keeps two stories apart, and what is enough to make them one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newscrawl.similarity.evidence import FACTS_WORDS, Evidence, gather
from newscrawl.similarity.rule import Rule, _differ, _is_edited, _same_headline
from newscrawl.similarity.sketches import Overlap, Sample, Sketch, overlap

RULE = Rule()
NOTHING = Overlap(jaccard=0.0, containment=0.0, passages=0.0)
HALF = Overlap(jaccard=0.4, containment=0.4, passages=0.4)


def evidence(**changes: object) -> Evidence:
    """Return the evidence of a long story under a headline of seven words, which names nothing."""
    made = gather("Harbour wall falls in the great storm", "harbour wall falls in the great storm", "The wall. " * 200)
    return replace(made, **{"words": FACTS_WORDS + 100, "silent": False, **changes})  # type: ignore[arg-type]


def differ(old: Evidence, new: Evidence, shared: Overlap = HALF, *, titles: bool = False, site: bool = False) -> bool:
    return _differ(old, new, shared, titles_equal=titles, same_site=site, rule=RULE)


SHORT = {"words": 100, "numbers": frozenset(), "names": frozenset({1, 2, 3, 4, 5, 6, 7, 8, 9, 10})}


@pytest.mark.parametrize(
    ("common", "titles", "site", "apart"),
    [
        pytest.param(5, False, False, False, id="half of the names"),
        pytest.param(4, False, False, True, id="fewer"),
        pytest.param(6, True, True, True, id="one headline of one site: three of five are too few"),
        pytest.param(7, True, True, False, id="and seven of ten enough"),
        pytest.param(6, False, True, False, id="another headline"),
        pytest.param(6, True, False, False, id="another site"),
    ],
)
def test_short_stories_stay_apart_where_they_name_others(common, titles, site, apart):
    old = evidence(**SHORT)
    new = replace(old, names=frozenset(range(1, common + 1)) | frozenset(range(21, 31 - common)))

    assert differ(old, new, titles=titles, site=site) is apart


def test_three_names_say_too_little_to_keep_stories_apart():
    old = evidence(**SHORT | {"names": frozenset({1, 2, 3})})

    assert not differ(old, replace(old, names=frozenset({21, 22, 23})))


OTHER_TITLE = tuple(range(100, 107))


@pytest.mark.parametrize(
    ("changes", "apart"),
    [
        pytest.param({}, True, id="it begins with something else"),
        pytest.param({"lead": frozenset({1, 2, 3, 4})}, False, id="it begins with that story"),
        pytest.param({"words": 600}, False, id="that story is more than half of it"),
        pytest.param({"title": None}, False, id="it has that story's headline"),
    ],
)
def test_a_round_up_that_tells_a_story_among_others_is_not_that_story(changes, apart):
    story = evidence(words=400, lead=frozenset({1, 2, 3, 4}))
    title = story.title if "title" in changes else OTHER_TITLE
    whole = replace(story, **{"words": 1000, "lead": frozenset({11, 12, 13, 14}), **changes, "title": title})

    assert differ(story, whole) is apart
    assert differ(whole, story) is apart


@pytest.mark.parametrize(
    ("hours", "shared", "same"),
    [
        pytest.param(22, replace(NOTHING, containment=0.1), True, id="within a day a tenth"),
        pytest.param(22, NOTHING, False, id="never nothing"),
        pytest.param(23, replace(NOTHING, containment=0.1), False, id="later not"),
        pytest.param(72, replace(NOTHING, containment=0.9), True, id="within three days nearly all"),
        pytest.param(73, replace(NOTHING, jaccard=0.95, containment=0.95), False, id="then not even that"),
    ],
)
def test_one_headline_of_a_site_needs_the_more_of_the_body_the_later_it_comes(hours, shared, same):
    old = evidence(mentioned=frozenset({1, 2}))
    new = replace(old, body="")

    assert _same_headline(old, new, shared, hours, False, RULE) is same


@pytest.mark.parametrize(("shared", "same"), [(0.4, False), (0.6, True)])
def test_a_headline_that_comes_again_and_again_needs_half_of_the_body(shared, same):
    old, overlapping = evidence(), replace(NOTHING, containment=shared)

    assert _same_headline(old, old, overlapping, 2, True, RULE) is same


MENTIONED = frozenset({1, 2, 3, 4, 5, 6, 7, 8, 9, 10})


@pytest.mark.parametrize(
    ("hours", "jaccard", "passages", "told", "same"),
    [
        pytest.param(72, 0.34, 0.0, 5, True, id="a third of the body, half of the headline"),
        pytest.param(73, 0.34, 0.0, 5, False, id="after three days"),
        pytest.param(72, 0.34, 0.0, 4, False, id="less of the headline"),
        pytest.param(22, 0.2, 0.4, 6, True, id="a fifth of the body, with whole passages, within a day"),
        pytest.param(22, 0.2, 0.3, 6, False, id="no whole passages"),
        pytest.param(22, 0.2, 0.4, 5, False, id="half of the headline alone"),
        pytest.param(23, 0.2, 0.4, 6, False, id="a day later"),
        pytest.param(2, 0.17, 0.4, 10, False, id="less of the body"),
    ],
)
def test_a_story_in_other_words_tells_what_the_earlier_headline_tells(hours, jaccard, passages, told, same):
    old, new = evidence(mentioned=MENTIONED), evidence()
    new.__dict__["vocabulary"] = frozenset(range(1, told + 1))

    assert _is_edited(old, new, Overlap(jaccard, 0.5, passages), hours, RULE) is same


def test_sketches_of_nothing_and_of_other_schemes_have_nothing_in_common():
    empty = Sketch("m1-256x3w", Sample(32, (0,), ()), Sample(32, (0,), ()))

    assert overlap(empty, empty) == NOTHING
    assert overlap(evidence().sketch, replace(evidence().sketch, scheme="another")) == NOTHING


def test_only_what_the_body_names_with_a_capital_or_a_number_is_named_by_a_headline():
    made = gather("Rovers beat City 3 nil", "rovers beat city 3 nil", "Then Rovers beat a team of 3 from the city.")

    assert len(made.named) == 2
    assert len(made.counted) == 1
    assert not made.silent
    assert gather("Rovers beat City 3 nil", "rovers beat city 3 nil", "Please accept our cookies first.").silent

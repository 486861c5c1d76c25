"""Titles as they are compared, sketches, and the rule over them."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.similarity import fingerprint, title_key
from newscrawl.similarity.evidence import gather, read_evidence
from newscrawl.similarity.rule import compare
from newscrawl.similarity.sketches import SPARSEST, overlap, read_sketch, sketch

TITLE = "Council’s new wall cost £5.8m"


@pytest.mark.parametrize(
    "guise",
    [
        "COUNCIL'S NEW WALL COST £5.8M",
        "Council&rsquo;s new wall cost £5.8m",
        "Council&amp;#8217;s new wall cost £5.8m",
        "“Council’s new wall” cost £5.8m",
        "Council’s  new wall cost £5.8m",
        "<b>Council’s new wall</b> cost £5.8m.",
        "Ｃｏｕｎｃｉｌ’ｓ new wall cost £5.8m",
        "Council’s new wall cost £5.8m | The Gazette",
        "Council’s new wall cost £5.8m - gazette.example",
        "Council’s new wall cost £5.8m — Gazette",
        "BREAKING: Council’s new wall cost £5.8m",
        "UPDATE 3-Council’s new wall cost £5.8m",
        "Exclusive - Council’s new wall cost £5.8m",
        "Council’s new wall cost £5.8m (VIDEO)",
        "[Updated] Council’s new wall cost £5.8m",
        "⚡️ Council’s new wall cost £5.8m",
    ],
)
def test_guises_of_a_title_have_one_key(guise):
    names = ("The Gazette", "gazette.example")

    assert title_key(guise, *names) == title_key(TITLE, *names)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AT&T buys tower", "AT buys tower"),
        ("Q&A: what the ruling means", "Q: what the ruling means"),
        ("Rovers 2-1 City", "Rovers 1-2 City"),
        ("Prices rise 2.4%", "Prices rise 2.5%"),
        ("Prices rise 24%", "Prices rise 2.4%"),
        ("Live and let die", "Let die"),
        ("Wall falls - again", "Wall falls"),
    ],
)
def test_titles_that_say_different_things_have_different_keys(one, other):
    assert title_key(one, "Gazette") != title_key(other, "Gazette")


def words(seed: int, count: int) -> list[str]:
    room = random.Random(seed)
    return ["".join(room.choices("etaoinshrdlu", k=room.randint(3, 9))) for _ in range(count)]


@pytest.mark.parametrize("count", [3, 60, 250, 700, 4000])
@pytest.mark.parametrize("kept", [1.0, 0.7, 0.3])
def test_a_sketch_estimates_what_two_bodies_share(count, kept):
    whole = words(1, count)
    part = whole[: int(count * kept)] or whole[:1]
    shared = overlap(*(read_sketch(sketch(one)) for one in (whole, part)))

    assert shared.containment >= (0.95 if count > 3 else 0)
    assert count == 3 or abs(shared.jaccard - kept) < 0.12


def test_a_sample_of_passages_is_never_so_sparse_that_short_copies_are_lost():
    words = [f"word{number}" for number in range(20_000)]

    _, bits, _, passage_bits, _ = sketch(words).split(":")
    assert (int(bits), int(passage_bits)) == (25, SPARSEST)


def test_a_sketch_is_the_same_in_every_version():
    told = sketch("a storm broke the old wall of the port".split())

    assert told == "m1-256x3w:32:AlX3YmOPzGoKd5t803/u6zpYiezOtbP1xgCY/w==:32:e9TCJlx5Y3ukeaTNgfSe4A=="


@pytest.mark.parametrize("cut", [True, False])
@pytest.mark.parametrize("silent", [True, False])
def test_evidence_in_the_store_keeps_whether_the_headline_was_cut_and_whether_it_names_nothing(cut, silent):
    evidence = replace(gather("A wall falls", "a wall falls", "The wall fell at night."), cut=cut, silent=silent)
    kept = read_evidence(evidence.to_bytes())

    assert (kept.cut, kept.silent) == (cut, silent)


@given(st.text(max_size=60), st.text(max_size=600))
def test_any_text_has_a_fingerprint_and_evidence_that_survives_the_store(title, body):
    made = fingerprint(title, body)
    evidence = gather(title, made.title_key, body, made.minhash)
    kept = read_evidence(evidence.to_bytes())

    names = ("title", "mentioned", "named", "numbers", "names", "sketch", "lead", "words")
    assert [getattr(kept, name) for name in names] == [getattr(evidence, name) for name in names]


@pytest.mark.parametrize("text", ["", "m9-1x1w:1:", "m1-256x3w:32:!!:32:", "m1-256x3w:x", "m1-256x3w:32:AAA=:32:AA=="])
def test_a_sketch_of_another_scheme_or_none_is_none(text):
    assert read_sketch(text) is None


def story(title: str, body: str):
    return gather(title, title_key(title), body)


LONG = " ".join(words(2, 400)).capitalize()


def edited(text: str, share: float) -> str:
    room = random.Random(5)
    return " ".join(room.choice("xyz") * 5 if room.random() < share else word for word in text.split())


NOTICE = """The town hall has announced the new opening hours of the public library for the coming winter season, {}
said on behalf of {} at the desk in {} near {}. The rooms open at 9 in the morning and close at 17 in the evening,
readers may keep what they borrowed over the holidays, and whoever lost a card is asked to come by with a paper that
shows name and address, as every year before the snow begins to fall on the roofs."""


@pytest.mark.parametrize(
    ("old", "new", "hours", "same_site", "kind"),
    [
        (("Wall falls", LONG), ("Port in ruins", LONG), 5, False, "copy"),
        (("Wall falls", LONG), ("Port in ruins", LONG), 240, False, "copy"),
        (("Wall falls", LONG), ("Wall falls", " ".join(LONG.split()[:80])), 5, False, "copy"),
        (("Wall falls", LONG), ("Wall falls", edited(LONG, 0.06)), 50, False, "copy"),
        (("Wall falls", LONG), ("Wall falls", " ".join(LONG.split()[:23])), 50, True, "title"),
        (("Wall falls in the night at Eastquay", LONG), ("Wall falls in the night…", LONG[:200]), 5, True, "title"),
        (("Morning Briefing", LONG), ("Morning Briefing", " ".join(words(3, 400))), 2, True, None),
        (("Wall falls", LONG), ("Wall falls", " ".join(words(3, 400))), 2, False, None),
        (
            (
                "Redwood Paper sets dividend",
                "Redwood Paper said its board set a regular dividend of 41 cents, due July 21.",
            ),
            (
                "Lowell Mills sets dividend",
                "Lowell Mills said its board set a regular dividend of 41 cents, due July 21.",
            ),
            2,
            True,
            None,
        ),
        (
            (
                "Lottery numbers",
                "The winning numbers in the evening draw were: 21, 42, 33, 39, 46. Jackpot: 345 million.",
            ),
            (
                "Lottery numbers",
                "The winning numbers in the evening draw were: 55, 31, 66, 19, 39. Jackpot: 483 million.",
            ),
            2,
            True,
            None,
        ),
        (
            ("Library notice", NOTICE.format("Marta", "Kolding", "Eastquay", "Harrow")),
            ("Library notice", NOTICE.format("Jonas", "Vesterby", "Northgate", "Milton")),
            3,
            True,
            None,
        ),
        (("Draw 4711: the prizes", LONG), ("Draw 4712: the prizes", edited(LONG, 0.06)), 4, True, None),
        (
            ("Wall falls at Eastquay", "To read on you need a subscription. Already a subscriber? Log in here. " * 3),
            (
                "Mayor resigns over bridge",
                "To read on you need a subscription. Already a subscriber? Log in here. " * 3,
            ),
            2,
            True,
            None,
        ),
    ],
    ids=[
        "copy",
        "copy days later",
        "teaser",
        "edited copy",
        "stub",
        "cut headline",
        "recurring headline",
        "same headline elsewhere",
        "template with other names",
        "template with other numbers",
        "template with other names and the same numbers",
        "long template with another number in its headline",
        "paywall",
    ],
)
def test_the_rule(old, new, hours, same_site, kind):
    match = compare(story(*old), story(*new), hours=hours, same_site=same_site)

    assert (match.kind if match else None) == kind

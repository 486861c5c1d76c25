"""What is cut from the text, and what stays."""

from __future__ import annotations

import pytest

from newscrawl.extraction.cuts.context import context_of
from newscrawl.extraction.cuts.lines import STEPS, cut_lines
from newscrawl.extraction.declarations.declared import Choice
from newscrawl.extraction.learned.memory import Observation, line_hash, observe, repeated
from newscrawl.extraction.text.body import Line

PROSE = [
    Line(f"The council spoke for {n} hours about the bridge, which nobody had expected at the start.") for n in range(6)
]
PROMO = "Our reporters work for you day and night."


def cut(
    lines: list[Line], *, description: str = "", article_body: str = "", known: frozenset[int] = frozenset()
) -> dict[str, str]:
    choices = {
        "title": Choice("Council spends a night on the bridge"),
        "canonical_url": Choice("https://quay.example/a"),
        "description": Choice(description),
        "authors": Choice(["Ines Calder"]),
    }
    return {
        line.text: line.cut
        for line in cut_lines(lines, context_of(choices, article_body, known, "https://quay.example/a"))
    }


@pytest.mark.parametrize(
    ("line", "step"),
    [
        (Line("Council spends a night on the bridge", "head"), "headline"),
        (Line("By Ines Calder"), "byline"),
        (Line("4 May 2026 08:15"), "byline"),
        (Line("Read more: Bridge closed again, and the ferry with it for a week", linked=0.7), "promotion"),
        (Line("Bridge closed again for the night", linked=1.0, apart=True), "links"),
        (Line("BRIDGE CLOSED AGAIN FOR THE NIGHT", linked=1.0), "links"),
        (Line("Sign up for our morning newsletter"), "promotion"),
        (Line("© 2026 The Quay Post"), "notice"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.text[:20],
)
def test_cuts_what_is_no_prose(line: Line, step: str) -> None:
    assert cut([line, *PROSE])[line.text] == step


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor wrote on his Telegram channel that the bridge was open again by the evening.",
        "Residents can sign up for a place in one of eleven heated halls from Monday on.",
        "EXCLUSIVE: The harbour master told the Quay Post that he will leave in May.",
        "Photo: that was all the judge wanted to see.",
        "Eine Warn-App sandte push notifications an alle Telefone der Stadt.",
    ],
)
@pytest.mark.parametrize("at", [0, 3, 6])
def test_no_prose_is_cut_on_its_words_alone(sentence: str, at: int) -> None:
    assert cut([*PROSE[:at], Line(sentence), *PROSE[at:]])[sentence] == ""


@pytest.mark.parametrize(
    "line",
    [
        Line("Sign up for our newsletter and get the best of the harbour every morning.", apart=True),
        Line("Follow us on Telegram, where the harbour speaks.", linked=0.5),
        Line("Sign up for our morning newsletter"),
    ],
    ids=["another look", "half a link", "no sentence"],
)
def test_words_of_a_promotion_count_with_another_sign_of_it(line: Line) -> None:
    assert cut([*PROSE[:3], line, *PROSE[3:]])[line.text] == "promotion"


def test_cuts_the_list_below_a_heading_of_other_stories_and_keeps_the_prose_after_it() -> None:
    teasers = [Line("Related stories", "head"), Line("Bridge closed"), Line("A quiet harbour")]

    result = cut([*PROSE[:3], *teasers, *PROSE[3:]])

    assert [text for text, step in result.items() if step == "tail"] == [line.text for line in teasers]


@pytest.mark.parametrize(
    "lines",
    [
        [Line("Café Morgenrot", linked=1.0), PROSE[1], Line("Gasthaus zur Linde", linked=1.0)],
        [Line("1. Bar Marés", "head", 1.0), PROSE[1], Line("2. Casa Lua", "head", 1.0), PROSE[2]],
        [
            Line("Nova linha de elétrico", "item", 1.0),
            Line("Ponte fechada", "item", 1.0),
            Line("Maré alta", "item", 1.0),
        ],
        [Line("Den fullständiga rapporten från hamnen", linked=1.0, href="https://other.example/rapport", apart=True)],
        [Line("Video: 4K/30p", "item", apart=True), Line("Email newsletter builder", "item")],
        [Line("Up next", "head"), Line("Rovers: host the Harbour on Friday."), Line("Harbour: visit the Rovers.")],
    ],
    ids=["places", "headings of a list", "a list within the text", "a source", "features", "fixtures"],
)
def test_links_and_lists_within_the_text_stay(lines: list[Line]) -> None:
    assert set(cut([*PROSE[3:], *lines, PROSE[0]]).values()) == {""}


@pytest.mark.parametrize(
    "lines",
    [
        [Line("Read also: the bridge in winter", linked=0.9)],
        [
            Line(
                "Die Brücke bleibt noch lange gesperrt", linked=1.0, href="/2026/die-bruecke-bleibt-noch-lange-gesperrt"
            )
        ],
        [Line(f"Harbour {n}", "item", 1.0) for n in range(3)],
        [Line("Sports", linked=1.0, apart=True)],
        [Line("Ponte fechada por mais uma noite", "head", 1.0, "/x")],
    ],
    ids=["a label", "named as its address is", "a list at the end", "another look", "the only linked heading"],
)
def test_a_link_is_cut_with_a_second_sign(lines: list[Line]) -> None:
    result = cut([*PROSE, *lines])

    assert {result[line.text] for line in lines} <= {"links", "promotion", "heading", "tail"}


def test_keeps_all_prose() -> None:
    assert set(cut(PROSE).values()) == {""}


def test_keeps_the_rows_below_a_heading_that_recommends_and_a_long_line_with_such_a_label() -> None:
    heading = Line("Recommended configuration", "head")
    rows = [Line("Memory: 16 GB Weight: 3.74 pounds", "row"), Line("Storage: 512 GB Battery: 9 hours", "row")]
    label = Line(
        "Recommended: Weirgate for small mills, Leatworks for large ones, and Sluice for those who rent theirs"
    )

    assert set(cut([PROSE[0], heading, *rows, PROSE[1], label, *PROSE[2:]]).values()) == {""}


def test_keeps_the_questions_that_open_their_answers() -> None:
    questions = [Line("What is not covered", "head", 1.0, "#"), Line("Is there an age limit?", "item", 1.0, "#")]

    assert set(cut([PROSE[0], questions[0], PROSE[1], questions[1], *PROSE[2:]]).values()) == {""}


def test_tells_who_the_author_is_only_below_the_text() -> None:
    about = Line("Ines Calder writes about bridges and has lived in the harbour for ten years.")

    assert cut([*PROSE, about])[about.text] == "author"
    assert cut([PROSE[0], about, *PROSE[1:]])[about.text] == ""


def test_cuts_a_line_of_two_other_stories_but_not_what_the_page_declares() -> None:
    promo = Line(PROMO)
    known = repeated([observe(n, [PROMO]) for n in (1, 2)], 3)

    assert cut([*PROSE, promo], known=known)[PROMO] == "site"
    assert cut([*PROSE, promo], known=known, description=PROMO)[PROMO] == ""


def test_never_cuts_most_of_a_body_as_the_sites() -> None:
    known = frozenset(line_hash(line.text) for line in PROSE)

    assert set(cut(PROSE, known=known).values()) == {""}


def test_one_other_story_is_not_enough_and_the_same_story_counts_once() -> None:
    one, same = observe(1, [PROMO]), observe(2, [PROMO])

    assert repeated([one], 9) == frozenset()
    assert repeated([one, one], 9) == frozenset()
    assert repeated([one, same], 2) == frozenset()
    assert repeated([one, same], 9) == {line_hash(PROMO)}


def test_an_observation_survives_the_store_and_stays_small() -> None:
    observation = observe(7, [f"line {n}" for n in range(5_000)])

    assert Observation.from_bytes(observation.to_bytes()) == observation
    assert len(observation.to_bytes()) <= 2_048


def test_an_observation_passes_over_what_a_later_version_adds() -> None:
    observation = observe(7, ["a line"])

    assert Observation.from_bytes(observation.to_bytes() + b"\x09\x02\x00ab") == observation


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x02" + bytes(8), b"\x01" + bytes(8) + b"\x01\xff\xff"])
def test_other_bytes_are_no_observation(data: bytes) -> None:
    with pytest.raises(ValueError, match="observation"):
        Observation.from_bytes(data)


def test_each_step_has_a_name_of_its_own() -> None:
    assert len({step.__name__ for step in STEPS}) == len(STEPS)


@pytest.mark.parametrize("heading", ["A similar vote in 1974", "More on the costs", "Copyright on a slate"])
def test_a_subheading_with_prose_below_it_stays_whatever_its_words(heading: str) -> None:
    assert set(cut([*PROSE[:3], Line(heading, "head"), *PROSE[3:]]).values()) == {""}


@pytest.mark.parametrize(("apart", "step"), [(True, "promotion"), (False, "")])
def test_an_offer_in_a_box_behind_the_text_is_cut_and_the_same_words_in_the_text_stay(apart, step):
    offer = Line(
        "Subscribe to The Quay Post to read the rest of this report, with all figures of the bridge.", apart=apart
    )

    assert cut([*PROSE, offer])[offer.text] == step


QUESTION = "What would you do with such a bridge?"
TESTED = "Our full test of that bridge."
NUMBERED = [Line("6. The engine", "head"), PROSE[1], Line("7. The quay", "head", linked=1.0), PROSE[2]]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([PROSE[0], *NUMBERED], "7. The quay"),
        (
            [*PROSE, Line("What would you do with a bridge like that?", "head")],
            "What would you do with a bridge like that?",
        ),
        ([*PROSE, Line("Recommended for:"), PROSE[0]], "Recommended for:"),
        (
            [
                PROSE[0],
                Line("Our full test of that bridge.", linked=1.0, href="/our-full-test-of-that-bridge"),
                PROSE[1],
            ],
            "Our full test of that bridge.",
        ),
    ],
    ids=["numbered heading", "question at the end", "label above prose", "short sentence"],
)
def test_line_of_the_text_stays_though_it_looks_like_the_template(lines: list[Line], text: str) -> None:
    assert cut(lines)[text] == ""


@pytest.mark.parametrize(
    "heading", ["Like this?", "Do you follow the Quay Post on WhatsApp yet?", "Here is what else we found today"]
)
def test_heading_that_ends_the_text_and_tells_nothing_is_cut(heading: str) -> None:
    assert cut([*PROSE, Line(heading, "head")])[heading] in ("heading", "promotion")

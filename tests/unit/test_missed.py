"""Blocks that the finder passed over, and which of them are the article's."""

from __future__ import annotations

import pytest
from lxml.html import document_fromstring

from newscrawl.extraction.text.blocks import blocks_of
from newscrawl.extraction.text.body import Line
from newscrawl.extraction.text.density import densest, prose_chars
from newscrawl.extraction.text.missed import features_of, likelihood, missed
from newscrawl.extraction.text.missed_weights import WEIGHTS

INTRO = "We slept in eleven mountain huts between May and October, and these are the ones that we would go back to."
OUTRO = "All of them are open until the first snow, and each of them can be reached by bus and on foot in a day."
HUTS = [
    ("Alpe Corva", "The keeper bakes her own bread, and the terrace has the sun until eight in the evening in June."),
    ("Refuge du Lac", "On y dort à douze dans une salle, mais la soupe et le silence valent bien la montée du matin."),
    ("Hütte am Joch", "Der Weg ist steil und im Frühjahr voller Schnee, doch oben wartet der beste Kuchen der Gegend."),
    (
        "Schronisko Wilga",
        "Noclegi trzeba rezerwować wiosną, bo w lipcu nie ma tu wolnego łóżka nawet na jedną noc.",
    ),
]


def added(html: str, found: str) -> list[str]:
    """Return the texts that are added to the blocks of *html* which stand in *found*."""
    blocks = blocks_of(document_fromstring(f"<body>{html}</body>"))
    kept = {at for at, block in enumerate(blocks) if block.line.text in found}
    return [blocks[at].line.text for at in sorted(missed(blocks, kept))]


CARDS = "".join(
    f"<div class=card><h3>{name}</h3><div class=card__text><p>{text}</p></div></div>" for name, text in HUTS
)
DETAILS = "".join(f"<details><summary>{name}</summary><p>{text}</p></details>" for name, text in HUTS)
ITEMS = "".join(f"<li><b>{name}</b> {text}</li>" for name, text in HUTS)


@pytest.mark.parametrize(
    "html",
    [
        f"<main><div class=text><p>{INTRO}</p></div>{CARDS}<h3>Go</h3><div class=text><p>{OUTRO}</p></div></main>",
        f"<main><p>{INTRO}</p>{DETAILS}<p>{OUTRO}</p></main>",
        f"<main><p>{INTRO}</p><ul>{ITEMS}</ul><p>{OUTRO}</p></main>",
    ],
    ids=["cards", "answers that open", "a list of prose"],
)
def test_sections_of_another_template_belong_to_the_text(html: str) -> None:
    result = "\n".join(added(html, INTRO + OUTRO))

    assert all(text in result for _, text in HUTS)


@pytest.mark.parametrize(
    "html",
    [
        "<div class=teasers>"
        + "".join(f"<article><h3><a href=/{n}>Story {n} of the day</a></h3></article>" for n in range(4))
        + "</div>",
        f"<figure><img src=a.jpg><figcaption>{HUTS[0][1]}</figcaption></figure>",
        "<form><label>Your e-mail address</label><p>We send you a letter each Friday.</p></form>",
    ],
    ids=["teasers", "a caption", "a form"],
)
def test_what_stands_beside_a_text_is_not_added(html: str) -> None:
    text = "".join(f"<p>{part}</p>" for _, part in HUTS)

    assert added(f"<main>{text}{html}</main>", "\n".join(part for _, part in HUTS)) == []


def test_the_densest_part_is_the_innermost_element_with_most_of_the_prose() -> None:
    tree = document_fromstring(
        f"<body><div id=page><div id=menu><p>Home</p></div><div id=story>{CARDS}</div><p>{INTRO}</p></div></body>"
    )

    blocks = blocks_of(tree)

    container = densest(blocks, [prose_chars(block.line) for block in blocks])

    assert container is not None
    assert container.get("id") == "story"


@pytest.mark.parametrize(
    ("line", "is_prose"),
    [
        (Line(INTRO), True),
        (Line(INTRO, linked=0.9), False),
        (Line("Home"), False),
        (Line("山小屋の主人は自分でパンを焼き、六月のテラスには夜の八時まで日が当たるという。"), True),
    ],
    ids=["a sentence", "a link", "a word", "Japanese"],
)
def test_prose_is_a_sentence_of_some_length_outside_links(line: Line, is_prose: bool) -> None:
    assert (prose_chars(line) > 0) == is_prose


def test_a_page_without_prose_has_no_missed_blocks() -> None:
    assert missed(blocks_of(document_fromstring("<body><p>Home</p></body>")), set()) == {}


def test_every_feature_has_a_weight_and_an_unknown_one_none() -> None:
    blocks = blocks_of(document_fromstring(f"<body><main><p>{INTRO}</p>{CARDS}</main></body>"))
    prose = [prose_chars(block.line) for block in blocks]
    inside = set(range(len(blocks)))
    shown = {name for found in features_of(blocks, {0, len(blocks) - 1}, prose, inside).values() for name in found}

    assert shown <= WEIGHTS.keys()
    assert likelihood(["no such feature"]) == 0.5


def test_a_list_of_which_only_the_introduction_was_found_is_the_text() -> None:
    cards = "".join(CARDS.replace("class=card", f"class=card-{n}") for n in range(3))
    html = f"<header><p>{INTRO}</p></header><div class=cards>{cards}</div><h2>Contact</h2>"
    blocks = blocks_of(document_fromstring(f"<body>{html}</body>"))

    texts = {blocks[at].line.text for at in missed(blocks, {0}, {"refuge", "wilga"})}

    assert {text for _, text in HUTS} <= texts
    assert "Contact" not in texts
    assert not missed(blocks, {0}, {"quite", "another", "story"})


def test_a_note_beside_a_short_text_is_not_the_text() -> None:
    note = "".join(f"<p>{text}</p>" for _, text in HUTS)
    blocks = blocks_of(document_fromstring(f"<body><article><p>{INTRO}</p></article><div class=x>{note}</div></body>"))

    assert not missed(blocks, {0})

"""What is taken out of the tree before the text is looked for, and what stays."""

from __future__ import annotations

import pytest

from newscrawl.extraction.pruning.prune import prune
from newscrawl.html.parse import parse

PROSE = "".join(
    f"<p>The council spoke for {n} hours about the bridge, which nobody had expected.</p>" for n in range(9)
)


@pytest.mark.parametrize(
    "block",
    [
        "<nav><a href=/a>Home</a></nav>",
        "<aside><p>Another story of the day.</p></aside>",
        "<footer><p>The Quay Post, 2026.</p></footer>",
        "<div class='newsLetter-box sign-up'><p>Every morning in your inbox.</p></div>",
        "<section><h3>Related stories</h3><a href=/b>Bridge closed again for the night</a></section>",
    ],
    ids=["nav", "aside", "footer", "named", "headed"],
)
def test_block_that_is_not_the_article_is_taken_out(block: str) -> None:
    tree = parse(f"<html><head><title>T</title></head><body><article>{PROSE}</article>{block}</body></html>")
    assert tree is not None

    left = prune(tree)

    text = tree.text_content()
    assert left == len(text) == len(PROSE.replace("<p>", "").replace("</p>", ""))


@pytest.mark.parametrize(
    "block",
    [
        f"<aside>{PROSE}</aside>",
        "<div class='related'><h1>Council spends a night on the bridge</h1></div>",
        "<div class='article-body has-newsletter'><p>The mayor had left by then.</p></div>",
    ],
    ids=["most of the prose", "the headline", "named the article's"],
)
def test_block_that_may_be_the_article_stays(block: str) -> None:
    tree = parse(f"<html><body><article>{PROSE}</article>{block}</body></html>")
    assert tree is not None
    whole = tree.text_content()

    prune(tree)

    assert tree.text_content() == whole


def teasers(heading: str, words: str = "The ferry to the island stays in the harbour.") -> str:
    cards = "".join(
        f"<div class=c><h3><a href=/story/{n}>Headline of story number {n} of this day</a></h3><p>{words}</p></div>"
        for n in range(4)
    )
    return f"<section>{heading}{cards}</section>"


@pytest.mark.parametrize(
    "name",
    ["Latest", "Most read", "Neueste Artikel", "Lo más leído", "Les plus lus", "Самое популярное", "最新ニュース"],
)
def test_teasers_below_the_name_of_a_list_of_the_site_are_taken_out(name: str) -> None:
    tree = parse(f"<html><body><div>{PROSE * 2}{teasers(f'<h2>{name}</h2>')}</div></body></html>")
    assert tree is not None

    prune(tree)

    assert "Headline of story" not in tree.text_content()


@pytest.mark.parametrize(
    "block",
    [
        teasers("<h2>The latest from the court on Monday</h2>"),
        teasers("<h2>Latest</h2>", words="The judge rose at noon and the town waited in the rain. " * 12),
        f"<section><h2>Latest</h2>{PROSE[: len(PROSE) // 3]}</section>",
    ],
    ids=["a sentence", "posts of a live blog", "paragraphs"],
)
def test_parts_of_the_story_below_such_words_stay(block: str) -> None:
    tree = parse(f"<html><body><div>{PROSE * 2}{block}</div></body></html>")
    assert tree is not None
    whole = tree.text_content()

    prune(tree)

    assert tree.text_content() == whole


def test_a_text_whose_parts_are_hidden_until_a_script_shows_them_stays() -> None:
    part = f"<div class='subscriber-only' style='display:none'>{PROSE[: len(PROSE) // 9 * 2]}</div>"
    tree = parse(f"<html><body><article>{PROSE * 2}{part * 3}</article></body></html>")
    assert tree is not None

    prune(tree)

    assert tree.text_content().count("The council spoke for 1 hours") == 5


ANSWER = "<p>Every second Thursday, before seven in the morning, from the ninth of May on.</p>"
LABELS = {
    "a button": "<button aria-controls='a1' aria-expanded='false'>When is it emptied?</button>",
    "a button in a heading": "<h3><button aria-controls='a1'>When is it emptied?</button></h3>",
    "a block": "<div role='button' aria-controls='a1'><a tabindex='0'>When is it emptied?</a></div>",
}


@pytest.mark.parametrize("fold", ["hidden", "style='display: none'", "aria-hidden='true' class='panel'"])
@pytest.mark.parametrize("label", LABELS.values(), ids=LABELS)
def test_folded_answer_stays_below_its_question(label: str, fold: str) -> None:
    tree = parse(f"<html><body><main>{PROSE}<div>{label}<div id='a1' {fold}>{ANSWER}</div></div></main></body></html>")
    assert tree is not None

    prune(tree)

    panel = tree.get_element_by_id("a1")
    assert panel.text_content() == ANSWER[3:-4]
    assert not {"hidden", "style", "aria-hidden"} & set(panel.keys())
    assert next(tree.iter("h3")).text_content() == "When is it emptied?"


@pytest.mark.parametrize(
    "block",
    [
        f"<nav><button aria-controls='a1'>Menu</button><div id='a1' hidden>{ANSWER}</div></nav>",
        f"<button aria-controls='a1'>News</button><div id='a1' role='dialog' hidden>{ANSWER}</div>",
        f"<button aria-controls='a1'>Mail</button><div id='a1' hidden>{ANSWER}<input name='mail'></div>",
    ],
    ids=["a menu", "a window", "a form"],
)
def test_what_else_a_button_opens_is_taken_out(block: str) -> None:
    tree = parse(f"<html><body><main>{PROSE}</main><div>{block}</div></body></html>")
    assert tree is not None

    prune(tree)

    assert "Every second Thursday" not in tree.text_content()


def test_list_of_contents_for_subscribers_is_no_offer() -> None:
    contents = "<ul class='paywall'><li><a href='#rain'>Best rain jacket</a></li></ul>"
    tree = parse(f"<html><body><article>{contents}{PROSE}</article></body></html>")
    assert tree is not None

    prune(tree)

    assert "Best rain jacket" in tree.text_content()


def test_place_to_link_to_is_no_link() -> None:
    tree = parse(f"<html><body><a name='top'>{PROSE}</a></body></html>")
    assert tree is not None
    size = len(tree.text_content())

    assert prune(tree) == size
    assert next(tree.iter("a"), None) is None


def test_quotation_from_a_network_is_no_button_of_it() -> None:
    said = "<blockquote><p>The ferry was late again and nobody told us why.</p>Ines (@ines)</blockquote>"
    tree = parse(f"<html><body><article>{PROSE}<div class='social-embed'>{said}</div></article></body></html>")
    assert tree is not None

    prune(tree)

    assert "nobody told us why" in tree.text_content()

"""What is taken out of the tree before the text is looked for, and what stays."""

from __future__ import annotations

import pytest

from newscrawl.extraction.prune import prune
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


def test_a_text_whose_parts_are_hidden_until_a_script_shows_them_stays() -> None:
    part = f"<div class='subscriber-only' style='display:none'>{PROSE[: len(PROSE) // 9 * 2]}</div>"
    tree = parse(f"<html><body><article>{PROSE * 2}{part * 3}</article></body></html>")
    assert tree is not None

    prune(tree)

    assert tree.text_content().count("The council spoke for 1 hours") == 5

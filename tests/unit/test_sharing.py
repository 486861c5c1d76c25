"""Buttons that pass a story on go by where they lead; what the story says stays."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement, fromstring

from newscrawl.extraction.pruning.sharing import share_buttons
from newscrawl.extraction.tree.nodes import nodes_of

STORY = "The vote was carried by nine to seven."


def left(inside: str) -> str:
    """Return the text of a page with a short story and *inside*, without its share buttons."""
    tree: HtmlElement = fromstring(f"<html><body><article><h1>The vote</h1>{inside}</article></body></html>")
    nodes = nodes_of(tree)
    for block in share_buttons(nodes):
        nodes.elements[block].drop_tree()
    return " ".join(" ".join(tree.itertext()).split())


BUTTON = '<a href="{}">go</a>'
ADDRESSES = [
    "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fpost.example%2Fvote",
    "https://twitter.com/intent/tweet?url=https://post.example/vote",
    "https://x.com/share?text=The+vote",
    "https://wa.me/?text=The%20vote",
    "whatsapp://send?text=vote",
    "https://t.me/share/url?url=x",
    "https://www.linkedin.com/shareArticle?mini=true",
    "http://vk.com/share.php?url=x",
    "https://connect.ok.ru/offer?url=x",
    "http://service.weibo.com/share/share.php?url=x",
    "https://b.hatena.ne.jp/add?url=x",
    "https://social-plugins.line.me/lineit/share?url=x",
    "https://story.kakao.com/share?url=x",
    "mailto:?subject=The%20vote",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "markup",
    ["<ul><li>{0}</li><li>{0}</li><li>Copy</li></ul>", "<p>{0} {0}</p>", "<div><span>Teilen:</span>{0}</div>", "{0}"],
)
def test_share_buttons_go_with_the_block_that_is_nothing_else(address: str, markup: str) -> None:
    assert left(f"<p>{STORY}</p>{markup.format(BUTTON.format(address))}") == f"The vote {STORY}"


@pytest.mark.parametrize(
    "inside",
    [
        f'<p>{STORY} <a href="https://www.facebook.com/council">Council</a> </p>',
        f'<p>{STORY} <a href="mailto:clerk@council.example">the clerk</a> </p>',
        '<p>Read it on <a href="https://twitter.com/mayor/status/1">the mayor\'s page</a> </p>',
        '<ul><li><a href="/2026/pier">The pier</a></li><li><a href="/2026/crane">The crane</a></li></ul>',
    ],
)
def test_other_links_stay(inside: str) -> None:
    whole: HtmlElement = fromstring(f"<div><h1>The vote</h1>{inside}</div>")

    assert left(inside) == " ".join(" ".join(whole.itertext()).split())


def test_a_button_takes_no_sentence_and_no_list_of_stories_with_it() -> None:
    button = BUTTON.format(ADDRESSES[0])

    assert left(f"<div>{STORY} {button}</div>") == f"The vote {STORY}"
    assert left(f"<ul><li><a href='/a'>A</a></li><li><a href='/b'>B</a></li><li>{button}</li></ul>") == "The vote A B"

"""Lists and quotations between the paragraphs of a text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.extraction import Page, extract
from newscrawl.items import Article

PROSE = [f"Die Fähre fuhr am Dienstag {n} Mal, und niemand am Ufer hatte damit gerechnet." for n in range(2, 9)]
SAID = "Wieder da, und pünktlich, wie es sich für eine Fähre gehört!"
TWEET = f"<blockquote class='twitter-tweet'><p>{SAID}</p>— Ines (@ines) <a href='/1'>4. Mai</a></blockquote>"


def body_of(block: str, *, row: bool) -> str:
    before, after = ("".join(f"<p>{text}</p>" for text in part) for part in (PROSE[:3], PROSE[3:]))
    text = f"<div>{before}{block}{after}</div>"
    if row:
        text = f"<table><tr><td>{text}</td><td><a href='/a'>Start</a> <a href='/b'>Sport</a></td></tr></table>"
    page = f"<html><body><h1>Die Fähre fährt</h1>{text}</body></html>"
    article, _ = extract(Page(page.encode(), fetched_at=datetime(2026, 11, 5, tzinfo=UTC)), "https://kai.example/a")
    assert isinstance(article, Article), article
    return article.body


@pytest.mark.parametrize("row", [False, True], ids=["in a div", "in a layout table"])
@pytest.mark.parametrize(
    ("block", "lines"),
    [
        ("<ul><li>200 g Mehl</li><li>drei Eier</li></ul>", ["200 g Mehl", "drei Eier"]),
        ("<ol><li><p>Anlegen</p></li><li><p>Ablegen</p></li></ol>", ["Anlegen", "Ablegen"]),
        ("<dl><dt>Preis</dt><dd>Drei Euro</dd><dt>Dauer</dt><dd>Elf Minuten</dd></dl>", ["Preis", "Elf Minuten"]),
        ("<div class='recipe-card'><h3>Zutaten</h3><ul><li>Mehl</li><li>Eier</li></ul></div>", ["Zutaten", "Mehl"]),
        (TWEET, [SAID, "— Ines (@ines) 4. Mai"]),
        (f"<div class='social-media-embed'>{TWEET}</div>", [SAID]),
    ],
    ids=["list", "steps", "terms", "card", "tweet", "tweet in a box"],
)
def test_list_or_quotation_between_paragraphs_is_the_text(block: str, lines: list[str], row: bool) -> None:
    body = body_of(block, row=row)

    assert set(lines) <= set(body.split("\n\n"))
    assert body.split("\n\n")[-1] == PROSE[-1]


@pytest.mark.parametrize(
    "block",
    [
        f"<blockquote>{PROSE[1]}</blockquote>",
        "<ul class='related-links'><li><a href='/x'>Neue Brücke</a></li><li><a href='/y'>Alte Brücke</a></li></ul>",
        "<ul class='newsletter'><li>Jeden Morgen</li><li>Kostenlos</li></ul>",
    ],
    ids=["pull quote", "links", "offer"],
)
def test_copy_links_and_offers_between_paragraphs_are_left_out(block: str) -> None:
    assert body_of(block, row=False) == "\n\n".join(PROSE)

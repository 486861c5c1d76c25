"""The quick finder gives what trafilatura gives, without the copies of the page that its other ways need."""

from __future__ import annotations

from pathlib import Path

import pytest
from trafilatura import bare_extraction
from trafilatura.settings import Document, Extractor

from newscrawl.extraction.text import body
from newscrawl.extraction.text.body import QUICK, find_text, lines_of
from newscrawl.html.parse import parse

PAGES = sorted(Path(__file__).parents[1].joinpath("pages").glob("*/page.html"))[::5]
PROSE = "A sentence of the story, which is long enough to be found by whoever looks for it. " * 3


def by_trafilatura(text: str) -> list[str]:
    options = Extractor(output_format="txt", fast=True, comments=False, links=True)
    options.focus = QUICK
    found = bare_extraction(parse(text), options=options)
    return [line.text for line in lines_of(found.body)] if isinstance(found, Document) else []


def quick(text: str) -> list[str]:
    tree = parse(text)
    assert tree is not None
    return [line.text for line in find_text(tree, fast=True)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_finds_what_trafilatura_finds(page):
    text = page.read_text("utf-8", "replace")

    assert quick(text) == by_trafilatura(text)


@pytest.mark.parametrize(
    "beside",
    [
        '<div class="infinite-scroll"><p>{}</p></div>',
        '<div id="mvp-post-add-box"><p>{}</p></div>',
        '<div class="elementor-share-buttons"><p>{}</p></div>',
        '<section class="Comments"><p>{}</p></section>',
        '<ol id="comment-list"><li>{}</li></ol>',
        '<div id="disqus_thread"><p>{}</p></div>',
        '<div class="commentary"><p>{}</p></div>',
    ],
)
def test_leaves_out_what_trafilatura_leaves_out(beside):
    other = "Another sentence, which is none of the story and as long as those that are some. " * 4
    text = f"<html><body><article><h1>A story</h1><p>{PROSE}</p>{beside.format(other)}</article></body></html>"

    assert quick(text) == by_trafilatura(text)


def test_a_short_text_is_searched_by_all_its_ways(monkeypatch):
    asked = []
    whole = body.extract_content
    monkeypatch.setattr(body, "extract_content", lambda *args: asked.append(1) or whole(*args))

    assert quick("<html><body><article><p>A short sentence.</p></article></body></html>") == ["A short sentence."]
    assert asked
    asked.clear()
    quick(f"<html><body><article><p>{PROSE}</p><p>{PROSE}</p></article></body></html>")
    assert not asked

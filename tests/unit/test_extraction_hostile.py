"""Pages that break parsers come out right, or as a rejection with its reason; nothing raises."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawl.extraction import Page, extract
from newscrawl.html.sanitise import sanitise
from newscrawl.items import Article
from newscrawl.outcomes import Reason, Rejection

NOW = datetime(2026, 6, 1, tzinfo=UTC)
URL = "https://a.example/news/a-story-of-the-day"
PROSE = "".join(
    f"<p>The mayor of Zürich said “we have listened” – in part {n} of her answer to the council that asked for it.</p>"
    for n in range(8)
)


def page(
    head: str = "", before: str = "", after: str = "", title: str = "The council settles the harbour dispute"
) -> str:
    meta = '<meta charset="utf-8">'
    return (
        f"<!doctype html><html lang=en><head>{meta}<title>{title}</title>{head}</head><body>{before}"
        f"<article><h1>{title}</h1>{PROSE}</article>{after}</body></html>"
    )


def read(body: str | bytes, content_type: str = "text/html; charset=utf-8") -> Article | Rejection:
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    return extract(Page(data, fetched_at=NOW, content_type=content_type), URL)[0]


ODD = {
    "control reference": page(after="<p>bell &#7; escape &#27;[31m non-character &#xFFFE;</p>"),
    "NUL": page(before="<p>a\x00b</p>"),
    "huge DOCTYPE": page().replace("<!doctype html>", "<!DOCTYPE " + "/" * 100_000 + " html>"),
    "internal subset": page().replace("<!doctype html>", '<!DOCTYPE html [<!ENTITY a "b">]>'),
    "300 levels": page(before="<div>" * 300),
    "blanks in the html tag": page().replace("<html lang", "<html" + " " * 120_000 + "lang"),
    "open comments": page(after="<!--" * 20_000),
    "open tags": page(after="<p>" + "<" * 100_000),
    "long author": page(head='<meta name="author" content="' + "a." * 150_000 + '">'),
    "long date": page(head='<meta property="article:published_time" content="' + "2026-0" * 50_000 + '">'),
    "broken JSON-LD": page(
        head='<script type="application/ld+json">{"@type":"NewsArticle","author":[{"name":},</script>'
    ),
    "deep JSON-LD": page(head='<script type="application/ld+json">' + '{"publisher":' * 100_000 + "</script>"),
    "many paragraphs": page(after="<p>word</p>" * 30_000),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_page_yields_its_article_soon(name: str) -> None:
    started = time.process_time()

    article = read(ODD[name])

    assert isinstance(article, Article)
    assert "“we have listened” – in part 7" in article.body
    assert article.title == "The council settles the harbour dispute"
    assert time.process_time() - started < 10


CHARSETS = {
    "header says latin-1, bytes are UTF-8": (page().encode(), "text/html; charset=iso-8859-1"),
    "UTF-16 with its mark, header says UTF-8": (page().encode("utf-16"), "text/html; charset=utf-8"),
    "windows-1252 and nothing says so": (page().replace('<meta charset="utf-8">', "").encode("cp1252"), "text/html"),
    "UTF-8 with a windows-1252 block": (page(after="<p>@</p>").encode().replace(b"@", b"caf\xe9"), "text/html"),
    "charset=utf-7": (page().encode(), "text/html; charset=utf-7"),
    "invalid UTF-8": (page().encode().replace(b"part 2", b"pa\xed\xa0\x80rt 2"), "text/html"),
}


@pytest.mark.parametrize("name", CHARSETS)
def test_charset_is_settled_by_the_bytes(name: str) -> None:
    article = read(*CHARSETS[name])

    assert isinstance(article, Article)
    assert "The mayor of Zürich said “we have listened” – in part 1" in article.body


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"%PDF-1.7\n" + b"\xff" * 5000, Reason.NOT_HTML),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 20, Reason.NOT_HTML),
        (bytes(range(256)) * 200, Reason.NOT_HTML),
        (b'{"error": "not found"}', Reason.NOT_HTML),
        (b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', Reason.NOT_HTML),
        (b"", Reason.EMPTY),
        (b" \n ", Reason.EMPTY),
    ],
    ids=["PDF", "JPEG", "bytes", "JSON", "feed", "nothing", "blanks"],
)
def test_bytes_that_are_no_page_are_rejected(body: bytes, reason: Reason) -> None:
    rejection = read(body)

    assert isinstance(rejection, Rejection)
    assert rejection.reason is reason


def test_fields_hold_no_character_that_moves_or_hides_text() -> None:
    title = "Story &#27;[31mRED\x1b[2J\x07 news\n\n of\t \u202ethe day\u200b\u2066 evil"

    article = read(page(title=title))

    assert isinstance(article, Article)
    assert article.title == "Story RED news of the day evil"


def test_a_title_is_bounded() -> None:
    article = read(page(title="Story " + "very long " * 5_000))

    assert isinstance(article, Article)
    assert len(article.title) <= 500


def test_without_any_title_the_first_sentence_stands_for_it() -> None:
    article = read(f"<html><head><title> </title></head><body><article>{PROSE}</article></body></html>")

    assert isinstance(article, Article)
    assert article.title.startswith("The mayor of Zürich said")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\x07b", "ab"),
        ("a\x7fb\x0c", "ab"),
        ("a\ud800b", "ab"),
        ("a\ufffe\uffffb", "ab"),
        ("\ub4e4\ufffd\U0001f600", "\ub4e4\ufffd\U0001f600"),
        ("a" + " " * 5000 + "b", "a b"),
        ("a" + "\t" * 200 + " \t b", "a b"),
        ("a" + " " * 199 + "b", "a" + " " * 199 + "b"),
    ],
    ids=["bell", "delete", "surrogate", "non-characters", "beside them", "blanks", "tabs", "fewer blanks"],
)
def test_what_makes_parsers_fail_is_taken_out(text: str, clean: str) -> None:
    assert sanitise(text) == clean


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.sampled_from([b"", page().encode()[:300], page().encode()]))
def test_any_bytes_give_an_article_or_a_rejection(noise: bytes, around: bytes) -> None:
    result = read(around[: len(around) // 2] + noise + around[len(around) // 2 :])

    assert isinstance(result, Article | Rejection)


def test_a_text_that_is_longer_than_books_is_no_article(monkeypatch):
    monkeypatch.setattr("newscrawl.extraction.reading.MAX_BODY_CHARS", 500)
    result = read(page())

    assert isinstance(result, Rejection)
    assert result.reason is Reason.TOO_LARGE

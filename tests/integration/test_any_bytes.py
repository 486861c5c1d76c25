"""Whatever bytes come, each page is an article or has a reason, and each document is one."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawl.discovery import Document
from newscrawl.extraction.page import Page
from newscrawl.items import Article
from newscrawl.outcomes import Reason, Rejection
from newscrawl.workers import WorkerPool
from tests.hostile.sources import index, listing, rss, urlset
from tests.hostile.words import article

NOW = datetime(2026, 11, 23, tzinfo=UTC)
URL = "http://a.example/news/2026/11/a-story-of-the-day"
LINKS = [f"http://a.example/news/a-story-of-day-{n}" for n in range(5)]
SEEDS = [text.encode() for text in (article("fuzz"), rss(LINKS), urlset(LINKS), index(LINKS), listing(LINKS))]
PIECES = [
    b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?xml", b"<!DOCTYPE", b"&", b"&#", b"&#x1;",
    b"&#1114112;", b"\0", b"\x1b[2J", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\xae", b"<script>",
    b"<style>", b"<svg>", b"<template>", b"<table>", b"<base href=//[>",
    b'<meta charset="utf-16">', b'<script type="application/ld+json">{',
    b"<h1></h1>", b"<p>", b"\r", b"\n\n\n", b'"', b"'", b"=", b" " * 300, b"a" * 3000, b"<loc>", b"<link>", b"<item>",
]  # fmt: skip


@st.composite
def mutated(draw: Callable[[Any], Any]) -> bytes:
    """A good document that was cut, spliced and littered."""
    body = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(body)))
        gone = draw(st.sampled_from([0, 0, 1, 10, 500]))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=8)))
        body = body[:at] + piece * draw(st.sampled_from([1, 1, 2, 50])) + body[at + gone :]
    return body


BODIES = st.one_of(mutated(), st.binary(max_size=3000))
TYPES = st.sampled_from(
    ["", "text/html", "text/html; charset=utf-16", "application/xml; charset=big5", "\0;;charset=="]
)


@pytest.fixture(scope="module")
def ask():
    with asyncio.Runner() as runner:
        pool = WorkerPool(1, 5.0, 256)
        runner.run(_started(pool))
        yield lambda method, *args: runner.run(getattr(pool, method)(*args))
        pool.close()


async def _started(pool: WorkerPool) -> None:
    pool.start()


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=BODIES, content_type=TYPES)
def test_any_bytes_are_an_article_or_have_a_reason(ask, body, content_type):
    result, _ = ask("extract", Page(body, NOW, content_type), URL)

    if isinstance(result, Rejection):
        assert result.reason not in (Reason.PARSE_CRASH, Reason.PARSE_TIMEOUT, Reason.PARSE_MEMORY), result
        assert result.detail.isprintable()
    else:
        assert isinstance(result, Article)
        assert result.title
        assert "\n" not in result.title
        assert result.body
        assert is_clean(result.title + result.body)


def is_clean(text: str) -> bool:
    """Tell whether *text* holds no control character; one that Unicode does not know yet may be a letter tomorrow."""
    return all(char.isprintable() or char == "\n" or unicodedata.category(char) == "Cn" for char in text)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=BODIES, content_type=TYPES)
def test_any_bytes_are_a_document(ask, body, content_type):
    document = ask("read", body, URL, content_type, NOW)

    assert isinstance(document, Document)
    assert "parse-" not in document.detail
    for found in (*document.candidates, *document.links):
        assert found.url.startswith(("http://", "https://"))
        assert found.url.isprintable()

"""What has too much in it is read to a bound, and in seconds of processor time."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime

import pytest

from newscrawl.discovery import Document, read_document
from newscrawl.discovery.document import MAX_CANDIDATES
from newscrawl.discovery.feeds import MAX_ENTRIES
from newscrawl.discovery.listings import MAX_LINKS

NOW = datetime(2026, 11, 23, 22, tzinfo=UTC)


def read(body: bytes | str, content_type: str = "") -> Document:
    data = body.encode() if isinstance(body, str) else body
    return read_document(data, "https://a.example/x", content_type, fetched_at=NOW)


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel>" + b"<item><link>" * 60_000,
        b"<rss><channel>&x;<item><description>" + b"<div>" * 60_000,
        b"<rss><channel>" + b"<" * 500_000,
        b"<rss><channel>" + b"<![CDATA[" * 20_000,
        b"<urlset>" + b"<url>" * 60_000,
        b"<urlset>" + b"&" * 500_000,
        b"<!DOCTYPE rss " + b"/" * 500_000,
        b"<html>" + b"<div><a href=/2026/11/a-b-c-d-e>" * 20_000,
        b"<html>" + b"<!--" * 100_000,
        b'{"items": [' + b'{"a":' * 100_000,
        b" " * 500_000,
        gzip.compress(b"<" * 10_000_000),
    ],
    ids=[
        "items",
        "open tags",
        "brackets",
        "cdata",
        "urls",
        "ampersands",
        "doctype",
        "links",
        "comments",
        "json",
        "blanks",
        "gzip",
    ],
)
def test_half_a_megabyte_of_malice_takes_seconds_at_most(body):
    started = time.process_time()
    document = read(body)

    assert isinstance(document, Document)
    assert time.process_time() - started < 9  # at most 2 s where it was measured; a worker has ten


def test_urls_beyond_the_protocols_limit_are_counted_and_not_listed():
    entries = "".join(f"<url><loc>https://a.example/x/{n}</loc></url>" for n in range(MAX_CANDIDATES + 1_000))
    document = read(f"<urlset>{entries}</urlset>")

    assert len(document.candidates) == MAX_CANDIDATES
    assert document.overflow == 1_000
    assert document.detail == "1000 URLs beyond 50000 left out"


def test_text_lines_beyond_the_protocols_limit_are_counted_and_not_listed():
    document = read("".join(f"https://a.example/x/{n}\n" for n in range(MAX_CANDIDATES + 1_000)))

    assert (len(document.candidates), document.overflow) == (MAX_CANDIDATES, 1_000)


def test_a_gzip_bomb_is_cut_off():
    bomb = gzip.compress(b"<urlset><url><loc>https://a.example/story/1</loc></url>" + b" " * 60 * 1024 * 1024)

    document = read(bomb)

    assert [candidate.url for candidate in document.candidates] == ["https://a.example/story/1"]
    assert document.detail == "cut off: more than 50 MiB"


def test_a_feed_of_too_many_entries_is_read_to_a_bound():
    items = "".join(f"<item><link>https://a.example/n/{n}</link></item>" for n in range(MAX_ENTRIES + 100))

    document = read(f'<rss version="2.0"><channel><title>Post</title>{items}</channel></rss>')

    assert len(document.candidates) == MAX_ENTRIES
    assert (document.overflow, document.detail) == (100, "100 entries left out")


def test_links_beyond_a_bound_are_counted():
    path = "/news/2026/11/23/harbour-ferry-runs-again-after-nine-years"
    links = "".join(f'<a href="{path}-{n}">Harbour ferry number {n}</a>' for n in range(MAX_LINKS + 10))

    document = read(f"<!doctype html><html><body>{links}</body></html>", "text/html")

    assert (len(document.candidates), document.overflow) == (MAX_LINKS, 10)
    assert document.detail == "10 links beyond 5000 left out"

"""Saved WARC files through the store, as if their pages had been fetched; nothing is asked for."""

from __future__ import annotations

import gzip

import pytest

from tests.crawling import crawl
from tests.newspaper import article, headline


def response(url: str, body: str) -> bytes:
    """Return a response record."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body.encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-11-20T09:00:00Z\r\n"
    return f"{head}Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Two runs over one archive, the second with a further one that names an old page again."""
    folder = tmp_path_factory.mktemp("archives")
    url = "https://gazette.invalid/2026/11/{}"
    pages = [response(url.format(n), article(n)) for n in range(3)]
    short = response(url.format(9), "<p>Sign in</p>")
    broken = b"\x1f\x8b\x08\x00 nothing"
    (folder / "a.warc.gz").write_bytes(b"".join(map(gzip.compress, [*pages, short])) + broken)
    (folder / "b.warc").write_bytes(pages[0] + response(url.format(5), article(5)))
    settings = {"NEWSCRAWL_COMPRESS": "zst"}
    first = crawl("news", folder / "out", settings=settings, warc=folder / "a.warc.gz")
    second = crawl("news", folder / "out", settings={}, warc=folder / "*.warc*", until="2026-11-20")
    return folder, first, second


def test_each_page_of_an_archive_ends_in_one_outcome(runs):
    _, first, second = runs
    manifest, later = second.manifests
    (figures,) = manifest["sources"].values()

    assert (first.code, second.code) == (0, 0), first.stderr
    assert (figures["discovered"], figures["written"]) == (4, 3)
    assert next(iter(manifest["discovery"].values()))["read"] == {"warc": 1}
    assert (later["figures"]["written"], later["figures"]["known"] >= 3) == (1, True)
    assert manifest["requests"] == 0
    assert "a.warc.gz" in first.stderr or next(iter(manifest["discovery"].values()))["failures"]
    assert (second.records[0]["title"], second.records[0]["discovered_via"]) == (headline(5), "seed")
    assert {record["fetched_at"] for record in second.records} == {"2026-11-20T09:00:00Z"}


def test_the_files_of_a_run_are_packed_where_that_is_set_and_read_all_the_same(runs):
    folder, first, _ = runs
    (packed,) = folder.glob("out/articles/*/*.jsonl.zst")

    assert str(packed) in first.stderr
    assert list(folder.glob("out/runs/*rejected.jsonl.zst"))
    (folder / "out/state.sqlite").unlink()
    again = crawl("news", folder / "out", settings={}, warc=folder / "a.warc.gz")
    assert "0 new, 3 known" in again.stderr


def test_a_name_that_is_no_archive_gets_one_sentence(tmp_path):
    (tmp_path / "page.html").write_text("<p>x</p>")
    missing, other = (crawl("news", tmp_path, settings={}, warc=tmp_path / name) for name in ("no.warc", "page.html"))

    assert (missing.code, other.code) == (2, 2)
    assert "there is no such file" in missing.stderr
    assert "is not called .warc" in other.stderr

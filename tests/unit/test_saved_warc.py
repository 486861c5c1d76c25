"""WARC files as tools write them, and as disks and networks leave them: what is whole is read, what is not is named."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import brotli
import pytest

from newscrawl.downloads.decoding import zstd
from newscrawl.errors import UsageError
from newscrawl.outcomes import Reason
from newscrawl.saved.archive import read_inputs
from newscrawl.saved.page import SavedPage

HTML = "<html><body><p>Der Hafen öffnet wieder.</p></body></html>".encode()


def record(
    number: int,
    body: bytes = HTML,
    *,
    kind: str = "response",
    status: str = "200 OK",
    http: str = "",
    date: str = "2026-03-05T10:00:00Z",
    length: int | str | None = None,
    content_type: str = "text/html; charset=utf-8",
) -> bytes:
    """Return a record of https://a.example/NUMBER; *length*: what it says in place of the truth."""
    if kind == "response":
        body = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{http}\r\n".encode() + body
        content_type = "application/http; msgtype=response"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.example/{number}\r\nWARC-Date: {date}\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(body) if length is None else length}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def read(path: Path, data: bytes) -> list[SavedPage]:
    path.write_bytes(data)
    return list(read_inputs([str(path)]))


def numbers(pages: list[SavedPage]) -> list[int]:
    """Return the numbers of the pages that were read whole."""
    assert all(page.html == HTML for page in pages if page.fault is None)
    return [int(page.url.rpartition("/")[2]) for page in pages if page.fault is None]


def faults(pages: list[SavedPage]) -> list[str]:
    assert all(page.fault[0] is Reason.BAD_RESPONSE for page in pages if page.fault)
    return [page.fault[1] for page in pages if page.fault]


PACKINGS = {
    "plain": lambda records: b"".join(records),
    "gzip": lambda records: b"".join(map(gzip.compress, records)),
    "gzip-whole": lambda records: gzip.compress(b"".join(records)),
    "zstd": lambda records: b"".join(map(zstd.compress, records)),
    "zstd-whole": lambda records: zstd.compress(b"".join(records)),
}


@pytest.mark.parametrize("pack", PACKINGS.values(), ids=PACKINGS)
def test_an_archive_is_read_however_it_is_packed(tmp_path, pack):
    pages = read(tmp_path / "a.warc.gz", pack([record(n) for n in range(5)]))

    assert (numbers(pages), faults(pages)) == ([0, 1, 2, 3, 4], [])


def test_a_zstd_archive_may_bring_its_dictionary(tmp_path):
    records = [record(n) for n in range(40)]
    dictionary = zstd.train_dict(records, 1000)
    content = dictionary.dict_content
    frame = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content

    pages = read(tmp_path / "a.warc.zst", frame + b"".join(zstd.compress(r, zstd_dict=dictionary) for r in records))

    assert (numbers(pages), faults(pages)) == (list(range(40)), [])


@pytest.mark.parametrize("at", [3, 20, -6, -1], ids=["flags", "data", "checksum", "length"])
def test_a_corrupt_gzip_part_does_not_cost_the_others(tmp_path, at):
    parts = [gzip.compress(record(n)) for n in range(5)]
    broken = bytearray(parts[2])
    broken[at] ^= 0xFF
    parts[2] = bytes(broken)

    pages = read(tmp_path / "a.warc.gz", b"".join(parts))

    assert numbers(pages) == [0, 1, 3, 4]
    assert len(faults(pages)) >= 1
    assert f"byte {len(parts[0] + parts[1]):,}" in faults(pages)[0]


def test_a_corrupt_zstd_part_does_not_cost_the_others(tmp_path):
    parts = [zstd.compress(record(n)) for n in range(5)]
    parts[2] = parts[2][:12] + bytes(40) + parts[2][60:]

    pages = read(tmp_path / "a.warc.zst", b"".join(parts))

    assert numbers(pages) == [0, 1, 3, 4]
    assert faults(pages)


@pytest.mark.parametrize("pack", ["plain", "gzip", "zstd"])
def test_a_file_that_ends_in_mid_record_gives_what_came_before(tmp_path, pack):
    data = PACKINGS[pack]([record(n, b"<p>%s</p>" % (b"%d" % n * 50)) for n in range(3)])

    pages = read(tmp_path / "a.warc", data[: len(data) - 40])

    assert [page.url[-1] for page in pages if page.fault is None] == ["0", "1"]
    assert len(faults(pages)) == 1
    assert "cut" in faults(pages)[0]


@pytest.mark.parametrize("stray", [b"\x00\xff\xfe garbage\r\n", b"x" * 100_000, b"WARC\r\n", b"\n\n\nhello\n"])
@pytest.mark.parametrize("packed", [False, True])
def test_stray_bytes_between_records_cost_none_of_them(tmp_path, stray, packed):
    records = [gzip.compress(record(n)) if packed else record(n) for n in range(3)]

    pages = read(tmp_path / "a.warc", records[0] + stray + (b"" if packed else b"\r\n") + records[1] + records[2])

    assert numbers(pages) == [0, 1, 2]
    assert len(faults(pages)) == 1
    assert "stray bytes" in faults(pages)[0]


@pytest.mark.parametrize("length", [999_999_999, "many", -3, ""])
def test_a_record_with_an_impossible_length_costs_only_itself(tmp_path, length):
    data = record(0) + record(1, length=length) + record(2) + record(3)

    pages = read(tmp_path / "a.warc", data)

    assert numbers(pages) == [0, 2, 3]
    assert faults(pages)


@pytest.mark.parametrize("date", ["2026-13-45T99:00:00Z", "yesterday", "", "9999-12-31T23:59:59-12:00"])
def test_an_impossible_date_costs_nothing_but_itself(tmp_path, date):
    pages = read(tmp_path / "a.warc", record(0, date=date) + record(1))

    assert numbers(pages) == [0, 1]
    assert pages[0].fetched_at is None
    assert pages[1].fetched_at is not None


@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress), ("identity", bytes)]
)
def test_packed_pages_are_unpacked(tmp_path, coding, pack):
    pages = read(tmp_path / "a.warc", record(0, pack(HTML), http=f"Content-Encoding: {coding}\r\n") + record(1))

    assert (numbers(pages), faults(pages)) == ([0, 1], [])


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip", "sdch"])
def test_a_page_that_cannot_be_unpacked_is_named_by_its_address(tmp_path, coding):
    pages = read(tmp_path / "a.warc", record(0, b"\x0bnonsense", http=f"Content-Encoding: {coding}\r\n") + record(1))

    assert numbers(pages) == [1]
    assert [(page.url, page.fault[0]) for page in pages if page.fault] == [("https://a.example/0", Reason.BAD_RESPONSE)]


def test_a_body_in_chunks_is_put_together_and_one_that_is_so_already_stays(tmp_path):
    chunked = b"%x\r\n%s\r\n%x;name=value\r\n%s\r\n0\r\n\r\n" % (10, HTML[:10], len(HTML) - 10, HTML[10:])
    http = "Transfer-Encoding: chunked\r\n"

    pages = read(tmp_path / "a.warc", record(0, chunked, http=http) + record(1, http=http))

    assert (numbers(pages), faults(pages)) == ([0, 1], [])


@pytest.mark.parametrize("status", ["404 Not Found", "301 Moved", "503 Busy", "304", "206 Partial Content"])
def test_only_answers_with_status_200_are_pages(tmp_path, status):
    pages = read(tmp_path / "a.warc", record(0, status=status) + record(1) + record(2, status="200"))

    assert (numbers(pages), faults(pages)) == ([1, 2], [])


def test_resource_records_are_pages_and_requests_pictures_and_revisits_are_none(tmp_path):
    data = (
        record(0, kind="resource")
        + record(1, kind="resource", content_type="image/png")
        + record(2, kind="request")
        + record(3, kind="revisit")
        + record(4, content_type="application/pdf")
        + record(5, kind="metadata")
    )

    pages = read(tmp_path / "a.warc", data)

    assert (numbers(pages), faults(pages)) == ([0], [])


def test_the_headers_of_an_answer_are_kept(tmp_path):
    http = "X-Robots-Tag: noindex\r\nx-robots-tag:\r\n  noai\r\nTDM-Reservation: 1\r\n"

    page = read(tmp_path / "a.warc", record(0, http=http))[0]

    assert page.robots_tag == "noindex, noai"
    assert page.tdm_reservation == "1"
    assert page.content_type == "text/html; charset=utf-8"


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd.compress], ids=["plain", "gzip", "zstd"])
def test_a_list_is_read_however_it_is_packed_and_a_bad_line_costs_only_itself(tmp_path, pack):
    rows = [json.dumps({"url": f"https://a.example/{n}", "html": HTML.decode()}).encode() for n in range(3)]
    rows.insert(1, b'{"url": "https://a.example/9", "html"')
    rows.insert(2, b'{"url": 3}')
    rows.insert(3, b"[" * 100_000)

    pages = read(tmp_path / "a.jsonl.gz", pack(b"\n".join(rows)))

    assert numbers(pages) == [0, 1, 2]
    assert [re.search(r"line \d", fault)[0] for fault in faults(pages)] == ["line 2", "line 3", "line 4"]


def test_a_list_in_gzip_that_is_cut_gives_what_came_before(tmp_path):
    rows = [json.dumps({"url": f"https://a.example/{n}", "html": HTML.decode()}).encode() for n in range(400)]
    data = gzip.compress(b"\n".join(rows))

    pages = read(tmp_path / "a.jsonl.gz", data[: len(data) - 10])

    assert len(numbers(pages)) > 300
    assert "cut" in faults(pages)[-1]


def test_every_name_is_looked_at_before_anything_is_read(tmp_path):
    (tmp_path / "a.warc").write_bytes(record(0))

    with pytest.raises(UsageError, match=r"no such file or folder: .*missing\.warc"):
        next(read_inputs([str(tmp_path / "a.warc"), str(tmp_path / "missing.warc")]))


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"\r\n", b"\n", 7),
        lambda data: data.replace(b"WARC/1.0", b"WARC/1.1").replace(b"WARC-Type", b"warc-type"),
        lambda data: data.replace(b"https://a.example/1", b"<https://a.example/1>"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: b"\r\n\r\n" + data,
    ],
    ids=["bare line feeds", "version 1.1 in lower case", "address in brackets", "byte order mark", "blank lines"],
)
def test_what_tools_write_otherwise_is_read_too(tmp_path, change):
    pages = read(tmp_path / "a.warc", change(record(1)) + record(2))

    assert numbers(pages)[-1] == 2


def test_a_page_that_says_it_is_packed_and_is_not_stays_as_it_is(tmp_path):
    for coding in ("gzip", "br", "zstd", "deflate"):
        pages = read(tmp_path / "a.warc", record(1, http=f"Content-Encoding: {coding}\r\n") + record(2))

        assert 2 in numbers([page for page in pages if page.fault is None])

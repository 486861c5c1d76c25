"""WARC files: the pages of their response and resource records. ISO 28500:2017, and what tools make of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from newscrawl.downloads.decoding import TooLarge, Undecodable, decode
from newscrawl.items import parse_time
from newscrawl.outcomes import Reason
from newscrawl.saved.packed import Broken, Stream
from newscrawl.saved.page import MAX_PAGE_BYTES, SavedPage
from newscrawl.text.clean import one_line

VERSION = re.compile(rb"WARC/\d+\.\d+\s*$")
NEXT_RECORD = re.compile(rb"\r?\nWARC/\d\.\d+\r?\n")
STATUS = re.compile(r"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
HEADERS_END = re.compile(rb"\r?\n\r?\n")
CHUNK_SIZE = re.compile(rb"\s*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
MAX_HEADER_LINES = 500


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a WARC file."""

    headers: Mapping[str, str]
    """By their names in lower case."""

    block: bytes
    """At most one byte more than a page may have and its headers."""


def pages_of(stream: Stream, name: str) -> Iterator[SavedPage | Broken]:
    """Yield the pages that one part of the WARC file *name* holds, and what of it cannot be read."""
    for record in records_of(stream, name):
        if isinstance(record, Broken):
            yield record
        elif (page := page_of(record)) is not None:
            yield page


def records_of(stream: Stream, name: str) -> Iterator[Record | Broken]:
    """Yield the records of *stream*; where there should be one and is none, it goes on at the next that there is."""
    stray = 0
    while line := stream.line():
        if not line.strip():
            continue
        if not VERSION.match(line):
            stray += len(line)
            continue
        if stray:
            yield Broken(f"{name}: {stray:,} stray bytes before a record")
            stray = 0
        at = stream.at
        headers = _headers(stream)
        length = headers.get("content-length", "")
        if not re.fullmatch(r"\d{1,18}", length):
            yield Broken(f"{name}, unpacked byte {at}: a record of length {one_line(length, 40)!r}")
            continue
        block = stream.read_all(min(int(length), 2 * MAX_PAGE_BYTES))
        whole = len(block) == int(length) or _skip(stream, int(length) - len(block))
        if not (whole and _at_end(stream)) and (match := NEXT_RECORD.search(block)):
            stream.put_back(block[match.start() :])  # the length is wrong, and the next record was read with this one
            block = block[: match.start()]
            yield Broken(f"{name}, unpacked byte {at}: a record of {len(block):,} bytes says it has {int(length):,}")
        elif not whole:
            yield Broken(f"{name}, unpacked byte {at}: the last record is cut")
            return
        else:
            yield Record(headers, block)
    if stray:
        yield Broken(f"{name}: {stray:,} stray bytes behind the last record")


def _headers(stream: Stream) -> dict[str, str]:
    lines: list[bytes] = []
    while len(lines) < MAX_HEADER_LINES and (line := stream.line()).strip():
        lines.append(line)
    return _fields(b"".join(lines).decode("utf-8", "replace"))


def _fields(text: str) -> dict[str, str]:
    """Return header fields by their names in lower case; of several with one name all, joined by commas."""
    fields: dict[str, str] = {}
    for line in re.sub(r"\r?\n[ \t]+", " ", text).splitlines():
        name, colon, value = line.partition(":")
        if colon and (name := name.strip().lower()):
            fields[name] = f"{fields[name]}, {value.strip()}" if name in fields else value.strip()
    return fields


def _skip(stream: Stream, size: int) -> bool:
    """Pass over *size* bytes; tell whether there were so many."""
    while size > 0:
        part = stream.read(min(size, 1 << 16))
        if not part:
            return False
        size -= len(part)
    return True


def _at_end(stream: Stream) -> bool:
    """Tell whether *stream* stands behind a record: at a blank line, another record or its end."""
    line = stream.line()
    stream.put_back(line)
    return not line.strip() or VERSION.match(line) is not None


def page_of(record: Record) -> SavedPage | None:
    """Return the page in *record*; None where it holds none: a request, a picture, another status than 200."""
    kind = record.headers.get("warc-type", "").lower()
    url = record.headers.get("warc-target-uri", "").strip("<> ")
    fetched_at = _time(record.headers.get("warc-date", ""))
    if kind == "resource":
        content_type = record.headers.get("content-type", "")
        if not content_type or not may_be_html(content_type):
            return None
        return SavedPage(url, url, html=record.block, content_type=content_type, fetched_at=fetched_at)
    if kind != "response" or not record.block.startswith(b"HTTP/"):
        return None
    end = HEADERS_END.search(record.block)
    head, body = (record.block[: end.start()], record.block[end.end() :]) if end else (record.block, b"")
    status_line, _, rest = head.decode("latin-1").partition("\n")
    status, http = STATUS.match(status_line), _fields(rest)
    content_type = http.get("content-type", "")
    if status is None or status[1] != "200" or not may_be_html(content_type):
        return None
    fault = None
    try:
        body = _payload(body, http)
    except (Undecodable, TooLarge) as error:
        reason = Reason.TOO_LARGE if isinstance(error, TooLarge) else Reason.BAD_RESPONSE
        fault, body = (reason, str(error)), b""
    return SavedPage(
        url,
        url,
        html=body,
        content_type=content_type,
        robots_tag=http.get("x-robots-tag", ""),
        tdm_reservation=http.get("tdm-reservation", ""),
        fetched_at=fetched_at,
        fault=fault,
    )


def _payload(body: bytes, http: Mapping[str, str]) -> bytes:
    """Return *body* without the dress of its transport, which some tools keep and some take off."""
    if "chunked" in http.get("transfer-encoding", "").lower():
        body = _dechunked(body)
    codings = [coding.strip().lower() for coding in http.get("content-encoding", "").split(",")]
    return decode(body, codings, MAX_PAGE_BYTES)


def _dechunked(body: bytes) -> bytes:
    """Return *body* out of its chunks, or as it is where it has none."""
    parts = []
    at = 0
    while size := CHUNK_SIZE.match(body, at):
        length = int(size[1], 16)
        if not length:
            break
        parts.append(body[size.end() : size.end() + length])
        at = size.end() + length
    return b"".join(parts) if parts else body


def _time(text: str) -> datetime | None:
    try:
        return parse_time(text)
    except (ValueError, OverflowError):
        return None


def may_be_html(content_type: str) -> bool:
    """Tell whether what is served as *content_type* may be a page."""
    return not content_type or "html" in content_type.lower() or "text/plain" in content_type.lower()

"""Bytes to the text of a page, or why they are none: settled here, before any parser sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newscrawl.html.decode import BOMS, decode, unmarked_utf16
from newscrawl.html.sanitise import sanitise
from newscrawl.outcomes import Reason

MAX_BYTES = 16 * 1024 * 1024

MAGIC = {
    b"%PDF": "PDF",
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG": "PNG",
    b"GIF8": "GIF",
    b"PK\x03\x04": "ZIP",
    b"\x1f\x8b": "gzip",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "XZ",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"RIFF": "RIFF",
    b"OggS": "Ogg",
    b"ID3": "MP3",
    b"wOFF": "a font",
    b"wOF2": "a font",
    b"\xd0\xcf\x11\xe0": "an Office document",
    b"{\\rtf": "RTF",
    b"%!PS": "PostScript",
    b"\x7fELF": "a program",
}
NOT_PAGES = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(rss|feed|urlset|sitemapindex|svg|rdf:RDF)[\s>]", re.S
)
CONTROLS = bytes([*range(1, 9), *range(14, 27), *range(28, 32), 127])


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Bytes that are no page."""

    reason: Reason
    detail: str


def read(body: bytes, content_type: str = "") -> str | Unreadable:
    """Return the text of the page *body*, fit to be parsed, or why there is none."""
    if len(body) > MAX_BYTES:
        return Unreadable(Reason.TOO_LARGE, f"{len(body)} bytes, more than {MAX_BYTES}")
    start = body[:64].lstrip()
    if not start and not body.strip():
        return Unreadable(Reason.EMPTY, "no bytes" if not body else "only blanks")
    for magic, name in MAGIC.items():
        if start.startswith(magic):
            return Unreadable(Reason.NOT_HTML, f"the bytes are those of {name}")
    if start[4:8] == b"ftyp":
        return Unreadable(Reason.NOT_HTML, "the bytes are those of a video")
    is_marked = any(body.startswith(mark) for mark, _ in BOMS)
    if not is_marked and _is_binary(body) and unmarked_utf16(body) is None:
        return Unreadable(Reason.NOT_HTML, "binary bytes")
    text = decode(body, content_type)
    if match := NOT_PAGES.match(text[:2000]):
        return Unreadable(Reason.NOT_HTML, f"an XML document <{match[1]}>")
    if _is_json(text):
        return Unreadable(Reason.NOT_HTML, "JSON")
    if "<" not in text:
        return Unreadable(Reason.NOT_HTML, "no markup")
    return sanitise(text)


def _is_binary(body: bytes) -> bool:
    """Say whether control bytes make up more of *body* than any text has: one in twenty, where a page has none."""
    sample = body[:65536]
    return len(sample) - len(sample.translate(None, CONTROLS)) > len(sample) / 20


def _is_json(text: str) -> bool:
    """Say whether *text* begins and ends as JSON does, or begins so and goes on without markup."""
    start = text[:2000].lstrip()
    return start.startswith(("{", "[")) and ("<" not in start[:500] or text[-100:].rstrip().endswith(("}", "]")))

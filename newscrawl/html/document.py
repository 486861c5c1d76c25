"""Bytes to one parsed tree: what a page is made of is settled here, before any parser sees it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes
from lxml.etree import ElementDefaultClassLookup, HTMLParser, LxmlError
from lxml.html import HtmlElement, document_fromstring
from w3lib.encoding import resolve_encoding

from newscrawl.outcomes import Reason

MAX_BYTES = 16 * 1024 * 1024
MAX_ATTRIBUTES = 5_000  # bytes of one tag: a million attributes cost libxml2 minutes

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
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(rss|feed|urlset|sitemapindex|svg|rdf:RDF)[\s>]", re.S
)

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHARSET = re.compile(
    rb"""<meta[^<>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^<>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.I,
)
LANGUAGE = re.compile(rb"""<html[^<>]{0,500}?\slang\s*=\s*["']?([A-Za-z]{2,3})""", re.I)
STATEFUL = frozenset({"iso2022_jp", "hz", "iso2022_kr", "utf-16", "utf-16-le", "utf-16-be", "utf-7"})
LEGACY = {
    **dict.fromkeys(("ru", "bg", "uk", "be", "mk", "sr"), "cp1251"),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "ro", "bs", "sq"), "cp1250"),
    **dict.fromkeys(("en", "de", "fr", "es", "pt", "it", "nl", "da", "sv", "no", "nb", "fi", "is", "ca"), "cp1252"),
    "el": "cp1253", "tr": "cp1254", "he": "cp1255", "ar": "cp1256", "fa": "cp1256", "lt": "cp1257", "lv": "cp1257",
    "et": "cp1257", "vi": "cp1258", "th": "cp874", "ja": "cp932", "ko": "cp949", "zh": "gb18030",
}  # fmt: skip
"""What a browser of that language takes for a page that names no charset (WHATWG, determining the encoding)."""

CONTROL_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|127|5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]|6553[45])(?!\d)"
    r"|0*(?:11141(?:1[2-9]|[2-9]\d)|1114[2-9]\d\d|111[5-9]\d{3}|11[2-9]\d{4}|1[2-9]\d{5}|[2-9]\d{6}|[1-9]\d{7,99})(?!\d)"
    r"|[xX]0*(?:[0-8]|[bBcCeEfF]|1[\da-fA-F]|7[fF]|[dD][89a-fA-F][\da-fA-F]{2}|[fF]{3}[eEfF])(?![\da-fA-F])"
    r"|[xX]0*(?:1[1-9a-fA-F]|[2-9a-fA-F][\da-fA-F])[\da-fA-F]{4}(?![\da-fA-F])|[xX]0*[1-9a-fA-F][\da-fA-F]{6,99});?"
)
"""References to what no document may hold: controls, surrogates, non-characters, numbers beyond Unicode."""

ESCAPE = re.compile(r"(?:&#0*27;?|&#[xX]0*1[bB];?|\x1b)\[[0-9;?]{0,20}[A-Za-z]")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
PROLOGUE = re.compile(r"[\s\ufeff]*(?:<\?xml[^>]{0,200}>\s*)?<!doctype", re.I)
SELF_CLOSED = re.compile(r"<html[^<>]{0,1000}/>", re.I)
LONG_BLANKS = {blanks: re.compile(blanks + r"[ \t]*") for blanks in (" " * 200, "\t" * 200)}
"""Runs that begin with so many, which is found ten times as fast as so many of a class."""

CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])

ELEMENTS = ElementDefaultClassLookup(element=HtmlElement)
"""lxml.html asks a Python function for the class of each element that is touched, to tell forms: 12 % of extraction."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Bytes that are no page."""

    reason: Reason
    detail: str


def _mend(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8 as Windows-1252: an old text block pasted into a new page."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("newscrawl.cp1252", _mend)


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
    bom = next((charset for mark, charset in BOMS if body.startswith(mark)), None)
    if bom is None and _is_binary(body):
        return Unreadable(Reason.NOT_HTML, "binary bytes")
    if found := NOT_PAGES.match(body[:2000]):
        return Unreadable(Reason.NOT_HTML, f"an XML document <{found[1].decode('ascii')}>")
    if start[:1] in b"{[" and b"<" not in body[:500]:
        return Unreadable(Reason.NOT_HTML, "JSON")
    if bom is None and b"<" not in body:
        return Unreadable(Reason.NOT_HTML, "no markup")
    return sanitise(decode(body, content_type, bom))


def _is_binary(body: bytes) -> bool:
    """Say whether control bytes make up more of *body* than any text has: one in twenty, where a page has none."""
    sample = body[:65536]
    odd = len(sample) - len(
        sample.translate(None, bytes(range(1, 9)) + bytes(range(14, 27)) + bytes(range(28, 32)) + b"\x7f")
    )
    return odd > len(sample) / 20


def decode(body: bytes, content_type: str = "", bom: str | None = None) -> str:
    """Return *body* as text. A byte order mark wins, then UTF-8 if it is valid, whatever header and meta say."""
    if bom:
        return body.decode(bom, "replace")
    declared = _declared(body, content_type)
    if any(charset in STATEFUL for charset in declared):
        if (nul := body[:2000].count(0)) > 200:
            return body.decode("utf-16-le" if body[1:2] == b"\0" else "utf-16-be", "replace")
        declared = [charset for charset in declared if charset.startswith("iso2022") and not nul]
        for charset in declared:
            return body.decode(charset, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    beyond_ascii = len(body) - len(body.translate(None, bytes(range(128, 256))))
    mended = body.decode("utf-8", "newscrawl.cp1252")
    valid = sum(1 for char in mended if char > "\xff")  # what UTF-8 alone can have written
    if "utf-8" in declared or valid * 8 > beyond_ascii:
        if valid * 8 > beyond_ascii or not (rest := [charset for charset in declared if charset != "utf-8"]):
            return mended
        declared = rest
    for charset in declared:
        try:
            return body.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode(declared[0] if declared else _detected(body), "replace")


def _declared(body: bytes, content_type: str) -> list[str]:
    """Return the charsets that meta and header name, as Python knows them; the meta first, its writer saw the text."""
    names = [(meta[1] or meta[2]).decode("ascii") for meta in CHARSET.finditer(body[:20000])]
    if header := re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", content_type[:1000], re.I):
        names.append(header[1])
    resolved = (resolve_encoding(name) for name in names[:4])
    return list(dict.fromkeys(name for name in resolved if name))


def _detected(body: bytes) -> str:
    """Guess the charset of *body* from its language, else from its bytes."""
    if (lang := LANGUAGE.search(body[:5000])) and (charset := LEGACY.get(lang[1].decode("ascii").lower()[:2])):
        return charset
    text = re.sub(rb"<[^<>]{0,2000}>", b" ", body[:400_000])
    beyond = [line for line in text.split(b"\n") if any(byte > 127 for byte in line)]
    best = from_bytes(
        b"\n".join(beyond)[:20_000], cp_isolation=[*set(LEGACY.values()), "koi8_r", "big5", "euc_jp", "euc_kr"]
    ).best()
    return best.encoding if best else "cp1252"


def sanitise(text: str) -> str:
    """Return *text* without what makes parsers fail: control characters, references to them, a huge DOCTYPE."""
    if "\x1b" in text or CONTROL_REFERENCE.search(text):
        text = CONTROL_REFERENCE.sub("", ESCAPE.sub("", text))
    if _is_forbidden(text):
        text = FORBIDDEN.sub("", text)
    if found := PROLOGUE.match(text):
        end = text.find(">", found.end())
        subset = text.find("[", found.end(), end if end >= 0 else None)
        if subset >= 0 and (close := text.find("]>", subset)) >= 0:
            end = close + 1
        text = text[end + 1 :] if end >= 0 else text[found.end() :]
    if found := SELF_CLOSED.search(text, 0, 3000):  # pages/self-closed: libxml2 takes nothing after it
        text = f"{text[: found.start()]}<html>{text[found.end() :]}"
    for blanks, run in LONG_BLANKS.items():
        if blanks in text:
            text = run.sub(" ", text)
    return text


def _is_forbidden(text: str) -> bool:
    """Say whether *text* holds any of ``FORBIDDEN``, eight times as fast as a search for the class."""
    try:
        raw = text.encode("utf-8")
    except UnicodeEncodeError:  # a surrogate
        return True
    return len(raw.translate(None, CONTROLS)) != len(raw) or "\ufffe" in text or "\uffff" in text


def parse(text: str) -> HtmlElement | None:
    """Return the tree of *text*, or None where there is nothing to parse.

    The parser's options are those of trafilatura (with others, 3 of 30 pages gave other text) and ``huge_tree``:
    without it what lies below 256 nested elements is lost.
    """
    parser = HTMLParser(
        collect_ids=False,
        default_doctype=False,
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    parser.set_element_class_lookup(ELEMENTS)
    try:
        return document_fromstring(text.encode("utf-8"), parser=parser)
    except (LxmlError, ValueError, AssertionError):
        return None

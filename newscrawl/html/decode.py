"""Bytes to text, by the charset that a browser would take."""

from __future__ import annotations

import codecs
import re

import webencodings
from chardetng_py import EncodingDetector

MAX_SAMPLE = 200_000  # bytes that are looked at to guess a charset
HEAD = 20_000  # bytes in which a charset may be declared; browsers read 1,024, but some templates begin with scripts

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHARSET = re.compile(
    rb"""<meta[^<>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^<>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.I,
)
HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
LANGUAGE = re.compile(rb"""<html[^<>]{0,500}?\slang\s*=\s*["']?([A-Za-z]{2,3})""", re.I)
COUNTRIES = {"ja": b"jp", "ko": b"kr", "zh": b"cn", "el": b"gr", "uk": b"ua", "cs": b"cz", "he": b"il", "fa": b"ir",
             "ar": b"eg", "vi": b"vn", "da": b"dk", "sv": b"se", "et": b"ee", "sr": b"rs", "en": b"com"}  # fmt: skip
"""The top-level domains of languages that have another one than their own code: a hint to the detector."""

WIDER = {
    "gbk": ("gb18030",),
    "big5": ("big5hkscs", "cp950"),
    "shift_jis": ("cp932", "shift_jis_2004"),
    "euc-jp": ("euc_jp", "euc_jis_2004"),
    "euc-kr": ("cp949",),
}
"""Python's names of what WHATWG means by these: the vendors' supersets, which pages are written in."""

UNSAFE = frozenset({"replacement", "x-user-defined", "utf-16le", "utf-16be"})
"""Declared in ASCII, which they contradict (the UTF-16 ones), or read by no browser."""

ESCAPES = re.compile(rb"\x1b\$[B@].*?\x1b\([BJ]", re.S)
"""To two bytes a character and back, as ISO-2022-JP does; browsers know it by that too."""

ACCIDENTAL = ("gb18030", "gbk", "big5", "shift_jis", "euc-jp", "euc-kr", "windows-874")
MIN_CHARACTERS = 4
"""A pair of bytes of these charsets is UTF-8 by accident about one time in seven, four pairs in 2,000."""


def _mend(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8 as Windows-1252: an old text block pasted into a new page."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("newscrawl.cp1252", _mend)


def decode(body: bytes, content_type: str = "") -> str:
    """Return *body* as text; never raises.

    A byte order mark wins, then the charset of the header, of the page, and what the bytes look like, each only if
    all bytes are valid in it. Valid UTF-8 is taken for what it is, whatever is declared.
    """
    if bom := next((charset for mark, charset in BOMS if body.startswith(mark)), None):
        return body.decode(bom, "replace")
    if wide := unmarked_utf16(body):
        return body.decode(wide, "replace")
    declared = declared_charsets(body, content_type)
    escapes = b"\x1b" in body and b"\x1b$" in body  # one byte is found ten times as fast as two
    if escapes and ("iso-2022-jp" in declared or (ESCAPES.search(body) and body.isascii())):
        return body.decode("iso2022_jp", "replace")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        if _is_patched_utf8(body, declared):
            return body.decode("utf-8", "newscrawl.cp1252")
    else:
        if not declared or declared[0] not in ACCIDENTAL or len(body) - len(text) >= 2 * MIN_CHARACTERS:
            return text
    for charset in declared:
        if (decoded := _strictly(body, charset)) is not None:
            return decoded
    return _with_flaws(body, declared)


def declared_charsets(body: bytes, content_type: str = "") -> list[str]:
    """Return the charsets that the header and the page name, as WHATWG calls them, the header's first."""
    names = [header[1]] if (header := HEADER.search(content_type[:1000])) else []
    names += [(meta[1] or meta[2]).decode("ascii", "replace") for meta in CHARSET.finditer(body[:HEAD])][:4]
    encodings = (webencodings.lookup(name.replace("_", "-")) or webencodings.lookup(name) for name in names)
    return list(dict.fromkeys(encoding.name for encoding in encodings if encoding and encoding.name not in UNSAFE))


def unmarked_utf16(body: bytes) -> str | None:
    """Return which UTF-16 *body* is, by the noughts of its markup; None where it is none."""
    for head in (body[:2000], body[:64]):  # markup comes first, also where the text has no noughts
        size = len(head) // 2
        for start, charset in ((1, "utf-16-le"), (0, "utf-16-be")):
            if size > 20 and head[start::2].count(0) > size / 4 and head[1 - start :: 2].count(0) < size / 20:
                return charset
    return None


def _is_patched_utf8(body: bytes, declared: list[str]) -> bool:
    """Say whether *body* is UTF-8 but for some bytes: more is valid than not, and not by accident."""
    text = body.decode("utf-8", "replace")
    invalid = text.count("\ufffd")
    valid = len(text) - len(text.encode("ascii", "ignore")) - invalid
    return valid > invalid and ("utf-8" in declared or not declared or declared[0] not in ACCIDENTAL)


def _codecs(charset: str) -> tuple[str, ...]:
    if charset in WIDER:
        return WIDER[charset]
    known = webencodings.lookup(charset)
    return (known.codec_info.name if known and known.codec_info else charset,)


def _strictly(body: bytes, charset: str) -> str | None:
    for name in _codecs(charset):
        try:
            return body.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return None


def _with_flaws(body: bytes, declared: list[str]) -> str:
    """Return the text of *body*, which is valid in no declared charset, in the charset that leaves the least unread."""
    best = _least_damaged(body, declared)
    beyond_ascii = len(body) - len(body.translate(None, bytes(range(128, 256))))
    if declared and _unread(best) < beyond_ascii / 20:  # a bad byte here and there
        return best
    return _least_damaged(body, [detected_charset(body), *declared])


def _least_damaged(body: bytes, charsets: list[str]) -> str:
    texts = (body.decode(name, "replace") for charset in charsets for name in _codecs(charset))
    return min(texts, key=_unread, default="")


def _unread(text: str) -> int:
    return text.count("\ufffd")


def detected_charset(body: bytes) -> str:
    """Return the charset that *body* looks to be in, as WHATWG calls it; never UTF-8."""
    lang = LANGUAGE.search(body[:5000])
    language = lang[1].decode("ascii").lower()[:2] if lang else ""
    detector = EncodingDetector()
    detector.feed(body[:MAX_SAMPLE], last=True)
    name: str = detector.guess(tld=COUNTRIES.get(language, language.encode() or None), allow_utf8=False)
    known = webencodings.lookup(name)
    return str(known.name) if known else name

"""What makes two stories the same: the headline as it is compared, and a sketch of the body."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import sys
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import accumulate
from zlib import crc32

SIZE = 192
"""Values of a sketch at most, 97 at least where a body has as many: the standard error of a similarity is below .05."""

SHINGLE_WORDS = 3
SHINGLE_CHARS = 5
MIN_WORDS = 8  # a body of fewer words has too few shingles of them
WORD_SCHEME = f"m1-{SIZE}x{SHINGLE_WORDS}w"
CHAR_SCHEME = f"m1-{SIZE}x{SHINGLE_CHARS}c"

BITS = 32
MIX = 0x9E3779B1  # CRC-32 is linear: alike shingles must not have alike hashes

TAG = re.compile(r"</?[a-z][^<>]{0,300}>", re.IGNORECASE)
INITIALS = re.compile(r"\b[^\W\d_]\.(?:[^\W\d_]\.)+|\b(?:[^\W\d_]\.)+[^\W\d_]\b")
APOSTROPHE = re.compile(r"(?<=\w)['’ʼ`´‘′](?=\w)")
TOKEN = re.compile(r"(?<!\S)[-−+](?=\d)|\d+(?:[.,:/]\d+)*|[^\W\d_]+|[&%$€£¥+]")
SEPARATOR = re.compile(r"\s*[|•·»«›]+\s*|\s+[–—-]+\s+|\s+::?\s+")
LABELS = """
    alert analysis breaking breaking-news corrected correction developing direct diretta eilmeldung en-direct en-vivo
    esclusiva exclusive exklusiv explainer factbox gallery just-in listen live live-blog live-updates liveblog
    liveticker opinion photo photos pictures read refile rpt update updated urgent ultima-hora video vidéo watch wrapup срочно
"""
_LABEL = "|".join(sorted((label.replace("-", " ") for label in LABELS.split()), key=len, reverse=True))
PREFIX = re.compile(
    rf"\W*(?:(?:{_LABEL})(?:\s*\d+\s*[-–—:|]|\s*[:|–—]|\s+-\s)|\[(?:{_LABEL})\]|\((?:{_LABEL})\))\s*", re.IGNORECASE
)
MARK = re.compile(rf"\s*(?:\[(?:{_LABEL})\]|\((?:{_LABEL})\))\W*", re.IGNORECASE)
WORD = re.compile(r"\w+")
CJK = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def folded(text: str) -> str:
    """Return *text* without what typesetting adds: entities, tags, compatibility forms, case, invisible characters."""
    if "&" in text and ";" in text:
        text = unescape(unescape(text))  # content systems escape what is escaped already
    if "<" in text:
        text = TAG.sub(" ", text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(char for char in text if char.isprintable() or char.isspace())
    return text.casefold()


@lru_cache(4096)
def title_key(title: str, *names: str | None) -> str:
    """Return *title* as it is compared: without case, typography, labels such as ``LIVE:`` and the site's *names*.

    A name is cut where it stands behind a separator. Signs that carry meaning stay (``AT&T``, ``5%``), so do numbers.
    Two titles that name different things have different keys; a title of nothing but signs has the empty key.
    """
    text = folded(title)
    for pattern in (PREFIX, MARK):
        while (
            found := pattern.match(text) if pattern is PREFIX else pattern.search(text)
        ) and found.end() > found.start():
            rest = text[: found.start()] + text[found.end() :]
            if not WORD.search(rest) or (pattern is MARK and found.end() < len(text)):
                break
            text = rest
    keys = {key for name in names if name and (key := squeezed(name))}
    while keys:
        cuts = list(SEPARATOR.finditer(text))
        if not cuts or not _names_site(text[cuts[-1].end() :], keys) or not WORD.search(text[: cuts[-1].start()]):
            break
        text = text[: cuts[-1].start()]
    text = INITIALS.sub(lambda found: found[0].replace(".", ""), APOSTROPHE.sub("", text))
    return " ".join(TOKEN.findall(text))


def squeezed(name: str) -> str:
    """Return a site's or publisher's *name* without blanks, article and ending: what a domain is made of."""
    return "".join(WORD.findall(folded(name).removeprefix("the ").removeprefix("www.")))


def _names_site(text: str, keys: set[str]) -> bool:
    part = squeezed(text)
    return part in keys or (len(part) >= 4 and any(key.startswith(part) for key in keys))


@dataclass(frozen=True, slots=True)
class Sketch:
    """A sample of a body's shingles that is the same for equal text: those whose hash is below a power of two.

    Two sketches are compared at the coarser of their two rates, where both are samples of the whole. A body of up to
    194 words is held whole.
    """

    scheme: str
    values: tuple[int, ...]
    """In ascending order, so that a coarser sample is a prefix."""

    bits: int
    """The sample's bound: values are below ``1 << bits``."""

    total: int
    """Shingles of the whole body."""

    def at(self, bits: int) -> tuple[int, ...]:
        """Return the sample at the coarser bound ``1 << bits``."""
        return self.values if bits >= self.bits else self.values[: bisect_left(self.values, 1 << bits)]

    def __str__(self) -> str:
        data = array("I", self.values)
        if sys.byteorder == "big":
            data.byteswap()
        return f"{self.scheme}:{self.bits}:{self.total}:{base64.b64encode(data.tobytes()).decode()}"


def read_sketch(text: str) -> Sketch | None:
    """Return the sketch that *text* spells; None if it is of a scheme that this version does not know."""
    scheme, _, rest = text.partition(":")
    if scheme not in (WORD_SCHEME, CHAR_SCHEME):
        return None
    try:
        bits, total, encoded = rest.split(":")
        values = array("I", base64.b64decode(encoded, validate=True))
        if sys.byteorder == "big":
            values.byteswap()
        return Sketch(scheme, tuple(values), int(bits), int(total))
    except (ValueError, binascii.Error):
        return None


def sketch(words: Sequence[str]) -> Sketch:
    """Return the sketch of a body, given its folded *words*."""
    joined = "".join(words)
    if len(words) < MIN_WORDS or 3 * len(CJK.findall(joined)) > len(joined):
        scheme, hashes = CHAR_SCHEME, _char_hashes(joined)
    else:
        scheme, hashes = WORD_SCHEME, _word_hashes(words)
    bits, kept = BITS, list(hashes)
    while len(kept) > SIZE:
        bits -= 1
        bound = 1 << bits
        kept = [value for value in kept if value < bound]
    return Sketch(scheme, tuple(sorted(kept)), bits, len(hashes))


def _word_hashes(words: Sequence[str]) -> set[int]:
    pieces = " ".join(words).encode("utf-8", "replace").split(b" ")
    data = b" ".join(pieces)
    ends = list(accumulate(len(piece) + 1 for piece in pieces))
    starts = [0, *ends[:-SHINGLE_WORDS]]
    spans = zip(starts, ends[SHINGLE_WORDS - 1 :], strict=True)
    return {crc32(data[start : end - 1]) * MIX & 0xFFFFFFFF for start, end in spans}


def _char_hashes(text: str) -> set[int]:
    last = max(1, len(text) - SHINGLE_CHARS + 1)
    pieces = (text[at : at + SHINGLE_CHARS].encode("utf-8", "replace") for at in range(last if text else 0))
    return {crc32(piece) * MIX & 0xFFFFFFFF for piece in pieces}


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two bodies have in common."""

    shared: int
    one: int
    other: int

    @property
    def jaccard(self) -> float:
        return self.shared / union if (union := self.one + self.other - self.shared) else 0.0

    @property
    def containment(self) -> float:
        """Of the shorter body, how much stands in the longer."""
        return self.shared / least if (least := min(self.one, self.other)) else 0.0


def overlap(one: Sketch, other: Sketch) -> Overlap:
    """Compare two bodies by what both sketches sampled."""
    if one.scheme != other.scheme:
        return Overlap(0, len(one.values), len(other.values))
    bits = min(one.bits, other.bits)
    a, b = one.at(bits), other.at(bits)
    return Overlap(len(set(a).intersection(b)), len(a), len(b))


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What deduplication compares of an article, as it stands in the record."""

    title_key: str
    body_sha256: str
    minhash: str


def fingerprint(title: str, body: str, *, names: Sequence[str | None] = ()) -> Fingerprint:
    """Return what identifies a story; *names* are the site's and publisher's."""
    words = WORD.findall(folded(body))
    digest = hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()
    return Fingerprint(title_key(title, *names), "b" + digest, str(sketch(words)))

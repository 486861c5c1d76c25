"""A sketch of a body: a sample of its shingles that is small, and enough to tell how much two bodies share."""

from __future__ import annotations

import base64
import binascii
import sys
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from zlib import crc32

SIZE = 128
"""Values of a sketch at most, 65 at least where a body has as many: a similarity is known to about .05."""

SHINGLE_WORDS = 3
SHINGLE_CHARS = 5
MIN_WORDS = 8  # a body of fewer words has too few shingles of them
WORD_SCHEME = f"m1-{SIZE}x{SHINGLE_WORDS}w"
CHAR_SCHEME = f"m1-{SIZE}x{SHINGLE_CHARS}c"

BITS = 32
MIX = 0x9E3779B1  # CRC-32 is linear: alike shingles must not have alike hashes


@dataclass(frozen=True, slots=True)
class Sketch:
    """A sample of a body's shingles that is the same for equal text: those whose hash is below a power of two.

    Two sketches are compared at the coarser of their two rates, where both are samples of the whole. A body of up to
    130 words is held whole.
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
    if len(words) < MIN_WORDS:
        scheme, hashes = CHAR_SCHEME, _char_hashes("".join(words))
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
    """How much two bodies have in common, estimated."""

    jaccard: float
    """Of all that stands in either, how much stands in both."""

    containment: float
    """Of the shorter body, how much stands in the longer."""


def overlap(one: Sketch, other: Sketch) -> Overlap:
    """Compare two bodies by what both sketches sampled."""
    if one.scheme != other.scheme:
        return Overlap(0.0, 0.0)
    bits = min(one.bits, other.bits)
    a, b = one.at(bits), other.at(bits)
    shared = len(set(a).intersection(b))
    least, union = min(len(a), len(b)), len(a) + len(b) - shared
    return Overlap(shared / union if union else 0.0, shared / least if least else 0.0)

"""A sketch of a body: a sample of its shingles that is small, and enough to tell how much two bodies share.

The hash is CRC-32, which is the same everywhere and for ever: the sketch stands in files that later versions read.
"""

from __future__ import annotations

import base64
import binascii
import struct
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from zlib import crc32

SIZE = 256
"""Values at most, and 129 at least where a body has as many: a similarity is known to .04, below 259 words exactly."""

SHINGLE_WORDS = 3
SHINGLE_CHARS = 5
MIN_WORDS = 8  # a body of fewer words has too few shingles of them
WORD_SCHEME = f"m1-{SIZE}x{SHINGLE_WORDS}w"
CHAR_SCHEME = f"m1-{SIZE}x{SHINGLE_CHARS}c"
SCHEMES = (WORD_SCHEME, CHAR_SCHEME)

BITS = 32
MIX = 0x9E3779B1  # CRC-32 is linear: alike shingles must not have alike hashes

ANCHORS = 48
"""Values by which a body is found, at most, unless that were less than one in sixteen of a long body's shingles."""

SPARSEST = BITS - 4
LEVELS = 16


@dataclass(frozen=True, slots=True)
class Sketch:
    """The hashes of a body's shingles that are below a power of two.

    Two sketches are compared at the coarser of their two bounds, where both are samples of the whole.
    """

    scheme: str
    bits: int
    """The bound: values are below ``1 << bits``."""

    counts: tuple[int, ...]
    """How many values there are below ``1 << bits``, below half of it, below a quarter, ..."""

    anchors: tuple[int, ...]
    """The smallest values, whole."""

    values: tuple[int, ...]
    """The low 16 bits of each value, the smallest value first, so that a coarser sample is a prefix."""

    def at(self, bits: int) -> tuple[int, ...]:
        """Return the sample at the coarser bound ``1 << bits``."""
        level = self.bits - bits
        return self.values if level <= 0 else self.values[: self.counts[min(level, LEVELS - 1)]]


def as_sketch(scheme: str, bits: int, values: Sequence[int]) -> Sketch:
    """Return the sketch of sorted *values*."""
    counts = tuple(bisect_left(values, 1 << bits - level) for level in range(LEVELS))
    found = bits
    while found > SPARSEST and counts[bits - found] > ANCHORS:
        found -= 1
    anchors = tuple(values[: counts[max(0, bits - found)]])
    return Sketch(scheme, bits, counts, anchors, tuple(value & 0xFFFF for value in values))


def sketch(words: Sequence[str]) -> str:
    """Return the sketch of a body, given its words, as it stands in the record: ``scheme:bits:values``."""
    if len(words) < MIN_WORDS:
        scheme, kept = CHAR_SCHEME, list(_char_hashes("".join(words)))
    else:
        scheme, kept = WORD_SCHEME, list(word_hashes(words))
    bits = BITS
    while len(kept) > SIZE:
        bits -= 1
        bound = 1 << bits
        kept = [value for value in kept if value < bound]
    return f"{scheme}:{bits}:{base64.b64encode(struct.pack(f'<{len(kept)}I', *sorted(kept))).decode()}"


def read_sketch(text: str) -> Sketch | None:
    """Return the sketch that *text* spells; None if it is of a scheme that this version does not know."""
    scheme, _, rest = text.partition(":")
    bits, _, encoded = rest.partition(":")
    if scheme not in SCHEMES:
        return None
    try:
        data = base64.b64decode(encoded, validate=True)
        return as_sketch(scheme, int(bits), struct.unpack(f"<{len(data) // 4}I", data))
    except (ValueError, binascii.Error, struct.error):
        return None


def word_hashes(words: Sequence[str]) -> set[int]:
    """Return the hashes of the shingles of three *words*."""
    pieces = " ".join(words).encode("utf-8", "replace").split(b" ")
    data = b" ".join(pieces)
    ends = [end + at for at, end in enumerate(accumulate(map(len, pieces)))]
    starts = [0, *(end + 1 for end in ends[:-SHINGLE_WORDS])]
    spans = zip(starts, ends[SHINGLE_WORDS - 1 :], strict=True)
    return {crc32(data[start:end]) * MIX & 0xFFFFFFFF for start, end in spans}


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

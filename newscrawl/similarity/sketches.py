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
MASK = 0xFFFFFFFF

PASSAGES = 48
"""Passages of six words that are kept of a body, at most, unless that were less than one in sixteen of a long one. One
writer's turns of phrase fill three words and make a fifth of two of his stories alike; six words they seldom fill."""

SPARSEST = BITS - 4
LEVELS = 16


@dataclass(frozen=True, slots=True)
class Sketch:
    """The hashes of a body's shingles that are below a power of two, and those of its passages.

    Two sketches are compared at the coarser of their two bounds, where both are samples of the whole.
    """

    scheme: str
    bits: int
    """The bound: the shingles' hashes are below ``1 << bits``."""

    counts: tuple[int, ...]
    """How many there are below ``1 << bits``, below half of it, below a quarter, ..."""

    values: tuple[int, ...]
    """The low 16 bits of each, the smallest hash first, so that a coarser sample is a prefix."""

    passage_bits: int
    passages: tuple[int, ...]
    """The hashes of passages that are below ``1 << passage_bits``, in ascending order."""

    def at(self, bits: int) -> tuple[int, ...]:
        """Return the sample at the coarser bound ``1 << bits``."""
        level = self.bits - bits
        return self.values if level <= 0 else self.values[: self.counts[min(level, LEVELS - 1)]]

    def passages_at(self, bits: int) -> tuple[int, ...]:
        return self.passages if bits >= self.passage_bits else self.passages[: bisect_left(self.passages, 1 << bits)]


def sketch(words: Sequence[str]) -> str:
    """Return the sketch of a body, given its words, as the record has it: ``scheme:bits:values:bits:passages``."""
    scheme, hashes = WORD_SCHEME, word_hashes(words)
    if len(words) < MIN_WORDS:
        scheme, hashes = CHAR_SCHEME, _char_hashes("".join(words))
    following = hashes[SHINGLE_WORDS:] or [0]
    passages = {one * 3 + other & MASK for one, other in zip(hashes, following, strict=False)}  # both are mixed already
    bits, values = _sample(set(hashes), SIZE, 0)
    passage_bits, kept = _sample(passages, PASSAGES, SPARSEST)
    return f"{scheme}:{bits}:{_encoded(values)}:{passage_bits}:{_encoded(kept)}"


def _sample(hashes: set[int], size: int, sparsest: int) -> tuple[int, list[int]]:
    bits, kept = BITS, list(hashes)
    while len(kept) > size and bits > sparsest:
        bits -= 1
        bound = 1 << bits
        kept = [value for value in kept if value < bound]
    return bits, sorted(kept)


def _encoded(values: Sequence[int]) -> str:
    return base64.b64encode(struct.pack(f"<{len(values)}I", *values)).decode()


def _decoded(text: str) -> tuple[int, ...]:
    data = base64.b64decode(text, validate=True)
    return struct.unpack(f"<{len(data) // 4}I", data)


def read_sketch(text: str) -> Sketch | None:
    """Return the sketch that *text* spells; None if it is of a scheme that this version does not know."""
    scheme, *parts = text.split(":")
    if scheme not in SCHEMES or len(parts) != 4:
        return None
    try:
        bits, values = int(parts[0]), _decoded(parts[1])
        counts = tuple(bisect_left(values, 1 << bits - level) for level in range(LEVELS))
        return Sketch(
            scheme, bits, counts, tuple(value & 0xFFFF for value in values), int(parts[2]), _decoded(parts[3])
        )
    except (ValueError, binascii.Error, struct.error):
        return None


def word_hashes(words: Sequence[str]) -> list[int]:
    """Return the hash of each shingle of three *words*, in their order."""
    pieces = " ".join(words).encode("utf-8", "replace").split(b" ")
    data = b" ".join(pieces)
    ends = [end + at for at, end in enumerate(accumulate(map(len, pieces)))]
    starts = [0, *(end + 1 for end in ends[:-SHINGLE_WORDS])]
    spans = zip(starts, ends[SHINGLE_WORDS - 1 :], strict=False)
    return [crc32(data[start:end]) * MIX & MASK for start, end in spans]


def _char_hashes(text: str) -> list[int]:
    last = max(1, len(text) - SHINGLE_CHARS + 1)
    pieces = (text[at : at + SHINGLE_CHARS].encode("utf-8", "replace") for at in range(last if text else 0))
    return [crc32(piece) * MIX & MASK for piece in pieces]


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two bodies have in common, estimated."""

    jaccard: float
    """Of all that stands in either, how much stands in both."""

    containment: float
    """Of the shorter body, how much stands in the longer."""

    passages: float
    """Of the passages of six words in the one that has fewer, how many stand in the other."""


def overlap(one: Sketch, other: Sketch) -> Overlap:
    """Compare two bodies by what both sketches sampled."""
    if one.scheme != other.scheme:
        return Overlap(0.0, 0.0, 0.0)
    bits = min(one.bits, other.bits)
    a, b = one.at(bits), other.at(bits)
    shared = len(set(a).intersection(b))
    least, union = min(len(a), len(b)), len(a) + len(b) - shared
    bits = min(one.passage_bits, other.passage_bits)
    c, d = one.passages_at(bits), other.passages_at(bits)
    fewer = min(len(c), len(d))
    return Overlap(
        shared / union if union else 0.0,
        shared / least if least else 0.0,
        len(set(c).intersection(d)) / fewer if fewer else 0.0,
    )

"""A sketch of a body: a sample of its shingles that is small, and enough to tell how much two bodies share.

The hash is CRC-32, which is the same everywhere and for ever: the sketch stands in files that later versions read.
"""

from __future__ import annotations

import base64
import binascii
import struct
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
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
class Sample:
    """Of a set of hashes, those below a power of two.

    Two samples are compared at the coarser of their two bounds, where both are samples of the whole.
    """

    bits: int
    """The bound: the hashes are below ``1 << bits``."""

    counts: tuple[int, ...]
    """How many there are below ``1 << bits``, below half of it, below a quarter, ..., to the first 0."""

    values: tuple[int, ...]
    """The low 16 bits of each, the smallest hash first, so that a coarser sample is a prefix."""

    def at(self, bits: int) -> tuple[int, ...]:
        """Return the sample at the coarser bound ``1 << bits``."""
        level = self.bits - bits
        return self.values if level <= 0 else self.values[: self.counts[min(level, len(self.counts) - 1)]]


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is compared of a body: a sample of its shingles and one of its passages."""

    scheme: str
    shingles: Sample
    passages: Sample
    keys: tuple[int, ...] = field(default=(), compare=False)
    """The passages' whole hashes, by which the index knows them; not kept in evidence."""


def sketch(words: Sequence[str]) -> str:
    """Return the sketch of a body, given its words, as the record has it: ``scheme:bits:values:bits:passages``."""
    scheme, hashes = WORD_SCHEME, word_hashes(words)
    if len(words) < MIN_WORDS:
        scheme, hashes = CHAR_SCHEME, _char_hashes("".join(words))
    following = hashes[SHINGLE_WORDS:] or [0]
    pairs = zip(hashes, following, strict=False)
    passages = {first * 3 + second & MASK for first, second in pairs}  # both are mixed already
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


def _decoded(bits: str, text: str) -> tuple[Sample, tuple[int, ...]]:
    """Return the sample that a sketch spells, and its whole hashes."""
    data = base64.b64decode(text, validate=True)
    whole = struct.unpack(f"<{len(data) // 4}I", data)
    bound = int(bits)
    counts = [len(whole)]
    while counts[-1] and len(counts) < LEVELS:
        counts.append(bisect_left(whole, 1 << bound - len(counts), 0, counts[-1]))
    return Sample(bound, tuple(counts), struct.unpack(f"<{len(data) // 2}H", data)[::2]), whole


def read_sketch(text: str) -> Sketch | None:
    """Return the sketch that *text* spells; None if it is of a scheme that this version does not know."""
    scheme, *parts = text.split(":")
    if scheme not in SCHEMES or len(parts) != 4:
        return None
    try:
        shingles, _ = _decoded(*parts[:2])
        passages, keys = _decoded(*parts[2:])
    except (ValueError, binascii.Error, struct.error):
        return None
    return Sketch(scheme, shingles, passages, keys)


def word_hashes(words: Sequence[str]) -> list[int]:
    """Return the hash of each shingle of three *words*, in their order."""
    pieces = " ".join(words).encode("utf-8", "replace").split(b" ")
    shingles = zip(pieces, pieces[1:], pieces[2:], strict=False)
    return [crc32(b" ".join(shingle)) * MIX & MASK for shingle in shingles]


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
    """The share of six-word passages that the two have in common, of the text that has fewer."""


def overlap(first: Sketch, second: Sketch) -> Overlap:
    """Compare two bodies by what both sketches sampled."""
    if first.scheme != second.scheme:
        return Overlap(0.0, 0.0, 0.0)
    a, b, shared = _common(first.shingles, second.shingles)
    c, d, passages = _common(first.passages, second.passages)
    least, union, fewer = min(a, b), a + b - shared, min(c, d)
    return Overlap(
        shared / union if union else 0.0, shared / least if least else 0.0, passages / fewer if fewer else 0.0
    )


def _common(first: Sample, second: Sample) -> tuple[int, int, int]:
    """Return the sizes of two samples at their common bound, and how much stands in both."""
    bits = min(first.bits, second.bits)
    a, b = first.at(bits), second.at(bits)
    return len(a), len(b), len(set(a).intersection(b))

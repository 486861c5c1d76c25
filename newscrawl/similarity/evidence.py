"""What is kept of a story so that later ones can be compared with it: some 600 bytes, without its text."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from zlib import crc32

from newscrawl.similarity.sketches import SCHEMES, Sample, Sketch, read_sketch, sketch, word_hashes
from newscrawl.similarity.titles import is_cut
from newscrawl.text.scripts import DENSE_CHAR
from newscrawl.text.tokens import NUMBER, normalised, words_of

FACTS_WORDS = 200
"""Bodies of fewer words may come from a template, where only numbers and names tell two stories apart."""

MAX_TITLE = 32
MAX_FACTS = 64
LEAD_WORDS = 32
MIN_LETTERS = 4  # a shorter word of a headline stands in any text
SPEAKS = 0.2
"""Which share of the headline's words a body mentions at least if it is the headline's."""

LETTERS = re.compile(r"[^\W\d_]+")
_HEAD = struct.Struct("<BHBB11H")
_CUT, _SILENT, _CHARS = 1, 2, 4


@dataclass(frozen=True)
class Evidence:
    """A story's headline, the facts it names and the sketch of its body. Words are kept as 16 bits of their hash."""

    title: tuple[int, ...]
    """The words of the headline's key."""

    mentioned: frozenset[int]
    """Those that stand in the body too."""

    named: frozenset[int]
    """Those that are a number or a name in the body."""

    counted: frozenset[int]
    """Those that are numbers."""

    numbers: frozenset[int]
    names: frozenset[int]
    """Of a body of fewer than ``FACTS_WORDS`` words; else empty."""

    cut: bool
    """The headline ends in an ellipsis."""

    silent: bool
    """The body hardly mentions what the headline tells: it may be a paywall's, a consent form's, an error's."""

    words: int
    lead: frozenset[int]
    """Shingles of the body's first words: a teaser repeats them, and may be too short to have a share in the sample."""

    sketch: Sketch
    body: str = field(default="", repr=False)
    """Not kept."""

    @cached_property
    def vocabulary(self) -> frozenset[int]:
        """The hashes of the body's words, made only for the few stories that are like another."""
        text = normalised(self.body)
        tells_numbers = self.words < FACTS_WORDS or bool(self.counted)
        return hashed({*words_of(text), *(NUMBER.findall(text) if tells_numbers else ())})

    def to_bytes(self) -> bytes:
        """Pack the evidence for the store; ``from_bytes`` reads it."""
        made = self.sketch
        facts = (self.mentioned, self.named, self.counted, self.numbers, self.names, self.lead)
        samples = [part for sketch in (made.shingles, made.passages) for part in (sketch.counts, sketch.values)]
        parts = (self.title, *facts, *samples)
        flags = _CUT * self.cut | _SILENT * self.silent | _CHARS * SCHEMES.index(made.scheme)
        bits = (made.shingles.bits, made.passages.bits)
        words = [word for part in parts for word in part]
        head = _HEAD.pack(flags, min(self.words, 0xFFFF), *bits, *map(len, parts))
        return head + struct.pack(f"<{len(words)}H", *words)


def read_evidence(data: bytes) -> Evidence:
    """Read what :meth:`Evidence.to_bytes` wrote."""
    flags, words, bits, passage_bits, *sizes = _HEAD.unpack_from(data)
    values = struct.unpack_from(f"<{sum(sizes)}H", data, _HEAD.size)
    parts: list[tuple[int, ...]] = []
    at = 0
    for size in sizes:
        parts.append(values[at : at + size])
        at += size
    title, mentioned, named, counted, numbers, names, lead, *samples = parts
    chars = bool(flags & _CHARS)
    return Evidence(
        title=title,
        mentioned=frozenset(mentioned),
        named=frozenset(named),
        counted=frozenset(counted),
        numbers=frozenset(numbers),
        names=frozenset(names),
        cut=bool(flags & _CUT),
        silent=bool(flags & _SILENT),
        words=words,
        lead=frozenset(lead),
        sketch=Sketch(SCHEMES[chars], Sample(bits, *samples[:2]), Sample(passage_bits, *samples[2:])),
    )


def gather(title: str, title_key: str, body: str, minhash: str = "", words: Sequence[str] | None = None) -> Evidence:
    """Return the evidence of an article; *minhash* and the body's *words* save the time of making them again."""
    words = words_of(normalised(body)) if words is None else words
    tokens = title_key.split()[:MAX_TITLE]
    short = len(words) < FACTS_WORDS
    wanted = short or any(token[0].isdigit() for token in tokens)
    text = normalised(body) if wanted else ""
    told_numbers = frozenset(NUMBER.findall(text)) if wanted else frozenset()
    vocabulary = frozenset([*words, *told_numbers])
    telling = {token for token in tokens if len(token) >= MIN_LETTERS or token[0].isdigit() or DENSE_CHAR.match(token)}
    mentioned = telling & vocabulary
    numbers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    if short:
        numbers, names = told_numbers, names_of(text)
    made = read_sketch(minhash) or read_sketch(sketch(words))
    assert made is not None
    return Evidence(
        title=tuple(map(short_hash, tokens)),
        mentioned=hashed(mentioned),
        named=hashed(token for token in tokens if token in numbers or token in names),
        counted=hashed(token for token in tokens if token[0].isdigit()),
        numbers=hashed(sorted(numbers)[:MAX_FACTS]),
        names=hashed(sorted(names)[:MAX_FACTS]),
        cut=is_cut(title),
        silent=len(mentioned) < SPEAKS * len(telling),
        words=len(words),
        lead=lead_of(words),
        sketch=made,
        body=body,
    )


def lead_of(words: Sequence[str]) -> frozenset[int]:
    """Return 16 bits of each shingle of the first words."""
    first = words[:LEAD_WORDS]
    return frozenset(value & 0xFFFF for value in word_hashes(first)) if len(first) > 2 else frozenset()


def names_of(text: str) -> frozenset[str]:
    """Return the words of *text* that begin with a capital wherever they stand."""
    capital: set[str] = set()
    small: set[str] = set()
    for word in LETTERS.findall(text):
        (capital if word[0].isupper() else small).add(word.casefold())
    return frozenset(word for word in capital - small if len(word) > 1)


def short_hash(word: str) -> int:
    """Return 16 bits of *word*: of 60 names one is taken for another's in 18 comparisons."""
    return crc32(word.encode("utf-8", "replace")) & 0xFFFF


def hashed(words: Iterable[str]) -> frozenset[int]:
    """Return the 16-bit hashes of *words*."""
    return frozenset(map(short_hash, words))

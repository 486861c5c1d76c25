"""What a site's earlier pages taught: a line that stands in several of its stories is boilerplate."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from newscrawl.extraction.learned.shape import Shape
from newscrawl.extraction.rules.site_rules import SiteOutcome
from newscrawl.text.clean import words

MAX_LINES = 200
MIN_STORIES = 2
"""In how many OTHER stories a line must stand; with one, a single hostile page took F1 from .96 to .83."""

VERSION = 1
_HEAD = struct.Struct("<BQ")
_PART = struct.Struct("<BH")
_LINES, _SHAPE = 1, 3
"""A part is a number, its length in bytes and its bytes; parts that this version does not know are passed over. Part 2
was a shape whose container had one hash for all of its names."""


@dataclass(frozen=True, slots=True)
class Observation:
    """What is remembered of one story of a site."""

    story: int
    """Which story, so that a page that is read again does not count twice."""

    lines: tuple[int, ...] = ()
    """Hashes of its lines."""

    shape: Shape | None = None
    """What it showed of its site's template; None where no one element held its text."""

    site: SiteOutcome | None = field(default=None, compare=False)
    """What a person's rules for the site came to on this page; not remembered."""

    def to_bytes(self) -> bytes:
        """Return this observation as at most 3 kB."""
        lines = struct.pack(f"<{len(self.lines)}Q", *self.lines)
        shape = b"" if self.shape is None else self.shape.to_bytes()
        parts = [(_LINES, lines), *([(_SHAPE, shape)] if shape else [])]
        packed = b"".join(_PART.pack(number, len(part)) + part for number, part in parts)
        return _HEAD.pack(VERSION, self.story) + packed

    @classmethod
    def from_bytes(cls, data: bytes) -> Observation:
        """Read what :meth:`to_bytes` wrote; raises ValueError for anything else."""
        try:
            version, story = _HEAD.unpack_from(data)
            lines: tuple[int, ...] = ()
            shape = None
            at = _HEAD.size
            while at < len(data):
                part, size = _PART.unpack_from(data, at)
                at += _PART.size
                if part == _LINES:
                    lines = struct.unpack_from(f"<{size // 8}Q", data, at)
                elif part == _SHAPE:
                    shape = Shape.from_bytes(data[at : at + size])
                at += size
        except struct.error as error:
            raise ValueError(f"not an observation: {len(data)} bytes") from error
        if version != VERSION:
            raise ValueError(f"an observation of version {version}, expected {VERSION}")
        return cls(story, lines, shape)


def story_hash(url: str) -> int:
    """Return the hash by which the story at *url* is remembered."""
    return int.from_bytes(blake2b(url.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def line_hash(line: str) -> int:
    """Return the hash by which *line* is remembered; 0 for a line without words."""
    key = words(line)
    return int.from_bytes(blake2b(key.encode("utf-8"), digest_size=8).digest(), "little") if key else 0


def observe(story: int, lines: Iterable[str]) -> Observation:
    """Return what is to be remembered of *story*; of a long one its first and last lines, where boilerplate stands."""
    hashes = [value for value in dict.fromkeys(map(line_hash, lines)) if value]
    if len(hashes) > MAX_LINES:
        hashes = hashes[: MAX_LINES // 2] + hashes[-MAX_LINES // 2 :]
    return Observation(story, tuple(hashes))


def repeated(memory: Sequence[Observation], story: int) -> frozenset[int]:
    """Return the hashes of the lines that stand in at least two stories of *memory* other than *story*."""
    others = {observation.story: observation for observation in memory if observation.story != story}
    counts = Counter(value for observation in others.values() for value in set(observation.lines))
    return frozenset(value for value, stories in counts.items() if stories >= MIN_STORIES)

"""What differs between two texts, word by word; in scripts without blanks, character by character. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from newscrawl.text.scripts import DENSE

TOKEN = re.compile(rf"[{DENSE}]|[^\s{DENSE}]+|\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text."""

    kind: Literal["same", "removed", "added"]
    text: str


def changes(old: str, new: str) -> Iterator[Piece]:
    """Yield *old* and *new* as pieces, in order; paragraphs that are alike are compared no further."""
    before, after = old.split("\n\n"), new.split("\n\n")
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "\n\n".join(before[i:j]) + "\n\n")
        else:
            yield from words("\n\n".join(before[i:j]), "\n\n".join(after[k:m]))
            yield Piece("same", "\n\n")


def words(old: str, new: str) -> Iterator[Piece]:
    """Yield the words that stay, go and come."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[i:j]))
            continue
        if j > i:
            yield Piece("removed", "".join(before[i:j]))
        if m > k:
            yield Piece("added", "".join(after[k:m]))

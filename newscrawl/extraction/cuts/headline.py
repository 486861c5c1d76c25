"""The headline inside the page's text: most sites repeat it above the first paragraph, some twice, in many guises."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from newscrawl.similarity import title_key
from newscrawl.text.clean import estimate_words
from newscrawl.text.fold import folded
from newscrawl.text.sentences import is_sentence

TOP_LINES = 8
"""How far down a copy may stand: below kicker, date and byline, each of which may stand twice."""

PROSE_WORDS = 12
"""A sentence of this many words is prose, and what follows it is too. Without a full stop it may be the deck."""

ADDED_WORDS = 4
"""What a guise adds before or behind a separator: a kicker, the section, the site's name."""

MIN_CUT_WORDS = 4
"""A headline cut with an ellipsis is known by what is left of it, if that is this much."""

SEPARATOR = re.compile(r"\s*[|•·»«›]+\s*|\s+[–—-]+\s+|:\s+|\n")
ELLIPSIS = re.compile(r"(?:…|\.{3})\W*$")


@dataclass(frozen=True, slots=True)
class Headlines:
    """The headlines of one story: what the page, its declarations and the link to it call it."""

    keys: frozenset[str]
    cut: frozenset[str]
    """Those of headlines that end in an ellipsis: a longer line that begins so is a copy, too."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Return the headlines that *texts* are; one without a word is none."""
        keys = {text: _key(text) for text in texts}
        cut = frozenset(key for text, key in keys.items() if ELLIPSIS.search(text) and _is_long(key))
        return cls(frozenset(filter(None, keys.values())), cut)

    def copies(self, lines: Sequence[str]) -> list[int]:
        """Return which of *lines*, the beginning of a text, are nothing but a headline; a copy further down is prose.

        Lines are compared whole, without what stands before or behind a separator, and up to an ellipsis.
        """
        if not self.keys:
            return []
        longest = PROSE_WORDS + max(len(key.split()) for key in self.keys)
        indexes, seen = [], 0
        for index, line in enumerate(lines):
            if not line.strip():
                continue
            count = estimate_words(line)
            if count <= 2 * longest and self.is_copy(line):
                indexes.append(index)
                continue
            seen += 1
            if (count >= PROSE_WORDS and is_sentence(line)) or seen >= TOP_LINES:
                break
        return indexes

    def is_copy(self, line: str) -> bool:
        """Tell whether *line* is nothing but a headline, once or more often, in one of its guises."""
        whole = _key(line)
        if whole in self.keys or any(_is_multiple(whole, key) for key in self.keys):
            return True
        if ELLIPSIS.search(line) and _is_long(whole) and any(key.startswith(whole) for key in self.keys):
            return True
        if any(whole.startswith(key + " ") for key in self.cut):
            return True
        return any(part in self.keys for part in _parts(line))


def strip_headline(body: str, headlines: Iterable[str]) -> str:
    """Return *body* without the copies of *headlines* at its top."""
    lines = body.split("\n")
    drop = set(Headlines.of(headlines).copies(lines))
    if not drop:
        return body
    kept = "\n".join("" if index in drop else line for index, line in enumerate(lines))
    return re.sub(r"\n{3,}", "\n\n", kept).strip("\n")


def _key(text: str) -> str:
    """Return *text* as headlines are compared: by ``title_key``, without accents."""
    return title_key(folded(text))


def _is_long(key: str) -> bool:
    return len(key.split()) >= MIN_CUT_WORDS


def _is_multiple(text: str, key: str) -> bool:
    times, rest = divmod(len(text) + 1, len(key) + 1)
    return times > 1 and not rest and text == " ".join([key] * times)


def _parts(line: str) -> list[str]:
    """Return the keys of *line* without a short piece before its first or behind its last separator."""
    cuts = list(SEPARATOR.finditer(line))
    if not cuts or len(cuts) > 6:
        return []
    keys = []
    for first in cuts:
        if len(line[: first.start()].split()) <= ADDED_WORDS:
            keys.append(_key(line[first.end() :]))
    for last in cuts:
        if len(line[last.end() :].split()) <= ADDED_WORDS:
            keys.append(_key(line[: last.start()]))
    return keys

"""The headline inside the page's text: most sites repeat it above the first paragraph, some twice, in many guises."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newscrawl.similarity import title_key

TOP_LINES = 8
"""How far down a copy may stand: below kicker, date and byline, each of which may stand twice."""

PROSE_WORDS = 25
"""A line of this many words is prose, and what follows it is too, unless the line holds a headline itself."""

ADDED_WORDS = 4
"""What a guise adds before or behind a separator: a kicker, the section, the site's name."""

MIN_CUT_WORDS = 4
"""A headline cut with an ellipsis is known by what is left of it, if that is this much."""

SEPARATOR = re.compile(r"\s*[|•·»«›]+\s*|\s+[–—-]+\s+|:\s+|\n")
ELLIPSIS = re.compile(r"(?:…|\.{3})\W*$")


def strip_headline(body: str, headlines: Sequence[str]) -> str:
    """Return *body* without the copies of *headlines* at its top.

    Lines are compared by ``title_key``, whole, without what stands before or behind a separator, or up to an ellipsis.
    A copy further down is prose and stays.
    """
    keys = {key for headline in headlines if headline and (key := title_key(headline))}
    if not keys:
        return body
    cut = {key for headline in headlines if ELLIPSIS.search(headline) and _is_long(key := title_key(headline))}
    longest = PROSE_WORDS + max(len(key.split()) for key in keys)
    lines = body.split("\n")
    drop: set[int] = set()
    seen = 0
    for index, line in enumerate(lines):
        if not line.strip():
            continue
        count = len(line.split())
        if count <= 2 * longest and _repeats(line, keys, cut):
            drop.add(index)
            continue
        seen += 1
        if count >= PROSE_WORDS or seen >= TOP_LINES:
            break
    if not drop:
        return body
    kept = "\n".join("" if index in drop else line for index, line in enumerate(lines))
    return re.sub(r"\n{3,}", "\n\n", kept).strip("\n")


def _is_long(key: str) -> bool:
    return len(key.split()) >= MIN_CUT_WORDS


def _repeats(line: str, keys: set[str], cut: set[str]) -> bool:
    """Tell whether *line* is nothing but a headline, once or more often, in one of its guises."""
    whole = title_key(line)
    if whole in keys or any(_is_multiple(whole, key) for key in keys):
        return True
    if ELLIPSIS.search(line) and _is_long(whole) and any(key.startswith(whole) for key in keys):
        return True
    if any(whole.startswith(key + " ") for key in cut):
        return True
    return any(part in keys for part in _parts(line))


def _is_multiple(text: str, key: str) -> bool:
    times, rest = divmod(len(text) + 1, len(key) + 1)
    return times > 1 and not rest and text == " ".join([key] * times)


def _parts(line: str) -> list[str]:
    """Return the keys of *line* without a short piece before its first or behind its last separator."""
    cuts = list(SEPARATOR.finditer(line))
    if not cuts or len(cuts) > 6:
        return []
    found = []
    for first in cuts:
        if len(line[: first.start()].split()) <= ADDED_WORDS:
            found.append(title_key(line[first.end() :]))
    for last in cuts:
        if len(line[last.end() :].split()) <= ADDED_WORDS:
            found.append(title_key(line[: last.start()]))
    return found

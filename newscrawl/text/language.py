"""Which language a text is in."""

from __future__ import annotations

import pycld2

MIN_BYTES = 150  # in UTF-8; of less, CLD2 is unsure or wrong
MAX_CHARS = 4_000
MIN_PERCENT = 70  # of the text; the rest is names and quotations
CODES = {"iw": "he", "jw": "jv", "sh": "sr"}
"""CLD2's codes that have another name in BCP 47."""

ALIKE = tuple(
    frozenset(group.split())
    for group in (
        "hr sr bs sh cnr sl", "id ms", "no nb nn da", "cs sk", "gl pt", "hi ur", "fil tl", "mk bg", "ca oc",
        "fa prs tg ps", "rw rn", "af nl", "he yi", "zh yue wuu", "ckb ku fa",
    )
)  # fmt: skip
"""Languages that a detector takes for each other: between them the page itself knows better."""


def detect_language(text: str) -> str | None:
    """Return the language (BCP 47, lower case) of nearly all of *text*, or None where that is not sure."""
    sample = text[:MAX_CHARS]
    if not sample.replace("\n", " ").isprintable():
        for char in set(sample):
            if not (char.isprintable() or char.isspace()):
                sample = sample.replace(char, "")
    data = sample.encode("utf-8", "ignore")
    if len(data) < MIN_BYTES:
        return None
    try:
        is_reliable, _, details = pycld2.detect(data)
    except pycld2.error:  # bytes that CLD2 takes for no UTF-8
        return None
    _, code, percent, _ = details[0]
    if not is_reliable or percent < MIN_PERCENT or code == "un":
        return None
    code = str(code).lower()
    return CODES.get(code, code)


def is_contradicted(declared: str, guessed: str) -> bool:
    """Say whether a text in *guessed* is not in the language *declared*; close relatives contradict no other."""
    first, second = declared.partition("-")[0], guessed.partition("-")[0]
    return first != second and not any(first in group and second in group for group in ALIKE)

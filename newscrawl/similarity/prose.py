"""The paragraphs of a body as they are compared: their words, which of them are prose, and a hash of each."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from newscrawl.text.markup import has_markup
from newscrawl.text.sentences import ENDS, QUOTES
from newscrawl.text.tokens import normalised, words_of

LINE_BYTES = 4
MOST_LINES = 1000  # of an article that are compared one by one
LONG_LINE = 80  # characters: what is longer is no label, whatever it ends with


def is_prose(paragraph: str) -> bool:
    """Tell whether a paragraph is long, or ends as a sentence does."""
    return len(paragraph) >= LONG_LINE or paragraph.rstrip().endswith((*ENDS, ":", *QUOTES))


def paragraph_words(body: str, paragraphs: Sequence[str]) -> tuple[list[list[str]], bool]:
    """Return the words of each of *paragraphs*, into which *body* falls, and whether together they are its words.

    They are not where markup or what takes no room may reach from one paragraph into the next.
    """
    if not has_markup(body):
        texts = normalised(body).split("\n\n")
        if len(texts) == len(paragraphs):
            return [words_of(text) for text in texts], True
    return [words_of(normalised(paragraph)) for paragraph in paragraphs], False


def lines_of(body: str) -> bytes:
    """Return the hashes of the paragraphs of *body* that are prose, :data:`LINE_BYTES` each."""
    paragraphs = body.split("\n\n")
    words, _ = paragraph_words(body, paragraphs)
    return hashed_lines([part for part, paragraph in zip(words, paragraphs, strict=True) if is_prose(paragraph)])


def hashed_lines(prose: Sequence[Sequence[str]]) -> bytes:
    """Return the hashes of paragraphs, given their words, :data:`LINE_BYTES` each."""
    joined = [" ".join(words).encode("utf-8", "replace") for words in prose[:MOST_LINES]]
    return b"".join([blake2b(words, digest_size=LINE_BYTES).digest() for words in joined])

"""What makes two stories the same: the headline, a sketch of the body, the facts it names, and the rule over them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from newscrawl.similarity.sketches import sketch
from newscrawl.similarity.titles import title_key
from newscrawl.text.tokens import normalised, words_of

__all__ = ["Fingerprint", "fingerprint", "fingerprint_of_body", "title_key"]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What deduplication compares of an article, as it stands in the record."""

    title_key: str
    body_sha256: str
    minhash: str


def fingerprint(title: str, body: str, *, names: Sequence[str | None] = ()) -> Fingerprint:
    """Return what identifies a story; *names* are the site's and publisher's."""
    words = words_of(normalised(body))
    return Fingerprint(title_key(title, *names), digest_of(words), sketch(words))


def fingerprint_of_body(body: str) -> str:
    """Return the ``body_sha256`` of *body* alone."""
    return digest_of(words_of(normalised(body)))


def digest_of(words: Sequence[str]) -> str:
    """Return the SHA-256 of *words* in hex, behind the letter of its scheme."""
    return "b" + hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()

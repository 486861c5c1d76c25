"""What deduplication and later looks compare of an article's text, made at once: its words are found one time only."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from newscrawl.similarity import Fingerprint, digest_of
from newscrawl.similarity.evidence import Evidence, gather
from newscrawl.similarity.prose import hashed_lines, is_prose, paragraph_words
from newscrawl.similarity.sketches import sketch
from newscrawl.similarity.titles import title_key
from newscrawl.text.tokens import normalised, words_of

KEPT = 256  # texts on their way to the store, about as many pages as a crawl holds; some 20 kB each


@dataclass(frozen=True, slots=True)
class ComparedText:
    """What is compared of one text."""

    title: str
    body: str
    names: tuple[str, ...]
    """Of the publisher and the site."""

    fingerprint: Fingerprint
    evidence: Evidence
    prose_sha256: str
    """``body_sha256`` of what is prose in the body; of the body itself where all of it is, or nothing."""

    lines: bytes
    """``lines_of`` the body."""

    def is_of(self, title: str, body: str, names: Sequence[str | None]) -> bool:
        """Tell whether it was made of exactly this text."""
        return self.body == body and self.title == title and self.names == spelt(names)


def compared_text(title: str, body: str, names: Sequence[str | None] = ()) -> ComparedText:
    """Return what is compared of a text; *names* are the site's and publisher's."""
    paragraphs = body.split("\n\n")
    parts, is_whole = paragraph_words(body, paragraphs)
    words = list(chain.from_iterable(parts)) if is_whole else words_of(normalised(body))
    fingerprint = Fingerprint(title_key(title, *names), digest_of(words), sketch(words))
    chosen = [is_prose(paragraph) for paragraph in paragraphs]
    prose = [part for part, is_chosen in zip(parts, chosen, strict=True) if is_chosen]
    prose_sha256 = fingerprint.body_sha256
    if 0 < len(prose) < len(parts):
        texts = [paragraph for paragraph, is_chosen in zip(paragraphs, chosen, strict=True) if is_chosen]
        prose_words = list(chain.from_iterable(prose)) if is_whole else words_of(normalised("\n\n".join(texts)))
        prose_sha256 = digest_of(prose_words)
    evidence = gather(title, fingerprint.title_key, body, fingerprint.minhash, words)
    return ComparedText(title, body, spelt(names), fingerprint, evidence, prose_sha256, hashed_lines(prose))


def spelt(names: Sequence[str | None]) -> tuple[str, ...]:
    """Return *names* with the empty one for None."""
    return tuple(name or "" for name in names)


class RecentTexts:
    """The texts that workers have compared already, until the store takes them; the oldest beyond *size* go.

    A text is known by itself, so that whatever a pipeline changes of an article is compared anew.
    """

    def __init__(self, size: int = KEPT) -> None:
        self.size = size
        self._texts: OrderedDict[str, ComparedText] = OrderedDict()

    def add(self, text: ComparedText) -> None:
        """Keep *text*."""
        self._texts[text.body] = text
        self._texts.move_to_end(text.body)
        if len(self._texts) > self.size:
            self._texts.popitem(last=False)

    def find(self, title: str, body: str, names: Sequence[str | None]) -> ComparedText | None:
        """Return what is known of a text; None where no worker has compared it."""
        text = self._texts.get(body)
        return text if text is not None and text.is_of(title, body, names) else None

    def take(self, body: str) -> ComparedText | None:
        """Return what is known of the text with *body*, and keep it no longer."""
        return self._texts.pop(body, None)

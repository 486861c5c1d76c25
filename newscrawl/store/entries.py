"""What a batch is made of: fetched pages, each with its row of the frontier and the last look at its article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from newscrawl.extraction import Observation
from newscrawl.items import Article
from newscrawl.outcomes import Reason, Rejection, Unmodified
from newscrawl.similarity import Fingerprint
from newscrawl.similarity.compared import ComparedText
from newscrawl.store.frontier import rows as frontier
from newscrawl.store.frontier import visits
from newscrawl.store.keys import key_hash
from newscrawl.store.messages import Look, WriteResult

REMOVED = (Reason.NOT_FOUND, Reason.GONE, Reason.SOFT_404)


@dataclass(slots=True)
class Completion:
    """A fetched page that waits for its written."""

    key: str
    result: Article | Rejection | Unmodified
    observation: Observation | None = None
    source: str = ""
    """Who counts it, if the frontier does not know its key."""

    look: Look | None = None
    """What its page's answer said, for the next look at it; None where no page came."""

    text: ComparedText | None = None
    """What a worker compared of the article already."""

    def compared(self) -> ComparedText | None:
        """Return *text*, if it is of the article as it is now, with the marks of the fingerprint."""
        article, text = self.result, self.text
        if text is None or not isinstance(article, Article):
            return None
        marks = Fingerprint(article.title_key, article.body_sha256, article.minhash)
        is_same = text.fingerprint == marks and text.body == article.body and text.title == article.title
        return text if is_same else None


@dataclass(slots=True)
class Entry:
    """A completion on its way through the transaction."""

    completion: Completion
    hash: int
    row: Row[Any] | None
    before: Row[Any] | None = None
    """The last look at it, if it is a known article."""

    written: WriteResult | None = None
    """What became of it; None until that is decided."""

    @property
    def source(self) -> str:
        """The source that the outcome is counted for: the row's, or the one that the completion names."""
        result = self.completion.result
        named = self.completion.source or (result.source if isinstance(result, Article) else "")
        return self.row.source if self.row is not None else named


def entries_of(connection: Connection, run_id: str, batch: Sequence[Completion]) -> list[Entry]:
    """Find the frontier's row of each completion; a row of another run is left to that one."""
    hashes = [key_hash(completion.key) for completion in batch]
    rows = frontier.rows_of(connection, hashes)
    looks = visits.rows_of(connection, hashes)
    entries = []
    for completion, key in zip(batch, hashes, strict=True):
        row = rows.pop(key, None)
        own = row if row is not None and row.taken_by == run_id else None
        entries.append(Entry(completion, key, own, looks.get(key)))
    return entries


def is_removed(entry: Entry) -> bool:
    """Tell whether the page of a known article is gone."""
    result = entry.completion.result
    return entry.before is not None and isinstance(result, Rejection) and result.reason in REMOVED


def attempts_of(entry: Entry) -> int:
    """Return how often the page failed, this time included."""
    return 1 + (entry.row.attempts if entry.row is not None else 0)

"""Which articles are known: an identity, its story and what its body was, for a year."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select

from newscrawl.store.backend.schema import known
from newscrawl.store.backend.statements import Among, upsert_all
from newscrawl.store.frontier.rows import DAY_S

WEEK_S = 7 * DAY_S
SLICES = 8
"""Expiry looks at an eighth of the ids a day: of a million keys, 15 ms."""

ALIAS = -1

COLUMNS = (known.c.id, known.c.story, known.c.body, known.c.version, known.c.title, known.c.prose)
KNOWN = Among(select(*COLUMNS), known.c.id)


@dataclass(slots=True)
class Known:
    """What is kept of an article."""

    story: int
    body: int
    version: int
    """0: a duplicate that was never written; ``ALIAS``: another id of the article that ``story`` names."""

    title: int | None = None
    prose: int | None = None
    """None: not known, as of an article that an older version of newscrawl wrote."""


def as_number(article_id: str) -> int:
    """Return an article's id as the signed integer that the store keeps."""
    value = int(article_id[1:], 16)
    return value - (1 << 64) if value >> 63 else value


def as_id(number: int) -> str:
    """Undo :func:`as_number`."""
    return f"n{number & 0xFFFFFFFFFFFFFFFF:016x}"


def body_number(body_sha256: str) -> int:
    """Return 24 bits of a body's hash: one changed body in 17 million passes for unchanged."""
    return int(body_sha256[1:7], 16)


class KnownArticles:
    """What is known of the articles of one batch: what the store holds, and what the batch changes."""

    def __init__(self, connection: Connection, ids: Collection[int]) -> None:
        self.connection = connection
        self.entries = read_known(connection, ids)
        self.changed: dict[int, Known] = {}
        if others := {known.story for known in self.entries.values() if known.version == ALIAS} - self.entries.keys():
            self.entries |= read_known(connection, others)

    def get(self, key: int) -> Known | None:
        """Return what is known of article *key*; None where it is new."""
        return self.entries.get(key)

    def resolve(self, key: int) -> int:
        """Return the article that *key* is another id of, or *key* itself."""
        known = self.entries.get(key)
        return known.story if known is not None and known.version == ALIAS else key

    def put(self, key: int, entry: Known) -> None:
        """Take in what became of article *key*; :meth:`write` makes it last."""
        self.entries[key] = self.changed[key] = entry

    def write(self, now: int) -> None:
        """Write what was put."""
        write_known(self.connection, self.changed, now)


def read_known(connection: Connection, ids: Collection[int]) -> dict[int, Known]:
    """Return what is known of *ids*."""
    rows = connection.execute(*KNOWN(connection, ids))
    return {key: Known(key if story is None else story, *values) for key, story, *values in rows}


def write_known(connection: Connection, entries: dict[int, Known], now: int) -> None:
    """Insert or replace *entries*."""
    if not entries:
        return
    rows: Sequence[dict[str, Any]] = [
        {
            "id": key,
            "story": None if entry.story == key else entry.story,
            "body": entry.body,
            "version": entry.version,
            "title": entry.title,
            "prose": entry.prose,
            "week": now // WEEK_S,
        }
        for key, entry in entries.items()
    ]
    upsert_all(connection, known, rows)


def expire_known(connection: Connection, now: int, days: int) -> None:
    """Forget articles that were last written more than *days* ago, among an eighth of the ids that differs each day."""
    size = (1 << 64) // SLICES
    start = now // DAY_S % SLICES * size - (1 << 63)
    which = (known.c.id >= start, known.c.id <= start + size - 1, known.c.week < (now - days * DAY_S) // WEEK_S)
    connection.execute(delete(known).where(*which))

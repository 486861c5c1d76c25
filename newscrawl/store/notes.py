"""Notes: a small cache across runs, such as robots.txt."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, select

from newscrawl.store.backend.schema import notes
from newscrawl.store.backend.statements import upsert


def read_note(connection: Connection, key: str, now: int) -> bytes | None:
    """Return the note under *key*; None where there is none or it expired before *now*."""
    value = connection.scalar(select(notes.c.value).where(notes.c.key == key, notes.c.expires_at > now))
    return None if value is None else bytes(value)


def write_notes(connection: Connection, fresh: Mapping[str, tuple[bytes, int]]) -> None:
    """Keep notes (value, expires_at) by their keys."""
    if fresh:
        rows = [{"key": key, "value": value, "expires_at": expires} for key, (value, expires) in fresh.items()]
        connection.execute(upsert(connection, notes), rows)


def expire_notes(connection: Connection, now: int) -> None:
    """Delete the notes that expired at *now*, in seconds since 1970."""
    connection.execute(delete(notes).where(notes.c.expires_at <= now))

"""What is remembered of sites, and small notes such as robots.txt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, func, select

from newscrawl.extraction import Observation
from newscrawl.store.database import insert
from newscrawl.store.schema import notes, observations

KEPT = 24  # observations of a site, some 2 kB each


def add_observations(connection: Connection, site: str, values: Sequence[bytes]) -> None:
    """Remember *values* of *site*, the oldest first; the oldest beyond :data:`KEPT` go."""
    newest = connection.scalar(select(func.max(observations.c.position)).where(observations.c.site == site)) or 0
    rows = [{"site": site, "position": newest + step, "value": value} for step, value in enumerate(values, 1)]
    connection.execute(observations.insert(), rows)
    old = observations.c.position <= newest + len(values) - KEPT
    connection.execute(delete(observations).where(observations.c.site == site, old))


def read_observations(connection: Connection, site: str) -> tuple[Observation, ...]:
    """Return what is remembered of *site*, the oldest first; what an older version wrote is passed over."""
    values = connection.scalars(
        select(observations.c.value).where(observations.c.site == site).order_by(observations.c.position)
    )
    remembered = []
    for value in values:
        try:
            remembered.append(Observation.from_bytes(value))
        except ValueError:
            continue
    return tuple(remembered)


def read_note(connection: Connection, key: str, now: int) -> bytes | None:
    value = connection.scalar(select(notes.c.value).where(notes.c.key == key, notes.c.expires_at > now))
    return None if value is None else bytes(value)


def write_notes(connection: Connection, fresh: Mapping[str, tuple[bytes, int]]) -> None:
    """Keep notes (value, expires_at) by their keys."""
    if fresh:
        statement = insert(connection, notes)
        values = {"value": statement.excluded.value, "expires_at": statement.excluded.expires_at}
        rows = [{"key": key, "value": value, "expires_at": expires} for key, (value, expires) in fresh.items()]
        connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values), rows)


def expire_notes(connection: Connection, now: int) -> None:
    connection.execute(delete(notes).where(notes.c.expires_at <= now))

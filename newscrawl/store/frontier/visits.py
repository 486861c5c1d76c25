"""The young articles: what is needed to look at them again, and to tell a true change from none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from newscrawl.discovery.candidate import Candidate
from newscrawl.store.backend.dialects import among
from newscrawl.store.backend.looks import visits
from newscrawl.store.backend.schema import frontier
from newscrawl.store.backend.statements import OfHashes
from newscrawl.store.frontier.revisits import KEEP_S, has_moved, next_look
from newscrawl.store.frontier.rows import KeyedCandidate, chunks, owners_of, seconds
from newscrawl.store.keys import key_hash
from newscrawl.store.messages import Look, Visit
from newscrawl.urls import url_key

PRIORITY = -1  # behind what is new
AT_ONCE = 1000  # due articles of a source that are considered in a run

OF_HASHES = OfHashes(select(visits), visits.c.hash)
COPIED = ("hash", "url", "source", "host", "via", "found_in", "title", "published_at", "modified_at", "guid")
"""What a row has of its frontier's row, and gives back to the next one: a page is read with what was told of it."""


@dataclass(slots=True)
class Revisits:
    """When articles are looked at again, and how many of them in one run."""

    hours: tuple[float, ...] = ()
    """After publication; empty: never."""

    a_host: int = 0
    """At most, of one host in this run; 0: no limit."""

    spent: Counter[str] = field(default_factory=Counter)
    settled: set[str] = field(default_factory=set)
    """Sources whose articles are not looked at again."""

    def hours_of(self, source: str) -> tuple[float, ...]:
        """Return when the articles of *source* are looked at again, in hours after publication."""
        return () if source in self.settled else self.hours

    def allow(self, host: str) -> bool:
        """Tell whether one more article of *host* may be looked at in this run, and count it."""
        if self.a_host and self.spent[host] >= self.a_host:
            return False
        self.spent[host] += 1
        return True


def rows_of(connection: Connection, hashes: Iterable[int]) -> dict[int, Row[Any]]:
    """Return the articles among *hashes* that may be looked at again."""
    rows: dict[int, Row[Any]] = {}
    for part in chunks(hashes):
        rows.update((row.hash, row) for row in connection.execute(*OF_HASHES(connection, part)))
    return rows


def sources_due(connection: Connection, sources: Iterable[str], now: int) -> set[str]:
    """Return those of *sources* of which an article is due for another look."""
    due = select(visits.c.source).where(among(connection, visits.c.source, [*sources]), visits.c.due_at <= now)
    return {*connection.scalars(due.distinct())}


def add_due(connection: Connection, run_id: str, source: str, revisits: Revisits, now: int) -> int:
    """Make the articles of *source* pending that are due for another look; return how many."""
    if not revisits.hours_of(source):
        return 0
    due = select(visits).where(visits.c.source == source, visits.c.due_at <= now)
    rows = connection.execute(due.order_by(visits.c.due_at).limit(AT_ONCE)).all()
    waiting = owners_of(connection, [row.hash for row in rows])
    chosen = [row for row in rows if row.hash not in waiting and revisits.allow(row.host)]
    add_rows(connection, run_id, chosen)
    return len(chosen)


def add_moved(
    connection: Connection,
    run_id: str,
    source: str,
    candidates: Mapping[int, KeyedCandidate],
    known: set[int],
    revisits: Revisits,
    now: int,
) -> set[int]:
    """Make those of the *known* articles pending whose document gives them a later date than before; return them."""
    dated = {key: at for key in known if (at := latest_date(candidates[key].candidate)) is not None}
    if not dated or not revisits.hours_of(source):
        return set()
    rows = rows_of(connection, dated)
    waiting = owners_of(connection, rows)
    moved = []
    for key, row in rows.items():
        before = max(filter(None, (row.modified_at, row.published_at)), default=None)
        if key in waiting or not has_moved(dated[key], before, row.looked_at, row.idle, now):
            continue
        if revisits.allow(row.host):
            moved.append(row)
    add_rows(connection, run_id, moved, dated)
    return {row.hash for row in moved}


def latest_date(candidate: Candidate) -> int | None:
    """Return the latest date that a document gives an article, or None: many feeds have pubDate alone, and move it."""
    dates = (seconds(candidate.modified_at), seconds(candidate.published_at))
    return max((date for date in dates if date is not None), default=None)


def add_rows(
    connection: Connection, run_id: str, rows: Iterable[Row[Any]], dated: Mapping[int, int] | None = None
) -> None:
    """Make articles pending once more; *told*: the dates of change that a document gives now, by hash."""
    entries = [
        {
            **{name: getattr(row, name) for name in COPIED},
            "modified_at": (dated or {}).get(row.hash, row.modified_at),
            "key": url_key(row.url),
            "priority": PRIORITY,
            "newest": row.first_at,
            "position": 0,
            "state": "pending",
            "attempts": 0,
            "not_before": 0,
            "taken_by": run_id,
            "discovered_at": row.discovered_at,
        }
        for row in rows
    ]
    if entries:
        connection.execute(frontier.insert(), entries)


def find(connection: Connection, key: str) -> Visit | None:
    """Return the last look at the article of *key*; None where it is not known, or young no more."""
    return next((visit_of(row) for row in rows_of(connection, [key_hash(key)]).values()), None)


def visit_of(row: Row[Any]) -> Visit:
    """Return what is known of an article's last look."""
    return Visit(row.etag, row.last_modified, row.read_at, row.page, row.headline, row.lines)


def record_look(
    connection: Connection,
    row: Row[Any] | None,
    before: Row[Any],
    look: Look | None,
    revisits: Revisits,
    *,
    removed: bool,
    answered: bool,
    now: int,
) -> None:
    """Remember that a look at an article brought nothing new; *removed*: its page is gone."""
    values: dict[str, Any] = {
        "looked_at": now,
        "due_at": next_look(before.first_at, now, revisits.hours_of(before.source)),
        "idle": before.idle + answered,
    }
    if row is not None and row.modified_at is not None:
        values["modified_at"] = row.modified_at
    if look is not None:
        values |= {"read_at": now, "etag": look.etag, "last_modified": look.last_modified, "page": look.page}
    if removed or answered:
        values["removed_at"] = (before.removed_at or now) if removed else None
    connection.execute(update(visits).where(visits.c.hash == before.hash).values(**values))


def expire(connection: Connection, now: int) -> None:
    """Forget the articles that are young no more."""
    connection.execute(delete(visits).where(visits.c.due_at.is_(None), visits.c.looked_at < now - KEEP_S))

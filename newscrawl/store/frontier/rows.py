"""The URLs that wait for their outcome, and what is remembered of those that have one.

A row is pending from discovery until its outcome is durable. One that failed waits, longer each time, and is given up
after :data:`ATTEMPTS`. One that is done leaves its hash in ``seen``; one that was skipped leaves nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, or_, select, update

from newscrawl.discovery.candidate import Candidate, Via
from newscrawl.outcomes import NOT_NOW, Outcome, Reason
from newscrawl.store.backend.dialects import among, insert
from newscrawl.store.backend.schema import frontier, host_locks, seen, skipped, source_locks
from newscrawl.store.backend.statements import OfHashes, upsert_all
from newscrawl.store.keys import key_hash
from newscrawl.store.messages import Pending, Visit

ATTEMPTS = 7  # over nine days: a paywall, a block or a broken site may last a week; then the page is given up
FIRST_PAUSE_S = 600  # after a failure; four times as long after each further one
LONGEST_PAUSE_S = 7 * 86400
DAY_S = 86400
CHUNK = 500  # values in one IN (...): SQLite allows 32,766, its planner is quickest below a thousand

CODES = {Outcome.WRITTEN: 1, Outcome.REVISED: 2, Outcome.DUPLICATE: 3, Outcome.UNCHANGED: 4, Outcome.REJECTED: 5}
"""How an outcome stands in ``seen``; the others leave nothing there."""

OWNED = select(frontier.c.hash, frontier.c.taken_by, frontier.c.not_before, frontier.c.published_at, frontier.c.title)
SEEN = OfHashes(select(seen.c.hash), seen.c.hash)
WAITING = OfHashes(select(frontier), frontier.c.hash)
OWNERS = OfHashes(OWNED, frontier.c.hash)
CLOSED = OfHashes(delete(frontier), frontier.c.hash)

T = TypeVar("T")
Bounds = tuple[int | None, int | None]  # from when until before when, in seconds since 1970


@dataclass(frozen=True, slots=True)
class KeyedCandidate:
    """A candidate with its key, ready for the store."""

    candidate: Candidate
    key: str
    hash: int


def pause_s(attempts: int) -> int:
    """Return how long a URL rests after its failure number *attempts*."""
    return min(FIRST_PAUSE_S << 2 * (attempts - 1), LONGEST_PAUSE_S) if attempts else 0


def due(now: int) -> ColumnElement[bool]:
    """Rows whose pause is over, and those whose pause is longer than any: there the clock was set back."""
    return or_(frontier.c.not_before <= now, frontier.c.not_before > now + LONGEST_PAUSE_S)


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """Cut *values* into lists that one statement can take."""
    values = list(values)
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def which_seen(connection: Connection, hashes: Iterable[int]) -> set[int]:
    """Return those of *hashes* that are done."""
    hashes_seen: set[int] = set()
    for part in chunks(hashes):
        hashes_seen.update(connection.scalars(*SEEN(connection, part)))
    return hashes_seen


def rows_of(connection: Connection, hashes: Iterable[int]) -> dict[int, Row[Any]]:
    """Return the waiting rows among *hashes*."""
    rows: dict[int, Row[Any]] = {}
    for part in chunks(hashes):
        waiting = connection.execute(*WAITING(connection, part))
        rows.update((row.hash, row) for row in waiting)
    return rows


def owners_of(connection: Connection, hashes: Iterable[int]) -> dict[int, Any]:
    """Return of the waiting rows among *hashes* what says who may have them."""
    rows: dict[int, Any] = {}
    for part in chunks(hashes):
        for row in connection.execute(*OWNERS(connection, part)):
            rows[row.hash] = row
    return rows


def add_rows(connection: Connection, run_id: str, source: str, candidates: Sequence[KeyedCandidate], now: int) -> None:
    """Make *candidates* pending, counted by *run_id*."""
    if candidates:
        rows = [row_of(run_id, source, item, position, now) for position, item in enumerate(candidates)]
        connection.execute(frontier.insert(), rows)


def row_of(run_id: str, source: str, keyed_candidate: KeyedCandidate, position: int, now: int) -> dict[str, Any]:
    """Return the row of a new candidate; *position* is its place in its document, *now* in seconds since 1970."""
    candidate = keyed_candidate.candidate
    published, modified = seconds(candidate.published_at), seconds(candidate.modified_at)
    # An undated entry of a sitemap is most likely old, one of a feed or a listing new.
    undated = 0 if candidate.via is Via.SITEMAP else now
    return {
        "hash": keyed_candidate.hash,
        "key": keyed_candidate.key,
        "url": candidate.url,
        "source": source,
        "host": candidate.url.split("/", 3)[2],
        "via": str(candidate.via),
        "found_in": candidate.found_in,
        "title": candidate.title,
        "published_at": published,
        "modified_at": modified,
        "guid": candidate.guid,
        "priority": 1 if candidate.via is Via.SEED else 0,  # what a person named comes first
        "newest": next((moment for moment in (published, modified) if moment is not None), undated),
        "position": -position,
        "state": str(Outcome.PENDING),
        "attempts": 0,
        "not_before": 0,
        "taken_by": run_id,
        "discovered_at": now,
    }


def complete_rows(connection: Connection, rows: Mapping[int, Any], candidates: Mapping[int, KeyedCandidate]) -> None:
    """Give waiting *rows* the title and the dates that a later document says, where the first one said none."""
    for key, row in rows.items():
        candidate = candidates[key].candidate
        stated = {
            "title": candidate.title if row.title is None else None,
            "published_at": seconds(candidate.published_at) if row.published_at is None else None,
        }
        if values := {name: value for name, value in stated.items() if value is not None}:
            connection.execute(update(frontier).where(frontier.c.hash == key).values(**values))


def adopt_rows(connection: Connection, run_id: str, source: str, hashes: Sequence[int]) -> None:
    """Make rows that belong to no run those of *run_id*."""
    for part in chunks(hashes):
        connection.execute(update(frontier).where(frontier.c.hash.in_(part)).values(taken_by=run_id, source=source))


def claim_rows(
    connection: Connection, run_id: str, sources: Collection[str], now: int, bounds: Bounds = (None, None)
) -> dict[str, int]:
    """Let *run_id* count what is due of *sources* from earlier runs, within *bounds*; return how many of each.

    What has no date is among them.
    """
    since, until = bounds
    free = and_(among(connection, frontier.c.source, sources), frontier.c.taken_by.is_(None), due(now))
    if since is not None:
        free = and_(free, or_(frontier.c.published_at.is_(None), frontier.c.published_at >= since))
    if until is not None:
        free = and_(free, or_(frontier.c.published_at.is_(None), frontier.c.published_at < until))
    counts = select(frontier.c.source, func.count()).where(free).group_by(frontier.c.source)
    claimed = {row[0]: row[1] for row in connection.execute(counts)}
    if claimed:
        connection.execute(update(frontier).where(free).values(taken_by=run_id))
    return claimed


def next_rows(
    connection: Connection, run_id: str, source: str, limit: int, without: Collection[str] = ()
) -> list[Row[Any]]:
    """Return the first rows of *source* that *run_id* may fetch, most urgent first; *without*: hosts to leave out."""
    ours = and_(frontier.c.source == source, frontier.c.taken_by == run_id)
    if without:
        ours = and_(ours, frontier.c.host.not_in(without))
    order = (frontier.c.priority.desc(), frontier.c.newest.desc(), frontier.c.position.desc())
    pending = frontier.c.state == str(Outcome.PENDING)
    return list(connection.execute(select(frontier).where(ours, pending).order_by(*order).limit(limit)))


def pending_of(row: Row[Any], earlier: Visit | None = None) -> Pending:
    """Return the pending URL of a row."""
    candidate = Candidate(
        url=row.url,
        via=Via(row.via),
        found_in=row.found_in,
        title=row.title,
        published_at=moment(row.published_at),
        modified_at=moment(row.modified_at),
        guid=row.guid,
    )
    return Pending(
        row.key, candidate, row.source, datetime.fromtimestamp(row.discovered_at, UTC), row.attempts, earlier
    )


def close_rows(connection: Connection, hashes: Iterable[int]) -> None:
    """Remove rows that have their outcome."""
    for part in chunks(hashes):
        connection.execute(*CLOSED(connection, part))


def mark_failed(connection: Connection, key: int, reason: Reason, attempts: int, now: int) -> None:
    """Let a row rest; it stays with its run until that ends, so that one run does not try it twice."""
    values = {
        "state": str(Outcome.FAILED),
        "reason": str(reason),
        "attempts": attempts,
        "not_before": now + (pause_s(attempts - 1) if reason in NOT_NOW else pause_s(attempts)),
    }
    connection.execute(update(frontier).where(frontier.c.hash == key).values(values))


def mark_old(connection: Connection, key: int, published_at: datetime) -> None:
    """Keep a row that was too old for this run, with the date that its page gave: a later run may want it."""
    values = {"state": str(Outcome.SKIPPED), "published_at": seconds(published_at)}
    connection.execute(update(frontier).where(frontier.c.hash == key).values(**values))


def mark_seen(connection: Connection, outcomes: Mapping[int, Outcome], now: int) -> None:
    """Remember that URLs are done; those of an outcome that may change are left out."""
    day = now // DAY_S
    rows = [
        {"hash": key, "outcome": CODES[outcome], "day": day} for key, outcome in outcomes.items() if outcome in CODES
    ]
    upsert_all(connection, seen, rows)


def mark_skipped(connection: Connection, source: str, hashes: Iterable[int], reason: Reason, *, final: bool) -> None:
    """Remember for this run that URLs were skipped; *final*: whoever names them again, they stay skipped."""
    rows = [{"hash": key, "source": source, "reason": str(reason), "final": final} for key in hashes]
    if rows:
        connection.execute(insert(connection, skipped).on_conflict_do_nothing(), rows)


def which_skipped(connection: Connection, hashes: Iterable[int]) -> dict[int, Row[Any]]:
    """Return those of *hashes* that this run skipped."""
    rows: dict[int, Row[Any]] = {}
    for part in chunks(hashes):
        rows.update((row.hash, row) for row in connection.execute(select(skipped).where(skipped.c.hash.in_(part))))
    return rows


def forget_skipped(connection: Connection, hashes: Iterable[int]) -> None:
    """Delete the skipped URLs with these hashes: a document wants them after all."""
    for part in chunks(hashes):
        connection.execute(delete(skipped).where(skipped.c.hash.in_(part)))


def of_run(run_id: str) -> ColumnElement[bool]:
    """The rows that *run_id* counts; by way of its sources, which an index knows."""
    sources = select(source_locks.c.source).where(source_locks.c.run_id == run_id)
    return and_(frontier.c.source.in_(sources), frontier.c.taken_by == run_id)


def count_pending(connection: Connection, run_id: str) -> Counter[str]:
    """Return how many URLs of each source *run_id* leaves pending."""
    counted = select(frontier.c.source, func.count()).where(of_run(run_id), frontier.c.state == str(Outcome.PENDING))
    return Counter({row[0]: row[1] for row in connection.execute(counted.group_by(frontier.c.source))})


def release(connection: Connection, run_id: str) -> None:
    """Give back the sources and the rows of a run that ended."""
    connection.execute(update(frontier).where(of_run(run_id)).values(taken_by=None, state=str(Outcome.PENDING)))
    unlock(connection, run_id)


def unlock(connection: Connection, run_id: str) -> None:
    """Take from a run its sources and hosts."""
    connection.execute(delete(source_locks).where(source_locks.c.run_id == run_id))
    connection.execute(delete(host_locks).where(host_locks.c.run_id == run_id))


def expire(connection: Connection, now: int, keep_days: int) -> None:
    """Forget the URLs that were done, or waited in vain, more than *keep_days* ago."""
    connection.execute(delete(seen).where(seen.c.day < now // DAY_S - keep_days))
    old = now - keep_days * DAY_S
    connection.execute(delete(frontier).where(frontier.c.taken_by.is_(None), frontier.c.discovered_at < old))


def keyed(candidates: Iterable[Candidate]) -> dict[int, KeyedCandidate]:
    """Return *candidates* by the hash of their key; of two with the same key the first."""
    by_hash: dict[int, KeyedCandidate] = {}
    for candidate in candidates:
        key = candidate.key
        by_hash.setdefault(item := key_hash(key), KeyedCandidate(candidate, key, item))
    return by_hash


def seconds(moment: datetime | None) -> int | None:
    """Return *moment* as seconds since 1970; None stays None."""
    return None if moment is None else int(moment.timestamp())


def moment(seconds: int | None) -> datetime | None:
    """Return *seconds* since 1970 as a time in UTC; None stays None."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)

"""What becomes of the URLs that a document named."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import Connection, Row

from newscrawl.outcomes import Outcome, Reason
from newscrawl.store.counters import DISCOVERED, KNOWN, RESUMED, Counters
from newscrawl.store.frontier import rows as frontier
from newscrawl.store.frontier.rows import LONGEST_PAUSE_S, KeyedCandidate
from newscrawl.store.frontier.visits import Revisits, add_moved
from newscrawl.store.keys import entry_hash
from newscrawl.store.messages import Discovered

Bounds = tuple[int | None, int | None]
"""From when until when stories are wanted, in seconds since 1970; None: no bound."""


def discover(
    connection: Connection,
    run_id: str,
    source: str,
    candidates: dict[int, KeyedCandidate],
    skip: Reason | None,
    counters: Counters,
    now: int,
    bounds: Bounds = (None, None),
    named: AbstractSet[int] = frozenset(),
    *,
    again: bool = False,
    revisits: Revisits | None = None,
) -> tuple[Discovered, set[str]]:
    """Make the new ones of *candidates* pending, or count them as skipped where a reason is given.

    A row that belongs to no run is adopted, whichever source named it first, unless its page was found to be outside
    *bounds*. With *again*, URLs that earlier runs finished become pending once more, and with
    *revisits* the known articles whose document gives them a later date than before. Those in *named* were named before
    in this run and are not counted as known again. Return also the other runs that own rows of these URLs: if one of
    them is dead, its rows are free.
    """
    known = frontier.which_seen(connection, candidates)
    entries = {hashed: key for key, item in candidates.items() if (hashed := entry_of(item))}
    known |= {entries[hashed] for hashed in frontier.which_seen(connection, entries)}
    if again:
        known &= named
    elif (
        revisits
        and not skip
        and (moved := add_moved(connection, run_id, source, candidates, known - named, revisits, now))
    ):
        counters[source, DISCOVERED, ""] += len(moved)
        known -= moved
        candidates = {key: value for key, value in candidates.items() if key not in moved}
    rows = frontier.owners_of(connection, [key for key in candidates if key not in known])
    rest = [key for key in candidates if key not in known and key not in rows]
    skipped = frontier.which_skipped(connection, rest)
    counters[source, KNOWN, ""] += len(known - named)
    if skip:
        fresh = [key for key in rest if key not in skipped]
        frontier.mark_skipped(connection, source, fresh, skip, final=False)
        counters[source, DISCOVERED, ""] += len(fresh)
        counters[source, str(Outcome.SKIPPED), str(skip)] += len(fresh)
        return Discovered((), len(known), len(rows)), set()
    frontier.complete_rows(connection, rows, candidates)
    adopted = [key for key, row in rows.items() if is_free(row, now, bounds)]
    frontier.adopt_rows(connection, run_id, source, adopted)
    counters[source, RESUMED, ""] += len(adopted)
    new = [key for key in rest if key not in skipped or not skipped[key].final]
    frontier.add_rows(connection, run_id, source, [candidates[key] for key in new], now)
    counters[source, DISCOVERED, ""] += len(new)
    take_back(connection, [row for row in skipped.values() if not row.final], counters)
    owners = {row.taken_by for row in rows.values() if row.taken_by not in (None, run_id)}
    refused = len(rest) - len(new)
    return Discovered(tuple(candidates[key].candidate for key in new), len(known) + refused, len(rows)), owners


def entry_of(item: KeyedCandidate) -> int | None:
    """Return the hash of the feed's entry, by which its story is known under another address, too."""
    return entry_hash(item.candidate.found_in, item.candidate.guid, item.candidate.title)


def is_free(row: Row[Any], now: int, bounds: Bounds) -> bool:
    """Tell whether no run has the row, it is due at *now* (seconds since 1970), and it is within *bounds*."""
    due = row.not_before <= now or row.not_before > now + LONGEST_PAUSE_S
    since, until = bounds
    at = row.published_at
    outside = at is not None and ((since is not None and at < since) or (until is not None and at >= until))
    return row.taken_by is None and due and not outside


def take_back(connection: Connection, wanted: list[Row[Any]], counters: Counters) -> None:
    """Uncount what one document had us skip and another wants: a URL ends in one outcome only."""
    for row in wanted:
        counters[row.source, DISCOVERED, ""] -= 1
        counters[row.source, str(Outcome.SKIPPED), row.reason] -= 1
    frontier.forget_skipped(connection, [row.hash for row in wanted])

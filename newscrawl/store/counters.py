"""The figures of a run, counted in the same transaction as what they count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, delete, select

from newscrawl.outcomes import Outcome
from newscrawl.store.backend.schema import run_counters
from newscrawl.store.backend.statements import upsert
from newscrawl.store.messages import Figures

DISCOVERED, RESUMED, KNOWN = "discovered", "resumed", "known"
ENDS = tuple(str(outcome) for outcome in Outcome if outcome is not Outcome.PENDING)
NAMES = (DISCOVERED, RESUMED, KNOWN, *ENDS, str(Outcome.PENDING))

Counters = Counter[tuple[str, str, str]]
"""How often (source, name, reason) was counted; the reason is "" where there is none."""


def add_counters(connection: Connection, run_id: str, counters: Counters) -> None:
    """Add *counters* to what the store has for the run."""
    rows = [
        {"run_id": run_id, "source": source, "name": name, "reason": reason, "count": count}
        for (source, name, reason), count in counters.items()
        if count
    ]
    if rows:
        connection.execute(upsert(connection, run_counters, "count"), rows)


def read_counters(connection: Connection, run_id: str) -> Counters:
    """Return what the run *run_id* has counted so far."""
    rows = connection.execute(select(run_counters).where(run_counters.c.run_id == run_id))
    return Counter({(row.source, row.name, row.reason): row.count for row in rows})


def forget_counters(connection: Connection, run_id: str) -> None:
    """Drop the figures of a run whose manifest has them."""
    connection.execute(delete(run_counters).where(run_counters.c.run_id == run_id))


def figures_of(counters: Counters, pending: Mapping[str, int] | None = None) -> dict[str, Figures]:
    """Return each source's figures.

    *pending* is counted from the frontier; without it, what was discovered and has no outcome is pending.
    """
    figures: dict[str, Figures] = {}
    for (source, name, reason), count in sorted(counters.items()):
        entry = figures.setdefault(source, empty_figures())
        entry[name] += count
        if reason and count:
            entry["reasons"][reason] += count
    for source, entry in figures.items():
        ended = sum(entry[name] for name in ENDS)
        entry["pending"] = entry["discovered"] + entry["resumed"] - ended if pending is None else pending.get(source, 0)
    return figures


def empty_figures() -> Figures:
    """Return a source's figures of a run in which nothing happened."""
    return {**dict.fromkeys(NAMES, 0), "reasons": Counter()}


def total_of(figures: Mapping[str, Figures]) -> Figures:
    """Add up the figures of all sources."""
    total = empty_figures()
    for entry in figures.values():
        for name in NAMES:
            total[name] += entry[name]
        total["reasons"].update(entry["reasons"])
    return total

"""Judges the sources of a store, now or as they were on another day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, select

from newscrawl.health.history import History
from newscrawl.health.judge import Problem, problems
from newscrawl.store.backend.schema import sources
from newscrawl.store.schedule.rows import read_states
from newscrawl.store.schedule.states import SourceState


def read_health(
    connection: Connection, names: Sequence[str] | None, now: datetime, day: str | None = None
) -> tuple[int, dict[str, list[Problem]]]:
    """Return how many sources were judged, and what is wrong with them, by name in the order of *names*.

    *names*: None for all of the store. *day*: at its end instead of *now*.
    """
    listed = names if names is not None else list(connection.scalars(select(sources.c.source).order_by("source")))
    states = read_states(connection, SourceState, listed)
    problems = {name: judged(states[name], now, day) for name in listed if name in states}
    return len(problems), {name: wrong for name, wrong in problems.items() if wrong}


def judged(state: SourceState, now: datetime, day: str | None = None) -> list[Problem]:
    """Return what is wrong with one source."""
    history = History.read(state.learned)
    if day is None:
        return problems(history, now, failures=state.failures, last_success=state.last_success, reason=state.reason)
    end = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=1)
    return problems(history.until(day), min(now, end))

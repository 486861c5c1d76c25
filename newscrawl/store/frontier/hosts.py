"""The frontier's rows of one host: they wait together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, and_, case, func, or_, select, update

from newscrawl.outcomes import NOT_NOW, Outcome, Reason
from newscrawl.store.backend.schema import frontier, hosts

WALLS = tuple(map(str, (*NOT_NOW, Reason.RATE_LIMITED)))


def rest_rows(connection: Connection, run_id: str, host: str, until: int, *, keep_tries: bool) -> dict[str, int]:
    """Let the rows of *host* that *run_id* has rest until then; return how many by source.

    *keep_tries*: the try of those that met a wall in this run does not count.
    """
    waits = or_(
        frontier.c.state == str(Outcome.PENDING),
        and_(frontier.c.state == str(Outcome.FAILED), frontier.c.reason.in_(WALLS)),
    )
    ours = and_(frontier.c.host == host, frontier.c.taken_by == run_id, waits)
    failed = and_(frontier.c.state == str(Outcome.FAILED), frontier.c.attempts > 0)
    tries = case((failed, frontier.c.attempts - 1), else_=frontier.c.attempts)
    counts = select(frontier.c.source, func.count()).where(ours).group_by(frontier.c.source)
    waiting = {row[0]: row[1] for row in connection.execute(counts)}
    values = {"not_before": until, "attempts": tries if keep_tries else frontier.c.attempts}
    connection.execute(update(frontier).where(ours).values(values))
    return waiting


def resting_hosts(connection: Connection, now: datetime, reasons: Collection[str]) -> frozenset[str]:
    """Return the hosts that are parked now for one of *reasons*."""
    parked = select(hosts.c.host).where(hosts.c.not_before > now, hosts.c.reason.in_(reasons))
    return frozenset(connection.scalars(parked))

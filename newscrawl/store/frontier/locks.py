"""Which run has which sources and hosts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, exists, literal, or_, select, true

from newscrawl.store.backend.dialects import among, insert, listed_values
from newscrawl.store.backend.looks import visits
from newscrawl.store.backend.schema import frontier, host_locks, source_locks
from newscrawl.store.frontier.rows import due
from newscrawl.store.messages import Want


def lock_name(host: str) -> str:
    """Return what a host is locked by: a site's bare name and that with www are one server for whoever runs it."""
    return host.lower().removeprefix("www.")


def owners_of(
    connection: Connection, sources: Collection[str], hosts: Collection[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the runs that have *sources*, and those that have *hosts* (lock names)."""
    owners: tuple[dict[str, str], dict[str, str]] = {}, {}
    which = (
        (0, source_locks.c.source, source_locks.c.run_id, sources),
        (1, host_locks.c.host, host_locks.c.run_id, hosts),
    )
    asked = [
        select(literal(kind), key, run).where(among(connection, key, names)) for kind, key, run, names in which if names
    ]
    if asked:
        for kind, name, run_id in connection.execute(asked[0].union_all(*asked[1:])):
            owners[kind][name] = run_id
    return owners


def choose(
    connection: Connection,
    run_id: str,
    wants: Sequence[Want],
    most: int,
    hosts_of: Callable[[Want], Iterable[str]],
    taken: dict[str, Want],
    holders: dict[str, str],
) -> None:
    """Put into *taken*, until it has *most*, those of *wants* that a run may take, into *holders* who has the others.

    Those behind the last one that is taken are not looked at.
    """
    hosts = {want.source: [*hosts_of(want)] for want in wants}
    owners, asking = owners_of(connection, hosts, {host for named in hosts.values() for host in named})
    for want in wants:
        if len(taken) >= most:
            return
        others = {owners.get(want.source), *(asking.get(host) for host in hosts[want.source])}
        if other := next(iter(others - {None, run_id}), None):
            holders[want.source] = other
        else:
            taken[want.source] = want


def take(connection: Connection, run_id: str, sources: Collection[str], hosts: Collection[str], now: int) -> set[str]:
    """Give a run *sources* and *hosts* (lock names) that nobody has, or it alone.

    Return those of the sources of which a URL waits for any run, or an article is due for another look, at *now*.
    """
    given = [
        insertion(connection, table, run_id, names)
        for table, names in ((source_locks, sources), (host_locks, hosts))
        if names
    ]
    if not sources:
        for insert_names in given:
            connection.execute(insert_names)
        return set()
    name = listed_values(connection, sources).c.value
    waiting = exists().where(frontier.c.source == name, frontier.c.taken_by.is_(None), due(now))
    look = exists().where(visits.c.source == name, visits.c.due_at <= now)
    statement = select(name).where(or_(waiting, look))
    if connection.dialect.name == "sqlite":
        for insert_names in given:
            connection.execute(insert_names)
    else:  # all in one question: others wait for this transaction
        statement = statement.add_cte(*(names.cte(f"given_{number}") for number, names in enumerate(given)))
    return {*connection.scalars(statement)}


def lock_hosts(connection: Connection, run_id: str, hosts: Collection[str]) -> None:
    """Give a run those of *hosts* (lock names) that nobody has."""
    if hosts:
        connection.execute(insertion(connection, host_locks, run_id, hosts))


def insertion(connection: Connection, table: Table, run_id: str, names: Collection[str]) -> Any:
    """Return the statement that gives a run those of *names* that nobody has in *table*."""
    columns = [column.name for column in table.columns]
    rows = select(listed_values(connection, names).c.value, literal(run_id)).where(true())
    return insert(connection, table).from_select(columns, rows).on_conflict_do_nothing()

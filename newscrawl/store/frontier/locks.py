"""Which run has which sources and hosts."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Column, Connection, select

from newscrawl.store.backend.dialects import among, insert
from newscrawl.store.backend.schema import host_locks, source_locks
from newscrawl.store.frontier.rows import chunks


def lock_name(host: str) -> str:
    """Return what a host is locked by: a site's bare name and that with www are one server for whoever runs it."""
    return host.lower().removeprefix("www.")


def source_owners(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    """Return the runs that have sources, by their names."""
    return _owners(connection, source_locks.c.source, source_locks.c.run_id, names)


def host_owners(connection: Connection, hosts: Iterable[str]) -> dict[str, str]:
    """Return the runs that have hosts, by their lock names."""
    return _owners(connection, host_locks.c.host, host_locks.c.run_id, hosts)


def _owners(connection: Connection, key: Column[str], run_id: Column[str], wanted: Iterable[str]) -> dict[str, str]:
    owners: dict[str, str] = {}
    for part in chunks(wanted):
        rows = connection.execute(select(key, run_id).where(among(connection, key, part)))
        owners.update((name, owner) for name, owner in rows)
    return owners


def lock_sources(connection: Connection, run_id: str, names: Collection[str]) -> None:
    """Give a run sources that nobody has."""
    if names:
        connection.execute(source_locks.insert(), [{"source": name, "run_id": run_id} for name in names])


def lock_hosts(connection: Connection, run_id: str, hosts: Collection[str]) -> dict[str, str]:
    """Give a run those of *hosts* (lock names) that nobody has; return who has each now."""
    rows = [{"host": host, "run_id": run_id} for host in sorted(hosts)]  # in one order: two runs wait for no circle
    if rows:
        connection.execute(insert(connection, host_locks).on_conflict_do_nothing(), rows)
    return host_owners(connection, hosts)

"""Which run has which sources and hosts."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, select

from newscrawl.store.backend.dialects import among, insert
from newscrawl.store.backend.schema import host_locks, source_locks
from newscrawl.store.frontier.rows import chunks

SOURCES = select(source_locks.c.source, source_locks.c.run_id)
HOSTS = select(host_locks.c.host, host_locks.c.run_id)


def lock_name(host: str) -> str:
    """Return what a host is locked by: a site's bare name and that with www are one server for whoever runs it."""
    return host.lower().removeprefix("www.")


def source_owners(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    """Return the runs that have sources, by their names."""
    owners: dict[str, str] = {}
    for part in chunks(names):
        found = connection.execute(SOURCES.where(among(connection, source_locks.c.source, part)))
        owners.update((row.source, row.run_id) for row in found)
    return owners


def host_owners(connection: Connection, hosts: Iterable[str]) -> dict[str, str]:
    """Return the runs that have hosts, by their lock names."""
    owners: dict[str, str] = {}
    for part in chunks(hosts):
        found = connection.execute(HOSTS.where(among(connection, host_locks.c.host, part)))
        owners.update((row.host, row.run_id) for row in found)
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

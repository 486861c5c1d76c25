"""How large a store is, and what goes on in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from newscrawl.store.backend.database import Database
from newscrawl.store.backend.dialects import store_clock
from newscrawl.store.backend.migrations import read_meta
from newscrawl.store.backend.schema import documents, files, frontier, metadata, run_leases, source_locks
from newscrawl.store.frontier.rows import due


def store_figures(database: Database) -> dict[str, Any]:
    """Return the figures of a store: sizes, rows, what is due, and the workers with what they have."""
    with database.read() as connection:
        now = store_clock(connection)
        rows = {table.name: count_of(connection, table) for table in metadata.sorted_tables}
        waiting = select(func.count()).where(frontier.c.taken_by.is_(None), due(now))
        polls = select(func.count()).where(documents.c.next_poll <= datetime.fromtimestamp(now, UTC))
        return {
            "store": database.name,
            "version": int(read_meta(connection, "version") or 0),
            "bytes": size_of(connection),
            "published": rows["files"],
            "articles": int(connection.scalar(select(func.coalesce(func.sum(files.c.lines), 0))) or 0),
            "due_documents": int(connection.scalar(polls) or 0),
            "due_urls": int(connection.scalar(waiting) or 0),
            "workers": [*workers(connection, now)],
            "rows": rows,
        }


def count_of(connection: Connection, table: Any) -> int:
    return int(connection.scalar(select(func.count()).select_from(table)) or 0)


def size_of(connection: Connection) -> int:
    """Return the bytes that the store has on its disk, without the log."""
    if connection.dialect.name == "sqlite":
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        return int(pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one())
    names = [table.name for table in metadata.sorted_tables]
    sizes = "SELECT coalesce(sum(pg_total_relation_size(to_regclass(name))), 0) FROM unnest(%s::text[]) AS name"
    return int(connection.exec_driver_sql(sizes, (names,)).scalar_one())


def workers(connection: Connection, now: int) -> list[dict[str, Any]]:
    """Return the runs that have a lease, each with its sources and how long its lease lasts yet."""
    locks = select(source_locks.c.run_id, func.count()).group_by(source_locks.c.run_id)
    counts = {row[0]: row[1] for row in connection.execute(locks)}
    return [
        {
            "run": row.run_id,
            "host": row.host.split()[0],
            "pid": row.pid,
            "folder": row.folder,
            "sources": counts.get(row.run_id, 0),
            "lease_s": row.expires_at - now,
        }
        for row in connection.execute(select(run_leases).order_by(run_leases.c.run_id))
    ]

"""Finds what in a store does not fit together, or not with the files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, func, select

from newscrawl.store.backend.database import Database
from newscrawl.store.backend.schema import files, frontier, host_locks, lines, run_leases, runs, source_locks
from newscrawl.store.output.lines import article_files, run_of, stored_path
from newscrawl.store.output.run_output import RUNNING

SHOWN = 20  # faults of a kind


def faults_of(database: Database, folder: Path) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong; what a run that lives or has died leaves open is not."""
    with database.read() as connection:
        yield from broken_pages(connection)
        yield from missing_numbers(connection)
        yield from lost_rows(connection)
        yield from wrong_files(connection, database, folder)
        known = set(connection.scalars(select(runs.c.id)))
    for path in article_files(folder):
        if run_of(path) not in known:
            yield f"{path} is not indexed: scrapy store rebuild, or the next run, does it"


def broken_pages(connection: Connection) -> Iterator[str]:
    """Yield what SQLite finds broken in its file; PostgreSQL has tools of its own (pg_amcheck)."""
    if connection.dialect.name == "sqlite":
        faults = connection.exec_driver_sql(f"PRAGMA quick_check({SHOWN})").scalars()
        yield from (f"the store is damaged: {said}" for said in faults if said != "ok")


def missing_numbers(connection: Connection) -> Iterator[str]:
    """Yield a gap in the numbers of the published files."""
    count, last = connection.execute(select(func.count(), func.max(files.c.sequence))).one()
    if count != (last or 0):
        yield f"{count} files are published, and the last has number {last}"


def lost_rows(connection: Connection) -> Iterator[str]:
    """Yield what belongs to runs that have ended, or that nobody knows."""
    running = select(runs.c.id).where(runs.c.status == RUNNING)
    locks = (
        (frontier, frontier.c.taken_by, "URLs wait for"),
        (source_locks, source_locks.c.run_id, "sources are locked by"),
        (host_locks, host_locks.c.run_id, "hosts are locked by"),
        (lines, lines.c.run_id, "lines are kept for"),
        (run_leases, run_leases.c.run_id, "leases are left of"),
    )
    for table, owner, words in locks:
        lost = select(owner, func.count()).select_from(table).where(owner.is_not(None), owner.not_in(running))
        for run_id, count in connection.execute(lost.group_by(owner).limit(SHOWN)):
            yield f"{count} {words} run {run_id}, which has ended"


def wrong_files(connection: Connection, database: Database, folder: Path) -> Iterator[str]:
    """Yield published files that are not where the store says, among those that this machine can see, or are short."""
    for row in connection.execute(select(files).order_by(files.c.sequence)):
        home = database.folder_path(row.folder, folder)
        if not home.is_dir():
            continue  # of another machine
        path = stored_path(home / row.path)
        if path is None:
            yield f"file {row.sequence} is missing: {home / row.path}"
        elif path.suffix == ".jsonl" and path.stat().st_size != row.bytes:
            yield f"{path} has {path.stat().st_size} bytes, and {row.bytes} were published"

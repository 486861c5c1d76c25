"""Moves a store to another engine: SQLite to PostgreSQL when one machine is not enough, and back."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select, update

from newscrawl.errors import OutputError
from newscrawl.store.backend.copying import Progress, copy_tables, forget_marks
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.migrations import read_meta, write_meta
from newscrawl.store.backend.schema import files, host_locks, known, lines, meta, run_leases, runs, seen, source_locks
from newscrawl.store.output.run_output import RUNNING

FROM = "moving_from"
OURS = (run_leases, source_locks, host_locks, lines)  # of runs that live: none does while a store is moved
KEPT = ("tidied_on", "believed_day", "seen_at")


def move_store(source: Database, target: Database, folder: Path, progress: Progress) -> int:
    """Copy all that *source* knows to *target*, whose tables are there; return how many rows.

    Killed in between, it goes on where it stood. OutputError: a run is not closed, or *target* is not empty.
    """
    refuse_open_runs(source)
    with target.write() as connection:
        began = read_meta(connection, FROM)
        if began is None and any(connection.scalar(select(func.count()).select_from(t)) for t in (runs, known, seen)):
            raise OutputError(f"the store {target.name} is not empty: name another one, or remove it")
        if began not in (None, source.name):
            raise OutputError(f"a move to {target.name} was begun from {began}: finish that one, or remove the store")
        write_meta(connection, FROM, source.name)
    count = copy_tables(source, target, progress, without=OURS)
    with source.read() as connection:
        remembered = {name: read_meta(connection, name) for name in KEPT}
    with target.write() as connection:
        for row in connection.execute(select(files.c.sequence, files.c.folder)).all():
            name = target.folder_name(source.folder_path(row.folder, folder))
            connection.execute(update(files).where(files.c.sequence == row.sequence).values(folder=name))
        for name, value in remembered.items():
            if value is not None:
                write_meta(connection, name, value)
        forget_marks(connection)
        connection.execute(meta.delete().where(meta.c.name == FROM))
    return count


def refuse_open_runs(source: Database) -> None:
    """Raise OutputError where a run of *source* is not closed."""
    with source.read() as connection:
        running = list(connection.scalars(select(runs.c.id).where(runs.c.status == RUNNING)))
    if running:
        raise OutputError(f"run {running[0]} is not closed: end it, then run scrapy store rebuild, and move again")

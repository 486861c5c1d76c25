"""Copies the tables of one store to another, of whichever engine: row by row in the order of their keys, resumable."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import Connection, Table, func, select, tuple_

from newscrawl.store.backend.database import Database
from newscrawl.store.backend.dialects import insert
from newscrawl.store.backend.migrations import read_meta, write_meta
from newscrawl.store.backend.schema import meta, metadata

AT_ONCE = 2000  # rows in one transaction
MARK = "copied:"
DONE = "done"

Progress = Callable[[str, int, int], None]
"""Told of a table how many rows of how many are copied."""


def copy_tables(source: Database, target: Database, progress: Progress, without: Collection[Table] = ()) -> int:
    """Copy all rows of *source* to *target*, whose tables are there; return how many.

    Killed in between, it goes on where it stood: the target remembers the last key of each table.
    """
    tables = [table for table in metadata.sorted_tables if table not in without and table is not meta]
    return sum(copy_table(source, target, table, progress) for table in tables)


def copy_table(source: Database, target: Database, table: Table, progress: Progress) -> int:
    """Copy what is missing of one table; return how many rows it has then."""
    keys = list(table.primary_key.columns)
    with source.read() as connection:
        total = int(connection.execute(select(func.count()).select_from(table)).scalar_one())
    with target.read() as connection:
        mark = json.loads(read_meta(connection, MARK + table.name) or "[0]")
    done, last = mark[0], mark[1:]
    statement = select(table).order_by(*keys).limit(AT_ONCE)
    while last != [DONE]:
        which = statement.where(tuple_(*keys) > tuple_(*last)) if last else statement
        with source.read() as connection:
            rows = [dict(row) for row in connection.execute(which).mappings()]
        last = [rows[-1][key.name] for key in keys] if rows else [DONE]
        done += len(rows)
        with target.write() as connection:
            put(connection, table, rows)
            write_meta(connection, MARK + table.name, json.dumps([done, *last]))
        progress(table.name, done, max(total, done))
    return int(done)


def put(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert *rows* where they are not there yet."""
    if rows:
        connection.execute(insert(connection, table).on_conflict_do_nothing(), rows)


def forget_marks(connection: Connection) -> None:
    """Drop what a copy that is complete has remembered."""
    connection.execute(meta.delete().where(meta.c.name.startswith(MARK)))

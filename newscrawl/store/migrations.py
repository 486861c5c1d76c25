"""Brings the tables of an older store to what this version expects."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, inspect, select

from newscrawl.errors import OutputError
from newscrawl.store.database import Database, insert
from newscrawl.store.schema import meta, metadata, scratch

STEPS: tuple[Callable[[Connection], None], ...] = ()
"""What turns version 1 into 2, 2 into 3, and so on; each runs in the transaction that raises the version."""


def migrate(database: Database, steps: Sequence[Callable[[Connection], None]] = STEPS) -> None:
    """Make the tables of a new store, or change those of an older one step by step."""
    current = 1 + len(steps)
    with database.write() as connection:
        if not inspect(connection).has_table("meta"):
            metadata.create_all(connection)
            write_meta(connection, "version", str(current))
        version = int(read_meta(connection, "version") or 0)
        if version > current:
            raise OutputError(
                f"the store {database.path} was written by a newer newscrawl (its version is {version}, this one knows "
                f"{current}): update newscrawl, or name another folder by NEWSCRAWL_OUTPUT_DIR"
            )
        for step in steps[version - 1 :]:
            step(connection)
        if version < current:
            write_meta(connection, "version", str(current))
        scratch.create_all(connection, checkfirst=False)


def read_meta(connection: Connection, name: str) -> str | None:
    value: str | None = connection.scalar(select(meta.c.value).where(meta.c.name == name))
    return value


def write_meta(connection: Connection, name: str, value: str) -> None:
    statement = insert(connection, meta).values(name=name, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))

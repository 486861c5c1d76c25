"""What the SQL engines say differently: inserts that mind conflicts, lists of numbers, many rows at once, the clock."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    String,
    Table,
    TableValuedAlias,
    any_,
    bindparam,
    column,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects import sqlite

CLOCKS = {
    "sqlite": "CAST(strftime('%s', 'now') AS INTEGER)",
    "postgresql": "CAST(floor(extract(epoch FROM clock_timestamp())) AS BIGINT)",
}


def insert(connection: Connection, table: Table) -> Any:
    """Return an INSERT that has ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    return insert_of(connection.dialect.name, table)


def insert_of(dialect: str, table: Table) -> Any:
    """Return the INSERT of :func:`insert` for a dialect; PostgreSQL's takes a while to import."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


def among(connection: Connection, column: ColumnElement[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """Return the clause that *column* is one of *values*, numbers or strings, however many.

    They are one parameter: one for each costs SQLite twice as much as the search itself, and PostgreSQL a plan.
    """
    if connection.dialect.name != "sqlite":
        return column == any_(bindparam(None, [*values], type_=ARRAY(column.type)))
    listed = func.json_each(json.dumps([*values])).table_valued("value")
    return column.in_(select(listed.c.value))


def listed_values(connection: Connection, values: Collection[str]) -> TableValuedAlias:
    """Return the strings *values* as a table with the column ``value``."""
    if connection.dialect.name == "sqlite":
        return func.json_each(json.dumps([*values])).table_valued("value")
    listed = func.unnest(bindparam(None, [*values], type_=ARRAY(String)))
    return listed.table_valued(column("value", String), name="listed").render_derived()


def clock_of(dialect: str) -> ColumnElement[int]:
    """Return the expression for the time of the store's clock in seconds since 1970, as SQL."""
    return literal_column(CLOCKS[dialect], BigInteger)


def store_clock(connection: Connection) -> int:
    """Return the time of the store's clock in seconds since 1970: one clock for all machines that share the store."""
    return int(connection.execute(select(clock_of(connection.dialect.name))).scalar_one())


def insert_all(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert *rows*, each with the values of *table*'s columns in their order: half the cost of rows as dicts."""
    if not rows:
        return
    if connection.dialect.positional:
        connection.exec_driver_sql(str(table.insert().compile(dialect=connection.dialect)), [*rows])
        return
    names = ", ".join(f'"{name}"' for name in table.columns.keys())  # noqa: SIM118  # their keys are names
    driver: Any = connection.connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)

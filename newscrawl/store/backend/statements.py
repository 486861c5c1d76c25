"""Statements that are made once: to build one takes SQLAlchemy longer than it takes SQLite to run it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Integer, Table, bindparam

from newscrawl.store.backend.dialects import as_list, insert_of, is_listed, number_list


def listed(name: str) -> BindParameter[Any]:
    """Return the parameter of an ``IN`` that is given a list at each execution."""
    return bindparam(name, expanding=True)


class Among:
    """A statement on the rows of which a column is one of a list, numbers or strings, however many."""

    def __init__(self, statement: Any, column: ColumnElement[Any]) -> None:
        self.statement = statement
        self.column = column
        self.made: dict[str, Any] = {}
        """By dialect."""

    def __call__(self, connection: Connection, values: Collection[Any]) -> tuple[Any, dict[str, Any]]:
        """Return the statement, and its parameters."""
        dialect = connection.dialect.name
        if (made := self.made.get(dialect)) is None:
            made = self.made[dialect] = self.statement.where(is_listed(dialect, self.column, "listed"))
        return made, {"listed": as_list(dialect, self.column, values)}


class OfHashes(Among):
    """The same for up to some hundred hashes, as SQLite takes them quickest."""

    def __init__(self, statement: Any, column: ColumnElement[int]) -> None:
        super().__init__(statement, column)
        self.listed = statement.where(column.in_(listed("hashes")))

    def __call__(self, connection: Connection, values: Collection[int]) -> tuple[Any, dict[str, Any]]:
        """Return the statement, and its parameters."""
        if connection.dialect.name == "sqlite":
            return self.listed, {"hashes": values}
        return super().__call__(connection, values)


def upsert(connection: Connection, table: Table, *adding: str) -> Any:
    """Return an INSERT that replaces a row of the same key; to the columns *adding*, it adds."""
    return upsert_for(connection.dialect.name, table, *adding)


def upsert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert *rows* or replace those of the same key, of which there are no two alike, in one statement."""
    if not rows:
        return
    if connection.dialect.name != "postgresql":
        connection.execute(upsert(connection, table), [*rows])
        return
    names = tuple(rows[0])
    columns = [[row[name] for row in rows] for name in names]
    numeric = [isinstance(table.columns[name].type, Integer) for name in names]
    values = [number_list(column) if numbers else column for column, numbers in zip(columns, numeric, strict=True)]
    connection.exec_driver_sql(unnested(table, names), tuple(values))


@cache
def unnested(table: Table, names: tuple[str, ...]) -> str:
    """Return PostgreSQL's upsert of many rows, a list for each of the columns *names*."""
    from sqlalchemy.dialects import postgresql

    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    lists = ", ".join(f"%s::{table.columns[name].type.compile(dialect)}[]" for name in names)
    listed_names = ", ".join(f'"{name}"' for name in names)
    keys = ", ".join(f'"{name}"' for name in table.primary_key.columns.keys())  # noqa: SIM118
    fresh = ", ".join(f'"{name}" = excluded."{name}"' for name in names if not table.columns[name].primary_key)
    return (
        f'INSERT INTO "{table.name}" ({listed_names}) SELECT * FROM unnest({lists}) '
        f"ON CONFLICT ({keys}) DO UPDATE SET {fresh}"
    )


@cache
def upsert_for(dialect: str, table: Table, *adding: str) -> Any:
    """Return the upsert of one SQL dialect."""
    statement = insert_of(dialect, table)
    fresh = statement.excluded
    values = {
        column.name: column + fresh[column.name] if column.name in adding else fresh[column.name]
        for column in table.columns
        if not column.primary_key
    }
    return statement.on_conflict_do_update(index_elements=list(table.primary_key.columns.keys()), set_=values)

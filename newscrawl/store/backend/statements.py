"""Statements that are made once: to build one takes SQLAlchemy longer than it takes SQLite to run it."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Table, bindparam

from newscrawl.store.backend.dialects import INSERTS


def listed(name: str) -> BindParameter[Any]:
    """Return the parameter of an ``IN`` that is given a list at each execution."""
    return bindparam(name, expanding=True)


def upsert(connection: Connection, table: Table, *adding: str) -> Any:
    """Return an INSERT that replaces a row of the same key; to the columns *adding*, it adds."""
    return upsert_for(connection.dialect.name, table, *adding)


@cache
def upsert_for(dialect: str, table: Table, *adding: str) -> Any:
    """Return the upsert of one SQL dialect."""
    statement = INSERTS[dialect](table)
    fresh = statement.excluded
    values = {
        column.name: column + fresh[column.name] if column.name in adding else fresh[column.name]
        for column in table.columns
        if not column.primary_key
    }
    return statement.on_conflict_do_update(index_elements=list(table.primary_key.columns.keys()), set_=values)

"""A table ``articles`` in any database that SQLAlchemy speaks to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Engine,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    inspect,
    select,
)
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from newscrawl.errors import OutputError, UsageError
from newscrawl.export.records import Record, unknown
from newscrawl.schema.columns import Kind, columns

KEY = ("id", "version")
TYPES = {Kind.INTEGER: Integer, Kind.NUMBER: Float, Kind.BOOLEAN: Boolean}
KINDS = {column.name: column.kind for column in columns()}
ROWS = 500  # in one statement


def write_sql(records: Iterable[Record], url: str, fields: Sequence[str], *, append: bool) -> int:
    """Write the table in one transaction: whole, or with *append* what it does not have; return the rows written."""
    if not {*KEY} <= {*fields}:
        raise UsageError("a table in a database has the key id, version: name both in --fields")
    engine = engine_of(url)
    table = table_of(fields)
    try:
        with engine.begin() as connection:
            if append and inspect(connection).has_table(table.name):
                known = {(row[0], row[1]) for row in connection.execute(select(*(table.c[name] for name in KEY)))}
            else:
                known = set()
                table.drop(connection, checkfirst=True)
                table.create(connection)
            count = 0
            fresh = unknown(records, known)
            while rows := list(islice(fresh, ROWS)):
                connection.execute(table.insert(), [row_of(row, fields) for row in rows])
                count += len(rows)
            return count
    except SQLAlchemyError as error:
        raise OutputError(f"{engine.url!r} cannot be written: {str(error).splitlines()[0]}") from error
    finally:
        engine.dispose()


def engine_of(url: str) -> Engine:
    """Return the engine for *url*; raise UsageError where it is none, or its driver is missing."""
    try:
        return create_engine(url)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise UsageError(f"{url.partition('://')[0]}:// cannot be used: {str(error).splitlines()[0]}") from None


def table_of(fields: Sequence[str]) -> Table:
    """Return the table with a column for each of *fields*; lists are JSON."""
    made = []
    for name in fields:
        kind = KINDS[name]
        if name in KEY:
            made.append(Column(name, String(32) if name == "id" else Integer, primary_key=True, autoincrement=False))
        else:
            made.append(Column(name, DateTime(timezone=True) if kind is Kind.TIME else TYPES.get(kind, Text)))
    return Table("articles", MetaData(), *made)


def row_of(record: Record, fields: Sequence[str]) -> dict[str, Any]:
    """Return the row of *record*; a record without a version is the first."""
    return {name: sql_value(name, record.get(name)) for name in fields} | {"version": record.get("version") or 1}


def sql_value(name: str, value: Any) -> Any:
    """Return *value* as the column *name* takes it."""
    if isinstance(value, str):
        if KINDS[name] is Kind.TIME:
            return datetime.fromisoformat(value)
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value

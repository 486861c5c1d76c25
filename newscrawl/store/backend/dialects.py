"""What the SQL engines say differently: inserts that mind conflicts, lists of numbers, many rows at once, the clock."""

from __future__ import annotations

import json
import struct
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    LargeBinary,
    SmallInteger,
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
from sqlalchemy.types import TypeEngine, UserDefinedType

SIZES = ((SmallInteger, 2), (BigInteger, 8), (Integer, 4))
SIGNS = {2: "h", 4: "i", 8: "q"}
COPY_HEAD, COPY_END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
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
    dialect = connection.dialect.name
    return is_listed(dialect, column, None, value=as_list(dialect, column, values))


def as_list(dialect: str, column: ColumnElement[Any], values: Collection[Any]) -> Any:
    """Return *values* as the one parameter of :func:`is_listed`."""
    if dialect == "sqlite":
        return json.dumps([*values])
    return number_list(values) if isinstance(column.type, Integer) else [*values]


def is_listed(dialect: str, column: ColumnElement[Any], name: str | None, **given: Any) -> ColumnElement[bool]:
    """Return the clause that *column* is in the list that the parameter *name* gets; *given*: its value."""
    if dialect == "sqlite":
        listed = func.json_each(bindparam(name, **given, type_=String)).table_valued("value")
        return column.in_(select(listed.c.value))
    kind: TypeEngine[Any] = NumberList(column.type) if isinstance(column.type, Integer) else ARRAY(column.type)
    return column == any_(bindparam(name, **given, type_=kind))


class NumberList(UserDefinedType[str]):
    """Numbers of one type, as :func:`number_list` writes them."""

    cache_ok = True
    render_bind_cast = True

    def __init__(self, item_type: TypeEngine[int]) -> None:
        self.item_type = item_type

    def get_col_spec(self, **_options: Any) -> str:
        """Return the type's name in SQL."""
        return f"{self.item_type.compile()}[]"


def number_list(values: Iterable[int | None]) -> str:
    """Return numbers as PostgreSQL writes an array: the driver takes ten times as long for each."""
    return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"


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
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN (FORMAT BINARY)') as copy:
        copy.write(b"".join((COPY_HEAD, *packed_rows(table, rows), COPY_END)))


def packed_rows(table: Table, rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """Yield *rows*, numbers and then perhaps bytes, in PostgreSQL's binary format: a fifth of the work of its text."""
    columns = list(table.columns)
    has_bytes = isinstance(columns[-1].type, LargeBinary)
    numbers = columns[:-1] if has_bytes else columns
    sizes = [next(size for kind, size in SIZES if isinstance(column.type, kind)) for column in numbers]
    head, *marks = [struct.pack(">i", size) for size in sizes]
    head = struct.pack(">h", len(columns)) + head
    if not has_bytes and len(columns) == 2:  # postings, dozens of each story
        pack, [mark] = struct.Struct(f">6s{SIGNS[sizes[0]]}4s{SIGNS[sizes[1]]}").pack, marks
        yield from [pack(head, first, mark, second) for first, second in rows]
        return
    pack = struct.Struct(">6s" + "4s".join(SIGNS[size] for size in sizes) + "i" * has_bytes).pack
    for row in rows:
        values = [part for pair in zip(row, marks, strict=False) for part in pair]
        if has_bytes:
            yield pack(head, *values, row[-2], len(row[-1])) + row[-1]
        else:
            yield pack(head, *values, row[-1])

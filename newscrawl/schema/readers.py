"""The schema as objects of the libraries that read the record; each is imported only when its function is called."""

from __future__ import annotations

from typing import Any

from newscrawl.schema.columns import Kind, columns
from newscrawl.schema.formats import DUCKDB


def arrow() -> Any:
    """Return the ``pyarrow.Schema``."""
    import pyarrow as pa

    link = pa.struct([("url", pa.string()), ("title", pa.string())])
    kinds = {
        Kind.TEXT: pa.string(),
        Kind.INTEGER: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.BOOLEAN: pa.bool_(),
        Kind.TIME: pa.timestamp("s", tz="UTC"),
        Kind.TEXTS: pa.list_(pa.string()),
        Kind.LINKS: pa.list_(link),
    }
    return pa.schema([(column.name, kinds[column.kind]) for column in columns()])


def polars() -> dict[str, Any]:
    """Return the schema for ``polars.scan_ndjson``."""
    import polars as pl

    kinds: dict[Kind, Any] = {
        Kind.TEXT: pl.String,
        Kind.INTEGER: pl.Int64,
        Kind.NUMBER: pl.Float64,
        Kind.BOOLEAN: pl.Boolean,
        Kind.TIME: pl.Datetime("us", "UTC"),
        Kind.TEXTS: pl.List(pl.String),
        Kind.LINKS: pl.List(pl.Struct({"url": pl.String, "title": pl.String})),
    }
    return {column.name: kinds[column.kind] for column in columns()}


def duckdb() -> dict[str, str]:
    """Return the ``columns`` for DuckDB's ``read_json``; no library is needed for it."""
    return {column.name: DUCKDB[column.kind] for column in columns()}


def datasets() -> Any:
    """Return the ``datasets.Features`` of Hugging Face."""
    from datasets import Features, List, Value

    kinds: dict[Kind, Any] = {
        Kind.TEXT: Value("string"),
        Kind.INTEGER: Value("int64"),
        Kind.NUMBER: Value("float64"),
        Kind.BOOLEAN: Value("bool"),
        Kind.TIME: Value("timestamp[s, tz=UTC]"),
        Kind.TEXTS: List(Value("string")),
        Kind.LINKS: List({"url": Value("string"), "title": Value("string")}),
    }
    return Features({column.name: kinds[column.kind] for column in columns()})

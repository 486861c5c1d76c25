"""The schema as text: JSON Schema, and the statements that make a database's table for the record."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from newscrawl.items import SCHEMA_VERSION
from newscrawl.schema.columns import Column, Kind, columns

TIME_PATTERN = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"

LINK: dict[str, Any] = {
    "type": "object",
    "properties": {"url": {"type": "string"}, "title": {"type": "string"}},
    "required": ["url", "title"],
    "additionalProperties": False,
}
JSON_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string", "minLength": 1},
    Kind.INTEGER: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.TIME: {"type": "string", "format": "date-time", "pattern": TIME_PATTERN},
    Kind.TEXTS: {"type": "array", "items": {"type": "string"}},
    Kind.LINKS: {"type": "array", "items": LINK},
}
POSTGRESQL = {
    Kind.TEXT: "text",
    Kind.INTEGER: "bigint",
    Kind.NUMBER: "double precision",
    Kind.BOOLEAN: "boolean",
    Kind.TIME: "timestamptz",
    Kind.TEXTS: "text[]",
    Kind.LINKS: "jsonb",
}
DUCKDB = {
    Kind.TEXT: "VARCHAR",
    Kind.INTEGER: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.BOOLEAN: "BOOLEAN",
    Kind.TIME: "TIMESTAMPTZ",
    Kind.TEXTS: "VARCHAR[]",
    Kind.LINKS: "STRUCT(url VARCHAR, title VARCHAR)[]",
}
SPARK = {
    Kind.TEXT: "STRING",
    Kind.INTEGER: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.BOOLEAN: "BOOLEAN",
    Kind.TIME: "TIMESTAMP",
    Kind.TEXTS: "ARRAY<STRING>",
    Kind.LINKS: "ARRAY<STRUCT<url: STRING, title: STRING>>",
}
ELASTICSEARCH: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "keyword", "ignore_above": 8191},  # bytes of a term: 32,766, and a character may take four
    Kind.INTEGER: {"type": "long"},
    Kind.NUMBER: {"type": "double"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.TIME: {"type": "date"},
    Kind.TEXTS: {"type": "keyword", "ignore_above": 8191},
    Kind.LINKS: {"properties": {"url": {"type": "keyword", "ignore_above": 8191}, "title": {"type": "text"}}},
}
PROSE = frozenset({"title", "body", "description"})
"""Fields that are searched by their words."""


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema, draft 2020-12, of one line. Keys of a user's own may stand behind ours."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "newscrawl article",
        "description": f"One line of output/articles, version {SCHEMA_VERSION} of the record.",
        "type": "object",
        "properties": {column.name: json_property(column) for column in columns()},
        "required": [column.name for column in columns()],
    }


def json_property(column: Column) -> dict[str, Any]:
    """Return the JSON Schema of one field."""
    shape = JSON_TYPES[column.kind]
    if column.nullable:
        shape = {**shape, "type": [shape["type"], "null"]}
    if column.name == "schema_version":
        shape = {"const": SCHEMA_VERSION}
    return {"description": column.meaning, **shape}


def json_text() -> str:
    """Return the JSON Schema as it stands in ``article.schema.json``."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2)


def sql() -> str:
    """Return the table for PostgreSQL. ``id`` and ``version`` tell its rows apart."""
    lines = [
        f"  {column.name} {POSTGRESQL[column.kind]}" + ("" if column.nullable else " NOT NULL") for column in columns()
    ]
    return "CREATE TABLE articles (\n" + ",\n".join([*lines, "  PRIMARY KEY (id, version, run_id)"]) + "\n);"


def duckdb_columns() -> str:
    """Return what stands behind ``columns =`` in DuckDB's ``read_json``."""
    return "{" + ", ".join(f"{column.name}: '{DUCKDB[column.kind]}'" for column in columns()) + "}"


def spark() -> str:
    """Return the schema as DDL for ``spark.read.schema``."""
    return ", ".join(f"{column.name} {SPARK[column.kind]}" for column in columns())


def elasticsearch() -> str:
    """Return the body of ``PUT /articles``."""
    fields = {
        column.name: {"type": "text"} if column.name in PROSE else ELASTICSEARCH[column.kind] for column in columns()
    }
    return json.dumps({"mappings": {"properties": fields}}, indent=2)


FORMATS: dict[str, Callable[[], str]] = {
    "json": json_text,
    "sql": sql,
    "duckdb": duckdb_columns,
    "spark": spark,
    "elasticsearch": elasticsearch,
}
"""What ``scrapy schema --format`` prints."""

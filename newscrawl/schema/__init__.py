"""The record's schema: for readers that must not guess types from the first lines."""

from newscrawl.schema.columns import Column, Kind, columns
from newscrawl.schema.formats import FORMATS, json_schema
from newscrawl.schema.readers import arrow, datasets, duckdb, polars

__all__ = ["FORMATS", "Column", "Kind", "arrow", "columns", "datasets", "duckdb", "json_schema", "polars"]

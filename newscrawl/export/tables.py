"""CSV and Parquet: a row a record."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from newscrawl.errors import UsageError
from newscrawl.export.records import Record, key_of, unknown
from newscrawl.schema import arrow
from newscrawl.schema.columns import Kind, columns

KINDS = {column.name: column.kind for column in columns()}
CELL_CHARS = 32_767  # what a cell of Excel holds
FORMULA = tuple("=+-@＝＋－＠")  # a cell that begins so is run by spreadsheets
ROWS = 1000  # of a row group: some 5 MB of stories in memory
REPEATED = (
    "site",
    "source",
    "source_label",
    "language",
    "publisher",
    "section",
    "discovered_via",
    "extractor",
    "run_id",
)
"""Columns with few different values: only they gain by a dictionary, which costs memory."""


def write_csv(records: Iterable[Record], path: Path, fields: Sequence[str], before: Path | None = None) -> int:
    """Write a CSV file that Excel opens as it is, behind the rows of *before*; return the number of new rows.

    UTF-8 with its mark, one line a row. No cell is taken for a formula, and none is longer than Excel allows.
    """
    count = 0
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(fields)
        known = set()
        for row in csv_rows(before, fields):
            known.add(key_of(row.get("id"), row.get("version")))
            writer.writerow(row.values())
        for record in records if before is None else unknown(records, known):
            count += 1
            writer.writerow([cell(record.get(name)) for name in fields])
    return count


def csv_rows(path: Path | None, fields: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield the rows of an earlier export; raise UsageError where its columns are others."""
    if path is None:
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        csv.field_size_limit(1 << 24)
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != tuple(fields):
            there = ", ".join(rows.fieldnames or ())
            raise UsageError(f"its columns are {there}: name them in --fields, or leave --append out")
        yield from rows


def cell(value: Any) -> str | int | float:
    """Return *value* as one line of text, or as a number."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, list):
        value = "; ".join(
            f"{item.get('title')} <{item.get('url')}>" if isinstance(item, dict) else str(item) for item in value
        )
    text = " ¶ ".join(" ".join(part.split()) for part in str(value).replace("\0", "").split("\n\n"))
    if text.startswith(FORMULA):
        text = "'" + text
    return text if len(text) <= CELL_CHARS else text[: CELL_CHARS - 1] + "…"


def link_text(link: dict[str, Any]) -> str:
    """Write a related link as text."""
    return f"{link.get('title') or ''} <{link.get('url') or ''}>"


def write_parquet(records: Iterable[Record], path: Path, fields: Sequence[str], before: Path | None = None) -> int:
    """Write a Parquet file with the types of the schema, behind the rows of *before*; return the number of new rows."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("parquet needs pyarrow: pip install 'newscrawl[readers]'") from None
    schema = pa.schema([arrow().field(name) for name in fields])
    repeated = [name for name in fields if name in REPEATED]
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=repeated) as writer:
        known: set[tuple[Any, int]] = set()
        for batch in pq.ParquetFile(before).iter_batches(ROWS) if before is not None else ():
            if batch.schema.names != schema.names:
                raise UsageError(f"its columns are {', '.join(batch.schema.names)}: name them in --fields")
            known.update(map(key_of, batch["id"].to_pylist(), batch["version"].to_pylist()))
            writer.write_table(pa.Table.from_batches([batch]).cast(schema))
        for rows in batches(iter(records) if before is None else unknown(records, known)):
            arrays = []
            for field in schema:
                values = whole_characters([row.get(field.name) for row in rows])
                time = KINDS[field.name] is Kind.TIME
                array = pa.array(values, pa.string() if time else field.type)
                arrays.append(array.cast(field.type) if time else array)
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            count += len(rows)
    return count


def whole_characters(values: list[Any]) -> list[Any]:
    """Return *values* with ``?`` for each half of a character pair, which is no text."""
    text = json.dumps(values, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        fixed: list[Any] = json.loads(text.encode("utf-8", "replace"))
        return fixed
    return values


def batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    """Yield *records* in lists of ``ROWS``; the last may be shorter."""
    while rows := list(islice(records, ROWS)):
        yield rows

"""An index of a big sites file, so that it is read once and its sources need no memory.

The tables stand in a file of SQLite, with the hash of what they were read from. While the file is what it was, a run
begins with reading its bytes for the hash, and no table.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from newscrawl import __version__
from newscrawl.errors import UsageError
from newscrawl.sources.file import DEFAULTS, SITE, Bounds, check_keys, read_table, site_tables
from newscrawl.sources.named_hosts import named_hosts
from newscrawl.sources.pieces import toml_pieces
from newscrawl.sources.source import Source

FORM = 1
"""Of the index: another one is made anew."""

TABLES = """
CREATE TABLE source (
    position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, listed INTEGER NOT NULL, data TEXT NOT NULL
);
CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


def index_key(path: Path) -> str:
    """Return what the index of the file at *path* is known by: its content, and who reads it."""
    with path.open("rb") as file:
        return f"{FORM} {__version__} {hashlib.file_digest(file, 'sha256').hexdigest()}"


def index_url(path: Path) -> str:
    """Return the address by which SQLite opens an index that nobody writes: without a lock, on any file system."""
    return f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"


def read_facts(index: Path) -> dict[str, Any] | None:
    """Return what the index at *index* says of all its sources; None where it is none."""
    try:
        with closing(sqlite3.connect(index_url(index), uri=True)) as connection:
            rows = connection.execute("SELECT key, value FROM fact").fetchall()
    except sqlite3.Error:
        return None
    return {key: json.loads(value) for key, value in rows}


def write_index(path: Path, index: Path, key: str, bounds: Bounds) -> bool:
    """Write the tables of the sites file at *path* into a new file; False where they have to be read at once.

    That is so where the file has a mistake, which is told best by who has all of it.
    """
    with closing(sqlite3.connect(f"file:{quote(str(index.absolute()))}?nolock=1", uri=True)) as connection:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + TABLES)
        try:
            facts = fill(connection, path, bounds)
        except (UsageError, ValueError, sqlite3.IntegrityError, RecursionError):
            return False
        rows = [(name, json.dumps(value)) for name, value in (facts | {"key": key}).items()]
        connection.executemany("INSERT INTO fact VALUES (?, ?)", rows)
        connection.commit()
    return True


def fill(connection: sqlite3.Connection, path: Path, bounds: Bounds) -> dict[str, Any]:
    """Write all tables as they stand in the file, then read each as a source; return what is true of all."""
    common: dict[str, dict[str, Any]] = {DEFAULTS: {}, SITE: {}}
    names: set[str] = set()
    for tables in toml_pieces(path):
        if rules := site_tables(tables):
            if common[SITE].keys() & rules.keys():
                raise ValueError("a table twice")
            common[SITE] |= tables.pop(SITE)
        if (common[SITE] and SITE in names | tables.keys()) or DEFAULTS in names & tables.keys():
            raise ValueError("one name for two tables")
        names |= {SITE, DEFAULTS} & tables.keys()
        for name, table in tables.items():
            if not isinstance(table, dict):
                raise ValueError("no table")
            check_keys(path, name, table)
        if DEFAULTS in tables:
            common[DEFAULTS] = json.loads(as_json(tables.pop(DEFAULTS)))
        rows = [(name, "urls" in table, as_json(table)) for name, table in tables.items()]
        connection.executemany("INSERT INTO source (name, listed, data) VALUES (?, ?, ?)", rows)
    hosts: set[str] = set()
    off: list[tuple[int]] = []
    is_rendered, number = False, 0
    for position, name, data in connection.execute("SELECT position, name, data FROM source"):
        source = read_table(path, name, json.loads(data), common[DEFAULTS], bounds)
        if source is None:
            off.append((position,))
            continue
        number += 1
        hosts.update(named_hosts(replace(source, listed=())))  # lists are read each time
        is_rendered = is_rendered or source.render is not None
    connection.executemany("DELETE FROM source WHERE position = ?", off)
    if not number:
        raise ValueError("no source")
    site = json.loads(as_json(common[SITE]))
    return {DEFAULTS: common[DEFAULTS], SITE: site, "hosts": sorted(hosts), "render": is_rendered, "number": number}


def as_json(table: dict[str, Any]) -> str:
    """Return *table* as it is kept; a date stands there as it is read later, as text."""
    return json.dumps(table, ensure_ascii=False, default=str)


def sources_of(
    rows: Iterator[tuple[str, str]], path: Path, defaults: dict[str, Any], bounds: Bounds, *, scheduled: bool
) -> Iterator[Source]:
    """Yield the sources of *rows* of an index, each its name and its table."""
    for name, data in rows:
        source = read_table(path, name, json.loads(data), defaults, bounds, scheduled=scheduled)
        if source is not None:
            yield source

"""SQLite with full-text search, in every script."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newscrawl.errors import OutputError, UsageError
from newscrawl.export.records import Record, key_of, unknown
from newscrawl.schema.columns import Kind, columns
from newscrawl.text.scripts import HAN, INDOCHINESE, KANA, RARE_HAN

TYPES = {Kind.INTEGER: "INTEGER", Kind.BOOLEAN: "INTEGER", Kind.NUMBER: "REAL"}
KINDS = {column.name: column.kind for column in columns()}
UNSPACED = re.compile(f"[{INDOCHINESE}{KANA}{HAN}{RARE_HAN}]")
"""A character of a script without blanks between words: of these the trigram index is asked."""
SEARCHED = ("title", "description", "body")
TRIGRAM = 3  # characters; the trigram index knows no shorter text
NGRAMS = "trigrams"


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found."""

    title: str
    url: str
    published_at: str | None
    snippet: str
    """Text around what was found, which stands between ``\\x02`` and ``\\x03``."""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the database at *path* for one transaction."""
    connection = sqlite3.connect(path)
    try:
        with connection:
            yield connection
    finally:
        connection.close()


def write_sqlite(records: Iterable[Record], path: Path, fields: Sequence[str], before: Path | None = None) -> int:
    """Write a database with the table ``articles`` and its search index; return the number of new rows.

    *before*: an earlier export, to a copy of which the records are added that it does not have.
    """
    try:
        if before is None:
            with opened(path) as connection:
                create(connection, fields)
                return add(connection, records, fields)
        with opened(before) as old, opened(path) as connection:
            old.backup(connection)
        with opened(path) as connection:
            names = [row[1] for row in connection.execute("PRAGMA table_info(articles)")]
            if names != list(fields):
                raise UsageError(f"its columns are {', '.join(names)}: name them in --fields, or leave --append out")
            known = {key_of(*row) for row in connection.execute("SELECT id, version FROM articles")}
            return add(connection, unknown(records, known), fields)
    except sqlite3.Error as error:
        raise OutputError(f"the database cannot be written: {error}") from error


def create(connection: sqlite3.Connection, fields: Sequence[str]) -> None:
    """Create the table with *fields* and the two indexes: by words, and by three characters of unspaced scripts."""
    searched = [name for name in SEARCHED if name in fields]
    names = ", ".join(f"{name} {TYPES.get(KINDS[name], 'TEXT')}" for name in fields)
    connection.execute(f"CREATE TABLE articles ({names})")
    if searched:
        content = f"{', '.join(searched)}, content='articles'"
        connection.execute(
            f"CREATE VIRTUAL TABLE articles_fts USING fts5({content}, tokenize='unicode61 remove_diacritics 2')"
        )
        connection.execute(f"CREATE VIRTUAL TABLE {NGRAMS} USING fts5({content}, tokenize='trigram')")


def add(connection: sqlite3.Connection, records: Iterable[Record], fields: Sequence[str]) -> int:
    """Insert *records* into the table and its indexes; return their number."""
    searched = [name for name in SEARCHED if name in fields]
    places = ", ".join("?" * len(fields))
    index = f"(rowid, {', '.join(searched)}) VALUES ({', '.join('?' * (len(searched) + 1))})"
    count = 0
    for record in records:
        count += 1
        values = [sql_value(record.get(name)) for name in fields]
        row = connection.execute(f"INSERT INTO articles VALUES ({places})", values).lastrowid
        if searched:
            texts = [row, *(sql_value(record.get(name)) for name in searched)]
            connection.execute(f"INSERT INTO articles_fts {index}", texts)
            if any(isinstance(text, str) and UNSPACED.search(text) for text in texts):
                connection.execute(f"INSERT INTO {NGRAMS} {index}", texts)
    return count


def sql_value(value: Any) -> Any:
    """Return *value* as SQLite takes it: lists as JSON, and no half of a character pair."""
    if isinstance(value, (list, dict)):
        value = json.dumps(value, ensure_ascii=False)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def search(connection: sqlite3.Connection, words: Sequence[str], limit: int) -> list[Hit]:
    """Return the articles that hold all *words*, the best first; a headline counts more than text."""
    unspaced = any(UNSPACED.search(word) for word in words)
    if unspaced and any(len(word) < TRIGRAM for word in words):
        return search_short(connection, words, limit)
    table = NGRAMS if unspaced else "articles_fts"
    query = " ".join('"' + word.replace('"', '""') + '"' for word in words)
    rows = connection.execute(
        f"SELECT title, url, published_at, snippet({table}, -1, char(2), char(3), '…', 24) FROM {table} "
        f"JOIN (SELECT rowid AS number, url, published_at FROM articles) ON number = {table}.rowid "
        f"WHERE {table} MATCH ? ORDER BY bm25({table}, 8, 3, 1), published_at DESC LIMIT ?",
        (query, limit),
    )
    return [Hit(*row) for row in rows]


def search_short(connection: sqlite3.Connection, words: Sequence[str], limit: int) -> list[Hit]:
    """Look through all articles: words of two characters are common in Chinese and Japanese, and in no index."""
    text = "title || char(10) || coalesce(description, '') || char(10) || body"
    every = " AND ".join(f"instr({text}, ?)" for _ in words)
    in_title = " + ".join("(instr(title, ?) > 0)" for _ in words)
    rows = connection.execute(
        f"SELECT title, url, published_at, {text} FROM articles WHERE {every} "
        f"ORDER BY {in_title} DESC, published_at DESC LIMIT ?",
        (*words, *words, limit),
    )
    return [Hit(title, url, at, excerpt(whole, words[0])) for title, url, at, whole in rows]


def excerpt(text: str, word: str, around: int = 40) -> str:
    """Return the characters of *text* around *word*, which it marks."""
    at = text.rindex(word)
    head, tail = text[max(0, at - around) : at], text[at + len(word) : at + len(word) + around]
    return f"…{head}\x02{word}\x03{tail}…"

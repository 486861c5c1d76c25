"""SQLite with full-text search, in every script."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newscrawl.errors import OutputError, UsageError
from newscrawl.export.records import Record, key_of, unknown
from newscrawl.schema.columns import Kind, columns
from newscrawl.text.fold import folded
from newscrawl.text.scripts import HAN, HANGUL, INDOCHINESE, KANA, RARE_HAN

TYPES = {Kind.INTEGER: "INTEGER", Kind.BOOLEAN: "INTEGER", Kind.NUMBER: "REAL"}
KINDS = {column.name: column.kind for column in columns()}
UNSPACED = re.compile(f"[{INDOCHINESE}{KANA}{HAN}{RARE_HAN}{HANGUL}]")
"""A character of a script without blanks between words, or of Korean, which writes particles behind them: of these the
trigram index is asked."""
SEARCHED = ("title", "description", "body")
TRIGRAM = 3  # characters; the trigram index knows no shorter text
NGRAMS = "trigrams"
INDEXES = ("articles_fts", NGRAMS)
WORDS = "unicode61 remove_diacritics 2 categories ''L* N* M* Co''"  # vowel signs of India are no blanks
DEFINITE = ((re.compile("[\u0621-\u064a]{2,}"), "ال"), (re.compile("[\u05d0-\u05ea]{2,}"), "ה"))
"""Scripts that write the article as the beginning of the word, and the article."""


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
        connection.execute(f"CREATE VIRTUAL TABLE articles_fts USING fts5({content}, tokenize='{WORDS}')")
        connection.execute(f"CREATE VIRTUAL TABLE {NGRAMS} USING fts5({content}, tokenize='trigram')")


def add(
    connection: sqlite3.Connection,
    records: Iterable[Record],
    fields: Sequence[str],
    fold: Callable[[str], str] = lambda text: text,
) -> int:
    """Insert *records* into the table and its indexes, there as *fold* changes texts; return their number."""
    searched = [name for name in SEARCHED if name in fields]
    places = ", ".join("?" * len(fields))
    index = f"(rowid, {', '.join(searched)}) VALUES ({', '.join('?' * (len(searched) + 1))})"
    count = 0
    for record in records:
        count += 1
        values = [sql_value(record.get(name)) for name in fields]
        row = connection.execute(f"INSERT INTO articles VALUES ({places})", values).lastrowid
        if searched:
            values = [sql_value(record.get(name)) for name in searched]
            texts = [row, *(fold(text) if isinstance(text, str) else text for text in values)]
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
    """Return the articles that hold all *words*, the best first; a headline counts more than text.

    The indexes must be of folded texts. In Arabic and Hebrew a word is found behind its article, too.
    """
    unspaced = any(UNSPACED.search(word) for word in words)
    if unspaced and any(len(word) < TRIGRAM for word in words):
        return search_short(connection, words, limit)
    table = NGRAMS if unspaced else "articles_fts"
    query = " AND ".join(f"({' OR '.join(map(quoted, [word] if unspaced else with_article(word)))})" for word in words)
    rows = connection.execute(
        f"SELECT title, url, published_at, snippet({table}, -1, char(2), char(3), '…', 24) FROM {table} "
        f"JOIN (SELECT rowid AS number, url, published_at FROM articles) ON number = {table}.rowid "
        f"WHERE {table} MATCH ? ORDER BY bm25({table}, 8, 3, 1), published_at DESC LIMIT ?",
        (query, limit),
    )
    return [Hit(*row) for row in rows]


def quoted(word: str) -> str:
    """Return *word* so that nothing in it is the query language's."""
    return '"' + folded(word).replace('"', '""') + '"'


def with_article(word: str) -> list[str]:
    """Return *word*, and in scripts that write the article as a part of the word also with it."""
    plain = folded(word)
    return [word, *(article + plain for script, article in DEFINITE if script.fullmatch(plain))]


def search_short(connection: sqlite3.Connection, words: Sequence[str], limit: int) -> list[Hit]:
    """Look through all articles: words of two characters are common in Chinese and Japanese, and in no index."""
    text = "title || char(10) || coalesce(description, '') || char(10) || body"
    every = " AND ".join(f"{text} LIKE ? ESCAPE char(1)" for _ in words)  # of ASCII in either case
    in_title = " + ".join("(title LIKE ? ESCAPE char(1))" for _ in words)
    patterns = ["%" + re.sub("([%_\x01])", "\x01\\1", word) + "%" for word in words]
    rows = connection.execute(
        f"SELECT title, url, published_at, {text} FROM articles WHERE {every} "
        f"ORDER BY {in_title} DESC, published_at DESC LIMIT ?",
        (*patterns, *patterns, limit),
    )
    return [Hit(title, url, at, excerpt(whole, words[0])) for title, url, at, whole in rows]


def excerpt(text: str, word: str, around: int = 40) -> str:
    """Return the characters of *text* around *word*, which it marks."""
    *_, found = re.finditer(re.escape(word), text, re.IGNORECASE)
    head, tail = text[max(0, found.start() - around) : found.start()], text[found.end() : found.end() + around]
    return f"…{head}\x02{found[0]}\x03{tail}…"

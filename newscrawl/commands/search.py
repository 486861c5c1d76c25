"""``scrapy search``: the articles that hold some words."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand

from newscrawl.commands.crawl import fail
from newscrawl.errors import NewscrawlError, OutputError, UsageError
from newscrawl.export.database import INDEXES, Hit, add, create, opened, search
from newscrawl.export.records import read_records
from newscrawl.items import FIELDS
from newscrawl.store.output.lines import article_files, run_of
from newscrawl.text.clean import clean, one_line
from newscrawl.text.fold import folded

if TYPE_CHECKING:  # Scrapy imports each command for any of them
    from rich.console import Console

INDEX = "search.sqlite"
VERSION = 2  # of its form: one of another form is made anew
INDEXED = ("id", "url", "title", "description", "body", "published_at")
assert set(INDEXED) <= set(FIELDS)


class Command(ScrapyCommand):
    """Exit codes: 0 something was found; 1 something cannot be read or written; 2 a mistake; 3 nothing was found."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[--limit N] WORDS"

    def short_desc(self) -> str:
        return "Search the articles"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--limit", type=int, default=10, metavar="N", help="articles that are shown (default: 10)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        try:
            words = [word for arg in args for word in arg.split() if any(char.isalnum() for char in word)]
            if not words or opts.limit < 1:
                raise UsageError("usage: scrapy search [--limit N] WORDS")
            hits = indexed_search(Path(self.settings["NEWSCRAWL_OUTPUT_DIR"]), words, opts.limit)
        except NewscrawlError as error:
            fail(error)
        from rich.console import Console

        console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
        for hit in hits:
            show(hit, console)
        self.exitcode = 0 if hits else 3
        if not hits:
            print("nothing was found", file=sys.stderr)


def indexed_search(folder: Path, words: list[str], limit: int) -> list[Hit]:
    """Bring the index of *folder* up to date with its files, and search it."""
    files = article_files(folder)
    if not files:
        raise UsageError(f"there is no article file in {folder}: crawl first")
    try:
        with opened(folder / INDEX) as connection:
            connection.execute("BEGIN IMMEDIATE")  # two searches at once index a file once
            if connection.execute("PRAGMA user_version").fetchone() != (VERSION,):
                for table in (*INDEXES, "articles", "indexed"):
                    connection.execute(f"DROP TABLE IF EXISTS {table}")
                connection.execute(f"PRAGMA user_version = {VERSION}")
                create(connection, INDEXED)
                connection.execute("CREATE TABLE indexed (run TEXT PRIMARY KEY)")
            known = {run for (run,) in connection.execute("SELECT run FROM indexed")}
            for path in files:
                if run_of(path) not in known:
                    add(connection, read_records([path]), INDEXED, folded)
                    connection.execute("INSERT INTO indexed VALUES (?)", (run_of(path),))
            return search(connection, words, limit)
    except sqlite3.Error as error:
        raise OutputError(f"{folder / INDEX} cannot be used: {error}; delete it, and it is made anew") from error


def show(hit: Hit, console: Console) -> None:
    """Print one article: date and headline, address, and the text around the words."""
    from rich.text import Text

    console.print(Text.assemble((f"{(hit.published_at or '')[:10]:<10} ", "cyan"), (one_line(hit.title), "bold")))
    console.print(Text(f"           {one_line(hit.url, 2000)}", "dim"))
    line = Text("           ")
    for part in " ".join(hit.snippet.split("\n")).split("\x02"):
        words, marked, rest = part.rpartition("\x03")
        line.append(clean(words), "bold yellow" if marked else "")
        line.append(clean(rest))
    console.print(line)

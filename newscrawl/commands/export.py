"""``scrapy export``: the records in other forms."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy.commands import ScrapyCommand
from sqlalchemy import make_url

from newscrawl.commands.crawl import fail
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.export.database import write_sqlite
from newscrawl.export.feeds import write_jsonfeed, write_rss
from newscrawl.export.markdown import write_markdown
from newscrawl.export.progress import counted
from newscrawl.export.records import Selection, select
from newscrawl.export.sqltable import write_sql
from newscrawl.export.tables import write_csv, write_parquet
from newscrawl.export.targets import is_database, written
from newscrawl.items import FIELDS
from newscrawl.sources.values import read_since
from newscrawl.store.output.lines import article_files

WRITERS: dict[str, Callable[..., int]] = {
    "parquet": write_parquet,
    "csv": write_csv,
    "sqlite": write_sqlite,
    "jsonfeed": write_jsonfeed,
    "rss": write_rss,
    "markdown": write_markdown,
}
FOR_DEDUP = ("title_key", "body_sha256", "minhash", "html_sha256")
"""A sixth of a line, and of no use to a reader of tables: left out of CSV and SQLite unless they are named."""
CHOOSE_FIELDS = ("parquet", "csv", "sqlite", "sql")
CAN_APPEND = CHOOSE_FIELDS


class Command(ScrapyCommand):
    """Exit codes: 0 fine; 1 something cannot be read or written; 2 a mistake in the arguments."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "--format FORMAT -o FILE [options] [FILE.jsonl ...]"

    def short_desc(self) -> str:
        return "Write the records as Parquet, CSV, SQLite, a feed or Markdown"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--format", metavar="FORMAT", help=", ".join(WRITERS))
        parser.add_argument("-o", "--output", metavar="FILE|URL", help="replaced when all is written")
        parser.add_argument("--append", action="store_true", help="add the records that FILE does not have")
        parser.add_argument("--since", metavar="2d|DATE", help="published since then")
        for name in ("source", "site", "language"):
            parser.add_argument(f"--{name}", action="append", default=[], metavar="NAME", help="may be given again")
        parser.add_argument("--fields", metavar="A,B", help="only these columns, in this order")
        parser.add_argument("--latest-version", action="store_true", help="only the last revision of each article")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        try:
            writer = WRITERS.get(opts.format)
            if opts.output and opts.format in (None, "sql") and is_database(opts.output):
                opts.format, writer = "sql", write_sql
            if writer is None or not opts.output:
                known = f"{', '.join(WRITERS)}, or none for the URL of a database"
                raise UsageError(f"usage: scrapy export {self.syntax()}\n  FORMAT: {known}")
            fields = chosen_fields(opts.format, opts.fields)
            records = select(
                chosen_files(args, Path(self.settings["NEWSCRAWL_OUTPUT_DIR"])),
                selection(opts),
                latest_version=opts.latest_version,
            )
            if opts.append and opts.format not in CAN_APPEND:
                raise UsageError(f"--append is for {', '.join(CAN_APPEND)}; {opts.format} is written whole each time")
            if opts.append and not {"id", "version"} <= {*fields}:
                raise UsageError("--append knows by id and version what is there: name both in --fields")
            with counted(records) as shown:
                if opts.format == "sql":
                    count = write_sql(shown, opts.output, fields, append=opts.append)
                else:
                    with written(opts.output, append=opts.append) as (path, before):
                        count = writer(shown, path, fields, *([before] if opts.append else []))
        except NewscrawlError as error:
            fail(error)
        done = "added" if opts.append else "written"
        print(f"{count} records {done} to {shown_target(opts.output)}", file=sys.stderr)


def shown_target(target: str) -> str:
    """Return *target* without the password that a database's URL may hold."""
    return make_url(target).render_as_string() if is_database(target) else target


def selection(opts: argparse.Namespace) -> Selection:
    """Read the options that select records."""
    return Selection(
        since=read_since(opts.since, datetime.now(UTC)),
        sources=frozenset(opts.source),
        sites=frozenset(opts.site),
        languages=frozenset(name.lower() for name in opts.language),
    )


def chosen_files(names: Iterable[str], folder: Path) -> list[Path]:
    """Return the files that were named, or those of the output folder."""
    named = [Path(name) for name in names]
    files = named or article_files(folder)
    if not files:
        raise UsageError(f"there is no article file in {folder}: crawl first, or name files")
    return files


def chosen_fields(form: str, names: Any) -> tuple[str, ...]:
    """Return the fields of the rows."""
    if names is None:
        return FIELDS if form == "parquet" else tuple(name for name in FIELDS if name not in FOR_DEDUP)
    if form not in CHOOSE_FIELDS:
        raise UsageError(f"--fields is for {', '.join(CHOOSE_FIELDS)}; {form} has its own")
    fields = tuple(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))
    for name in fields:
        if name not in FIELDS:
            near = difflib.get_close_matches(name, FIELDS, 1)
            raise UsageError(f"no field is called {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    if not fields:
        raise UsageError("--fields names no field")
    return fields

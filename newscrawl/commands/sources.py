"""``scrapy sources``: checks, lists and edits the sites file, and says how its sources fare."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy.commands import ScrapyCommand

from newscrawl.commands.crawl import fail
from newscrawl.configuration import Configuration
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.process import exit_code
from newscrawl.sites.tables import read_site_rules
from newscrawl.sources.editing import add_entries
from newscrawl.sources.file import read_sites_file
from newscrawl.sources.opml import names, read_opml, write_opml
from newscrawl.sources.source import Source
from newscrawl.sources.status import HEAD, read_status, table_lines
from newscrawl.sources.values import nearest, source_name
from newscrawl.store.backend.existing import existing_store

FILE = Path("sites.toml")
USAGE = """\
usage: scrapy sources check [FILE]          read the sites file and say what is wrong with it
       scrapy sources list [FILE]           the sources of the file, a line each
       scrapy sources status [FILE]         how they fared: last and next poll, last story, failures
       scrapy sources add URL [FILE]        look at a site and write its entry: feeds, sitemaps, language, name
       scrapy sources import OPML [FILE]    add the feeds of a feed reader's list
       scrapy sources export [FILE]         print the sources as OPML

FILE is sites.toml in the current folder unless you name another; comments and order of what stands there stay.
"""


class Command(ScrapyCommand):
    """Exit codes: 0 fine; 1 something cannot be read or written; 2 a mistake in the arguments or in the file; 3 the
    site to be added did not answer.
    """

    requires_project = True
    default_settings = {"LOG_LEVEL": "WARNING"}  # noqa: RUF012 - Scrapy declares it

    def syntax(self) -> str:
        return "check|list|status|add|import|export [ARGUMENTS]"

    def short_desc(self) -> str:
        return "Check, list, extend and exchange the sources of a sites file"

    def long_desc(self) -> str:
        return USAGE

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--name", metavar="NAME", help="of the table that add writes (default: the site's host)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        actions: dict[str, tuple[Callable[..., None], int]] = {
            "check": (self.check, 0),
            "list": (self.show, 0),
            "status": (self.status, 0),
            "add": (self.add, 1),
            "import": (self.take, 1),
            "export": (self.give, 0),
        }
        try:
            Configuration.read(self.settings)
            if not args:
                raise UsageError(USAGE.rstrip())
            action, needed = actions.get(args[0], (None, 0))
            if action is None:
                raise UsageError(
                    f"sources {args[0]!r} is no action{nearest(args[0], actions)}; there are {names(actions)}"
                )
            if not needed <= len(args) - 1 <= needed + 1:
                line = next(line for line in USAGE.splitlines() if f"sources {args[0]}" in line)
                raise UsageError(f"usage: {line[7:]}")
            path = Path(args[needed + 1]) if len(args) > needed + 1 else FILE
            action(path, *args[1 : needed + 1], **({"name": opts.name} if args[0] == "add" else {}))
        except NewscrawlError as error:
            fail(error)

    def check(self, path: Path) -> None:
        """Say that the file is right; every mistake is an error."""
        sources = read(path)
        read_site_rules(path)
        urls = sum(len(source.urls) + len(source.listed) for source in sources)
        print(f"{path} is right: {len(sources)} sources, {urls} URLs")

    def show(self, path: Path) -> None:
        """Print name, label, tags, language and first URL of each source, separated by tabs."""
        for source in read(path):
            first = (*source.urls, *source.listed)[:1]
            print(
                source.name, source.label or "-", ",".join(source.tags) or "-", source.language or "-", *first, sep="\t"
            )

    def status(self, path: Path) -> None:
        """Print how the sources of the file fared; of all that the store knows where there is no such file."""
        assert self.settings is not None
        listed = [source.name for source in read(path)] if path.exists() or path != FILE else None
        folder = Path(self.settings["NEWSCRAWL_OUTPUT_DIR"])
        with existing_store(self.settings["NEWSCRAWL_STORE"], folder) as database, database.read() as connection:
            rows = [status.row() for status in read_status(connection, listed)]
        print(*table_lines([HEAD, *rows]), sep="\n")

    def add(self, path: Path, url: str, name: str | None = None) -> None:
        """Look at the site at *url* and write its entry."""
        from newscrawl.arguments import parse_arguments
        from newscrawl.sources.probe import ProbeSpider, entry_of, trouble_of

        if not source_name(url):
            raise UsageError(f"{url} is not an http or https URL; give for example https://example.com")
        assert self.settings is not None
        assert self.crawler_process is not None
        options = parse_arguments({"url": url, "dry_run": "1"}, datetime.now(UTC))
        site: dict[str, Any] = {}
        crawler = self.crawler_process.create_crawler(ProbeSpider)
        exit_code(self.crawler_process, crawler, options=options, learned=site)
        entry = entry_of(url, site, name)
        if entry is None:
            print(
                f"newscrawl: nothing was written to {path}, since {url} gave nothing: {trouble_of(site)}",
                file=sys.stderr,
            )
            self.exitcode = 3
            return
        added, _ = add_entries(path, [entry])
        if not added:
            raise UsageError(f"{path} crawls {url} already; edit its table there")
        described = [
            f"{key} {names([value] if isinstance(value, str) else value, 3)}"
            for key, value in entry.values.items()
            if value
        ]
        print(f"{path}: [{added[0]}] added: {'; '.join(described)}")

    def take(self, path: Path, opml: str) -> None:
        """Add the feeds of an OPML file."""
        added, left = add_entries(path, read_opml(Path(opml)))
        known = f"; {len(left)} are crawled already ({names(left)})" if left else ""
        print(f"{path}: {len(added)} sources added{f' ({names(added)})' if added else ''}{known}")

    def give(self, path: Path) -> None:
        """Print the sources as OPML."""
        sys.stdout.buffer.write(write_opml(read(path), path.stem))


def read(path: Path) -> list[Source]:
    """Return the sources of the file at *path*."""
    return read_sites_file(path, None, datetime.now(UTC))

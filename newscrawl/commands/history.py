"""``scrapy history``: the versions of an article, a line each."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.commands import ScrapyCommand

from newscrawl.commands.crawl import fail
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.export.versions import read_versions
from newscrawl.sources.values import source_name
from newscrawl.store.output.lines import article_files
from newscrawl.text.clean import one_line


class Command(ScrapyCommand):
    """Exit codes: 0 fine; 1 a file cannot be read; 2 a mistake in the arguments, or no such article."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "ID|URL"

    def short_desc(self) -> str:
        return "Show the versions of an article, a line each"

    def long_desc(self) -> str:
        return (
            "Version, when it was fetched, when the page says that it was changed, which fields changed, words, and "
            "headline, separated by tabs. scrapy diff shows what changed."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        try:
            if len(args) != 1:
                raise UsageError(f"usage: scrapy history {self.syntax()}")
            versions = read_versions(
                article_files(Path(self.settings["NEWSCRAWL_OUTPUT_DIR"])), args[0], source_name(args[0])
            )
        except NewscrawlError as error:
            fail(error)
        for record in versions:
            note = (
                record.get("version") or 1,
                record.get("fetched_at") or "-",
                record.get("modified_at") or record.get("published_at") or "-",
                ", ".join(record.get("changed") or []) or "-",
                record.get("word_count") or 0,
                one_line(record.get("title") or "-"),
            )
            print(*note, sep="\t")

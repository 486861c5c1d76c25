"""``scrapy forget``: takes an article down, in all versions, for good."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand

from newscrawl.commands.crawl import fail
from newscrawl.configuration import Configuration
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.export.versions import ID, read_versions
from newscrawl.report import write_report
from newscrawl.sources.values import source_name
from newscrawl.store.backend.existing import existing_store, existing_url
from newscrawl.store.forgetting import forget, other_folders
from newscrawl.store.output.lines import article_files
from newscrawl.store.output.takedown import Taken
from newscrawl.urls import article_id


class Command(ScrapyCommand):
    """Exit codes: 0 fine; 1 something cannot be read or written; 2 a mistake in the arguments; 3 an article was not
    known, so that nothing had to go; it is on the list all the same.
    """

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[ID|URL ...]"

    def short_desc(self) -> str:
        return "Take articles down: out of files and index, and never written again"

    def long_desc(self) -> str:
        return (
            "All versions of each article leave the published files, the index of known stories, the search index and "
            "the reports, and no later run writes it again. Copies of it under other addresses are articles of their "
            "own. Killed in between, it is completed by the next run, or by scrapy forget without arguments. Where "
            "machines share a store, the files of each folder follow when the next run begins in it."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        folder = Path(self.settings["NEWSCRAWL_OUTPUT_DIR"])
        try:
            url = existing_url(self.settings["NEWSCRAWL_STORE"], folder)
            bucket = Configuration.read(self.settings).upload
            with existing_store(url, folder) as database:
                database.bucket = bucket
                named = {id_of(folder, name): name for name in args}
                done = forget(database, folder, named, write_report)
                others = other_folders(database, folder)
            if not done.ids:
                raise UsageError(f"usage: scrapy forget {self.syntax()}")
        except NewscrawlError as error:
            fail(error)
        for key in done.unknown:
            said = f"{named.get(key, key)} is not known, nothing of it was there; no run will write it"
            print(said, file=sys.stderr)
        if number := len(done.ids) - len(done.unknown):
            print(f"{count(number, 'article')} forgotten: {left(done.files, 'file')}; no run writes {it(number)} again")
            if done.copies.files:
                print(f"and {left(done.copies, 'copy', 'copies')} in {bucket}")
            if others:
                print(f"other folders follow when a run begins in them: {', '.join(others)}")
        self.exitcode = 3 if done.unknown else 0


def count(number: int, noun: str, plural: str = "") -> str:
    """Return how many of *noun* there are."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def left(taken: Taken, noun: str, plural: str = "") -> str:
    """Say how many lines left how many files."""
    return f"{count(taken.lines, 'line')} left {count(taken.files, noun, plural)}"


def it(number: int) -> str:
    return "it" if number == 1 else "them"


def id_of(folder: Path, named: str) -> str:
    """Return the id of the article that is named by it or by a URL, also of one that was never written."""
    try:
        return str(read_versions(article_files(folder), named, source_name(named))[0]["id"])
    except UsageError:
        if ID.fullmatch(named):
            return named
        if not (url := source_name(named)):
            raise
        return article_id(url)

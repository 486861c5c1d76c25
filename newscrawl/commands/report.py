"""``scrapy report``: the page that shows a run."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.commands import ScrapyCommand

from newscrawl.commands.crawl import fail
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.report import manifests, write_report


class Command(ScrapyCommand):
    """Exit codes: 0 fine; 1 something cannot be read or written; 2 a mistake in the arguments."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[RUN | --last N]"

    def short_desc(self) -> str:
        return "Write the HTML report of a run, and print its path"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--last", type=int, metavar="N", help="the last N runs, a report each (default: 1)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        folder = Path(self.settings["NEWSCRAWL_OUTPUT_DIR"])
        try:
            for manifest in chosen(manifests(folder), args, opts.last, folder):
                print(write_report(folder, manifest))
        except NewscrawlError as error:
            fail(error)


def chosen(runs: list[Path], names: list[str], last: int | None, folder: Path) -> list[Path]:
    """Return the manifests of the runs that were asked for."""
    if len(names) > 1 or (names and last is not None) or (last is not None and last < 1):
        raise UsageError("usage: scrapy report [RUN | --last N]")
    if not runs:
        raise UsageError(f"there is no run in {folder}: crawl first, or name its NEWSCRAWL_OUTPUT_DIR")
    if not names:
        return runs[-(last or 1) :]
    named = [path for path in runs if path.stem == names[0]]
    if not named:
        raise UsageError(f"there is no run {names[0]} in {folder}; the last one is {runs[-1].stem}")
    return named

"""``scrapy report``: the page that shows a run."""

from __future__ import annotations

import argparse
import webbrowser
from pathlib import Path

from scrapy.commands import ScrapyCommand

from newscrawl.commands.crawl import fail
from newscrawl.errors import NewscrawlError, OutputError, UsageError
from newscrawl.report import manifests, write_index, write_report


class Command(ScrapyCommand):
    """Exit codes: 0 fine; 1 something cannot be read or written; 2 a mistake in the arguments."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[RUN | --last N] [--images] [--open]"

    def short_desc(self) -> str:
        return "Write the HTML report of a run and the index over all runs, and print their paths"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--last", type=int, metavar="N", help="the last N runs, a report each (default: 1)")
        parser.add_argument(
            "--images", action="store_true", help="show lead images, which the page loads from the sites"
        )
        parser.add_argument("--open", action="store_true", help="open it in the browser; of several, the index")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        folder = Path(self.settings["NEWSCRAWL_OUTPUT_DIR"])
        try:
            pages = [
                write_report(folder, manifest, images=opts.images)
                for manifest in chosen(manifests(folder), args, opts.last, folder)
            ]
            index = write_index(folder)
            print(*pages, index, sep="\n")
            if opts.open:
                show = index if len(pages) > 1 else pages[0]
                if not webbrowser.open(show.resolve().as_uri()):
                    raise OutputError(f"no browser could be started; open {show} yourself")
        except NewscrawlError as error:
            fail(error)


def chosen(runs: list[Path], names: list[str], last: int | None, folder: Path) -> list[Path]:
    """Return the manifests of the runs that were asked for."""
    if len(names) > 1 or (names and last is not None) or (last is not None and last < 1):
        raise UsageError("usage: scrapy report [RUN | --last N] [--images] [--open]")
    if not runs:
        raise UsageError(f"there is no run in {folder}: crawl first, or name its NEWSCRAWL_OUTPUT_DIR")
    if not names:
        return runs[-(last or 1) :]
    named = [path for path in runs if path.stem == names[0]]
    if not named:
        raise UsageError(f"there is no run {names[0]} in {folder}; the last one is {runs[-1].stem}")
    return named

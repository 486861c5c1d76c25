"""``scrapy extract``: records from saved pages, without network and without store."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import logging
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from scrapy.commands import ScrapyCommand

from newscrawl.commands.crawl import fail
from newscrawl.errors import NewscrawlError, OutputError, UsageError
from newscrawl.extensions.workers import WorkersExtension
from newscrawl.items import Article, as_record
from newscrawl.outcomes import Rejection
from newscrawl.saved.archive import read_inputs
from newscrawl.saved.parts import join_parts
from newscrawl.saved.pipelines import Pipelines, idle_crawler
from newscrawl.saved.reextraction import Extracted, extract_all
from newscrawl.text.clean import one_line

PROGRESS_S = 0.25
NAMED = 5  # faults of the input that are named at the end; --rejected has all


class Command(ScrapyCommand):
    """Exit codes: 0 fine; 1 OUT could not be written, or a pipeline failed; 2 a mistake in the arguments, or nothing
    could be read; 3 not one article.
    """

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_LEVEL": "WARNING"}  # noqa: RUF012 - Scrapy declares it

    def syntax(self) -> str:
        return "[options] INPUT [INPUT ...]"

    def short_desc(self) -> str:
        return "Extract articles from saved pages, without network"

    def long_desc(self) -> str:
        return (
            'INPUT is a JSON Lines file of {"source", "url", "path"} or {"source", "url", "html"}, an HTML file, '
            "a folder of them, or a WARC file; .gz and .zst are unpacked; - reads JSON Lines or WARC from stdin. "
            "One record per article is written, in input order; one in several pages where the last of them stands."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-o", "--output", metavar="OUT", default="-", help="write here (default: stdout)")
        parser.add_argument("--rejected", metavar="FILE", help="write pages that gave no article here, with reasons")
        parser.add_argument("--sites", metavar="FILE", help="a sites file whose rules for sites hold, too")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            if not args:
                raise UsageError("usage: scrapy extract INPUT... [-o OUT] [--rejected FILE]")
            self.exitcode = asyncio.run(self.extract(args, opts.output, opts.rejected, opts.sites))
        except NewscrawlError as error:
            fail(error)
        except KeyboardInterrupt:
            self.exitcode = 130
        except BrokenPipeError:  # who reads stdout has enough, as head has
            self.exitcode = 141

    async def extract(self, inputs: list[str], output: str, rejected: str | None, sites: str | None = None) -> int:
        """Write the records of *inputs* and return the exit code."""
        assert self.settings is not None
        crawler = idle_crawler(self.settings, sites)
        logging.getLogger("newscrawl").setLevel(self.settings.get("LOG_LEVEL"))
        pipelines = Pipelines(crawler)
        pool = WorkersExtension.from_crawler(crawler).pool
        pool.texts = None  # no store asks for them
        counts: Counter[str] = Counter()
        faults: list[str] = []
        started = time.monotonic()
        pool.start()
        try:
            await pipelines.open()
            with _writing(output) as records, _writing(rejected) as refusals, _progress(counts) as show:
                async for extracted in join_parts(extract_all(pool, read_inputs(inputs), datetime.now(UTC))):
                    result = await pipelines.process(extracted)
                    if isinstance(result, Article):
                        counts["articles"] += 1
                        _write(records, as_record(result))
                    else:
                        counts[result.reason.value] += 1
                        _write(refusals, _refusal(extracted, result))
                    if extracted.page.fault is not None:
                        faults.append(extracted.page.fault[1])
                    show()
                if len(faults) == counts.total():
                    raise UsageError(faults[0] if faults else f"no page in {', '.join(inputs)}")
            await pipelines.close()
        finally:
            pool.close()
        print(_summary(counts, time.monotonic() - started, rejected), file=sys.stderr)
        for fault in faults[:NAMED]:
            print(f"  not read: {one_line(fault, 200)}", file=sys.stderr)
        if len(faults) > NAMED:
            print(f"  and {len(faults) - NAMED:,} more parts of the input", file=sys.stderr)
        if pipelines.faults:
            print(f"  {pipelines.faults:,} articles were lost to a fault of a pipeline", file=sys.stderr)
            return 1
        return 0 if counts["articles"] else 3


def _refusal(extracted: Extracted, rejection: Rejection) -> dict[str, str]:
    return {
        "source": extracted.page.source,
        "url": rejection.url,
        "reason": rejection.reason.value,
        "detail": rejection.detail,
    }


def _write(file: IO[str] | None, row: dict[str, Any]) -> None:
    if file is not None:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


@contextlib.contextmanager
def _writing(name: str | None) -> Iterator[IO[str] | None]:
    """Open *name* so that it appears whole, by rename, or not at all; ``-`` is stdout, None nothing.

    It is UTF-8 on stdout too, whatever the locale is.
    """
    if name is None:
        yield None
        return
    if name == "-":
        try:
            with open(sys.stdout.fileno(), "w", encoding="utf-8", errors="replace", closefd=False) as file:
                yield file
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(f"cannot write to stdout: {error.strerror}") from error
        return
    path, part = Path(name), Path(f"{name}.part")
    try:
        with part.open("w", encoding="utf-8", errors="replace") as file:  # a lone surrogate must not cost the others
            yield file
        part.replace(path)
    except OSError as error:
        raise OutputError(f"cannot write {name}: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)


@contextlib.contextmanager
def _progress(counts: Counter[str]) -> Iterator[Any]:
    """Yield what shows the counts on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console

    with Console(stderr=True).status("reading …") as status:
        last = 0.0

        def show() -> None:
            nonlocal last
            if time.monotonic() - last > PROGRESS_S:
                last = time.monotonic()
                status.update(f"{counts.total():,} pages  {counts['articles']:,} articles")

        yield show


def _summary(counts: Counter[str], seconds: float, rejected: str | None) -> str:
    refused = counts.total() - counts["articles"]
    line = f"{counts['articles']:,} articles of {counts.total():,} pages in {seconds:.1f} s"
    if refused:
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in counts.most_common() if reason != "articles")
        line += f"; {refused:,} rejected ({reasons})" + (f", see {rejected}" if rejected else "")
    return line

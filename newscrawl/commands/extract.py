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

from scrapy import Spider
from scrapy.commands import ScrapyCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.misc import build_from_crawler, load_object

from newscrawl.arguments import CrawlOptions
from newscrawl.commands.crawl import fail
from newscrawl.errors import Dropped, NewscrawlError, OutputError, UsageError
from newscrawl.extensions.workers import WorkersExtension
from newscrawl.items import Article, as_record
from newscrawl.outcomes import Reason, Rejection
from newscrawl.saved.archive import read_inputs
from newscrawl.saved.reextraction import Extracted, extract_all
from newscrawl.urls import article_id

PAGE_PIPELINES = ("HeadlinePipeline", "ValidatePipeline", "DedupPipeline")
"""Those entries of ``ITEM_PIPELINES`` that look at one article alone, by their class names; the rest needs a store."""

RUN_ID = "extract"
PROGRESS_S = 0.25


class Command(ScrapyCommand):
    """Exit codes: 0 fine; 1 OUT could not be written; 2 a mistake in the arguments; 3 not one article."""

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
            "a folder of them, or a WARC file; - reads JSON Lines from stdin. "
            "One record per article is written, in input order."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-o", "--output", metavar="OUT", default="-", help="write here (default: stdout)")
        parser.add_argument("--rejected", metavar="FILE", help="write pages that gave no article here, with reasons")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            if not args:
                raise UsageError("usage: scrapy extract INPUT... [-o OUT] [--rejected FILE]")
            self.exitcode = asyncio.run(self.extract(args, opts.output, opts.rejected))
        except NewscrawlError as error:
            fail(error)
        except KeyboardInterrupt:
            self.exitcode = 130

    async def extract(self, inputs: list[str], output: str, rejected: str | None) -> int:
        """Write the records of *inputs* and return the exit code."""
        assert self.settings is not None
        crawler = idle_crawler(self.settings)
        logging.getLogger("newscrawl").setLevel(self.settings.get("LOG_LEVEL"))
        pipelines = page_pipelines(crawler)
        pool = WorkersExtension.from_crawler(crawler).pool
        counts: Counter[str] = Counter()
        started = time.monotonic()
        pool.start()
        try:
            with _writing(output) as records, _writing(rejected) as refusals, _progress(counts) as show:
                async for one in extract_all(pool, read_inputs(inputs), datetime.now(UTC)):
                    result = through(pipelines, one)
                    row = as_record(result) if isinstance(result, Article) else _refusal(one, result)
                    counts["articles" if isinstance(result, Article) else result.reason.value] += 1
                    _write(records if isinstance(result, Article) else refusals, row)
                    show()
        finally:
            pool.close()
        if not counts:
            raise UsageError(f"no page in {', '.join(inputs)}")
        print(_summary(counts, time.monotonic() - started, rejected), file=sys.stderr)
        return 0 if counts["articles"] else 3


class _Reader(Spider):
    """What the pipelines take for the news spider of a crawl: it has options, and asks for nothing."""

    options = CrawlOptions(sources=())


def idle_crawler(settings: Settings) -> Crawler:
    """Return a crawler that never runs: what pipelines and workers are built from."""
    crawler = Crawler(Spider, settings)
    crawler.stats = MemoryStatsCollector(crawler)
    crawler.spider = _Reader(name="extract")
    return crawler


def page_pipelines(crawler: Crawler) -> list[Any]:
    """Return the enabled pipelines that look at one article alone, in their order."""
    entries = crawler.settings.getdict("ITEM_PIPELINES")
    wanted = [name for name in entries if isinstance(name, str) and name.rsplit(".", 1)[-1] in PAGE_PIPELINES]
    wanted = sorted((name for name in wanted if entries[name] is not None), key=lambda name: int(entries[name]))
    return [build_from_crawler(load_object(name), crawler) for name in wanted]


def through(pipelines: list[Any], one: Extracted) -> Article | Rejection:
    """Return the article of *one* as the pipelines leave it, or why it is none."""
    article = one.result
    if isinstance(article, Rejection):
        return article
    if not article.url and one.page.path is not None:
        article.url = one.page.path.resolve().as_uri()
        article.id = article_id(article.url)
    article.source, article.run_id = one.page.source, RUN_ID
    article.discovered_at, article.story_id = article.fetched_at, article.id
    try:
        for pipeline in pipelines:
            pipeline.process_item(article)
    except Dropped as drop:
        return Rejection(article.url, drop.reason, drop.detail)
    except DropItem as drop:
        return Rejection(article.url, Reason.DROPPED, str(drop))
    return article


def _refusal(one: Extracted, rejection: Rejection) -> dict[str, str]:
    return {
        "source": one.page.source,
        "url": rejection.url,
        "reason": rejection.reason.value,
        "detail": rejection.detail,
    }


def _write(file: IO[str] | None, row: dict[str, Any]) -> None:
    if file is not None:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


@contextlib.contextmanager
def _writing(name: str | None) -> Iterator[IO[str] | None]:
    """Open *name* so that it appears whole, by rename, or not at all; ``-`` is stdout, None nothing."""
    if name is None:
        yield None
        return
    if name == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    path, part = Path(name), Path(f"{name}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
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

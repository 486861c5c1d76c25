"""Runs one crawl in this process and says what it comes to: for the commands and for scripts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from twisted.internet.defer import Deferred
from twisted.python.failure import Failure

from newscrawl import settings as defaults
from newscrawl.collector import give_back_pages, keep_loaded
from newscrawl.configuration import Configuration
from newscrawl.errors import NewscrawlError
from newscrawl.exits import EXIT_CODE, exit_code_of, handle_exit_code
from newscrawl.sources.catalogue import SITES

__all__ = ["exit_code", "exit_code_of", "read_arguments", "run", "sentence"]


def run(spider: type[Spider] | None = None, settings: dict[str, Any] | None = None, **arguments: Any) -> int:
    """Crawl as ``scrapy crawl`` does and return its exit code; a person's mistake is one sentence on stderr.

    *spider* is a class, the news spider if None; *settings* go before ours; *arguments* are the spider's. Scrapy's
    reactor runs once in a process, so this can be called once.

    >>> sys.exit(newscrawl.process.run(url="https://example.com", settings={"NEWSCRAWL_CONTACT": "me@example.com"}))
    """
    from newscrawl.spiders.news import NewsSpider

    chosen = Settings()
    chosen.setmodule(defaults, priority="project")
    chosen.setdict(settings or {}, priority="cmdline")
    kind: Any = spider or NewsSpider
    try:
        arguments = read_arguments(kind, arguments, Configuration.read(chosen).output_dir)
        process = AsyncCrawlerProcess(chosen)
        return exit_code(process, process.create_crawler(kind), **arguments)
    except NewscrawlError as error:
        print(sentence(error), file=sys.stderr)
        return error.exit_code


def read_arguments(spider: type[Spider], given: dict[str, Any], folder: Path | None = None) -> dict[str, Any]:
    """Return *given* as the spider takes it, read before anything starts: a mistake is all that is printed.

    A spider that reads no options of ours gets its arguments as they are, and a subclass of the news spider those that
    its ``__init__`` names. The index of a big sites file stands in the output *folder*. Raises :class:`NewscrawlError`.
    """
    parse_options = getattr(spider, "parse_options", None)
    if parse_options is None:
        return given
    own: frozenset[str] = getattr(spider, "own_arguments", frozenset)()
    return {
        "options": parse_options(given, folder and folder / SITES),
        **{name: value for name, value in given.items() if name in own},
    }


def exit_code(process: Any, crawler: Crawler, **arguments: Any) -> int:
    """Crawl with *process*, a ``CrawlerProcess`` of either kind, and return the exit code.

    0: fine, also when nothing was new. 1: a crash, or something could not be written. 3: finished, but nothing could
    be got. Raises :class:`NewscrawlError` where a person's mistake ended the crawl.
    """
    handle_exit_code(crawler)
    crawling = process.crawl(crawler, **arguments)
    errors: list[BaseException] = []
    if isinstance(crawling, Deferred):

        def keep(failure: Failure) -> None:
            errors.append(failure.value or RuntimeError("the crawl failed without an exception"))

        crawling.addErrback(keep)
    keep_loaded()
    give_back_pages()
    process.start()
    if not isinstance(crawling, Deferred) and crawling.done() and not crawling.cancelled() and crawling.exception():
        errors.append(crawling.exception())
    if errors:
        raise errors[0]
    if process.bootstrap_failed:
        return 1
    assert crawler.stats is not None
    code: int | None = crawler.stats.get_value(EXIT_CODE)
    if code is None and hasattr(crawler.spider, "options"):
        raise NewscrawlError("stopped at once; the next run completes what this one wrote and goes on from there")
    return code or 0


def sentence(error: NewscrawlError) -> str:
    """Return what is printed for *error*."""
    return str(error) if str(error).startswith("usage:") else f"newscrawl: {error}"

"""What the promise costs: the same crawl with the store, and writing plain lines without it, in turn.

    python -m tests.benchmarks.store_cost [--stories 400] [--rounds 7] [--small | --pages DIR] [--polite] [--postgres]

Both fetch the same list of pages from a server of its own process over loopback, extract them in workers with what
earlier pages taught about their site, and compute the same fingerprint; one hands them to the store, which forgets
nothing and writes nothing twice, the other to Scrapy's feed export, which does neither.

The pages are those of ``tests.benchmarks.newspages``, on eight hosts. ``--small``: of 2 kB instead, from one host, the
unfavourable case. ``--pages DIR``: saved ones, ``DIR/pages.jsonl`` has ``{"file", "url"}`` of each. There is no delay
between requests but with ``--polite``, the project's own. ``--stories 1`` shows what it costs to begin. ``--postgres``:
the store is a PostgreSQL of the benchmark's own, on a private socket and with ``fsync`` on; its processor time is told.

Prints for each round, and as the median of the rounds' ratios: seconds by the clock, and of processor time, user and
system, of the main process alone and of all processes together (the server not among them).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scrapy import Request, Spider, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.utils.project import get_project_settings

from newscrawl.configuration import Configuration
from newscrawl.extensions.workers import WorkersExtension
from newscrawl.extraction import Observation, memory_key
from newscrawl.extraction.learned.site_memory import OBSERVATIONS as KEPT
from newscrawl.items import Article
from newscrawl.responses import page_of
from newscrawl.similarity.compared import RecentTexts
from newscrawl.sites.classes import site_book
from newscrawl.spiders.news import NewsSpider
from newscrawl.workers.pool import WorkerPool
from tests.benchmarks.pageserver import PageServer
from tests.benchmarks.processes import Spent, measured
from tests.crawling import FAST

if TYPE_CHECKING:
    from tests.postgres import Server

WAYS = ("store", "plain")
URLS = "urls.txt"
MODULE = [sys.executable, "-m", "tests.benchmarks.store_cost"]


class PlainSpider(Spider):
    """Fetches a list and extracts it, as ``NewsSpider`` does, and remembers nothing when it ends."""

    name = "plain"

    def __init__(self, urls: list[str], named_hosts: frozenset[str]) -> None:
        super().__init__()
        self.urls = urls
        self.named_hosts = named_hosts
        self.taught: defaultdict[str, deque[Observation]] = defaultdict(lambda: deque(maxlen=KEPT))

    async def start(self) -> AsyncIterator[Any]:
        for url in self.urls:
            yield Request(url, dont_filter=True)

    async def parse(self, response: Response) -> AsyncIterator[Article]:
        workers = self.crawler.get_extension(WorkersExtension)
        assert workers is not None
        page = page_of(response)
        taught = self.taught[memory_key(response.url)]
        async with workers.pool.turns:
            result, observation = await workers.pool.extract(page, response.url, tuple(taught))
        if observation is not None:
            taught.append(observation)
        if isinstance(result, Article):
            yield result


class PlainWorkers(WorkersExtension):
    """The workers of a spider without a store."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> WorkersExtension:
        chosen = Configuration.read(crawler.settings)
        pool = WorkerPool(
            size=chosen.workers or min(4, os.cpu_count() or 1),
            timeout_s=chosen.parse_timeout_s,
            memory_mib=chosen.parse_memory_mib,
            max_tasks=chosen.worker_tasks,
            learn_sites=chosen.learn_sites,
            sites=site_book(chosen.sites_dir, ()),
            texts=RecentTexts(),
        )
        extension = cls(pool, crawler.stats)
        crawler.signals.connect(extension.close, signals.engine_stopped)
        return extension


def crawl(way: str, folder: Path, output: Path, given: dict[str, str]) -> None:
    """Crawl the list in *folder* into *output*; both ways begin alike, so that what differs is the store."""
    settings = get_project_settings()
    settings.setdict(given)
    process = AsyncCrawlerProcess(settings)
    if way == "store":
        settings.set("NEWSCRAWL_OUTPUT_DIR", str(output))
        process.crawl(NewsSpider, urls=str(folder / URLS))
    else:
        settings.set("FEEDS", {str(output / "plain.jsonl"): {"format": "jsonlines"}})
        settings["EXTENSIONS"]["tests.benchmarks.store_cost.PlainWorkers"] = 0
        settings["ITEM_PIPELINES"]["pipelines.jsonl.JsonlPipeline"] = None
        settings.set("NEWSCRAWL_MAX_DOCUMENTS", 0)  # the plain spider does not say which of its requests are articles
        urls = (folder / URLS).read_text("utf-8").splitlines()
        process.crawl(PlainSpider, urls=urls, named_hosts=frozenset(url.split("/")[2] for url in urls))
    process.start()


class Round(NamedTuple):
    """What one pair spent, and how many lines it wrote."""

    store: Spent
    plain: Spent
    stored: int
    copied: int


def run_pair(folder: Path, number: int, given: dict[str, str]) -> Round:
    """Crawl both ways, in an order that alternates."""
    outputs = {way: folder / f"{way}-{number}" for way in WAYS}
    spent = {
        way: measured([*MODULE, "--crawl", way, str(folder), str(outputs[way]), json.dumps(given)])
        for way in (WAYS if number % 2 else WAYS[::-1])
    }
    stored, copied = (
        sum(len(path.read_bytes().splitlines()) for path in outputs[way].glob(files))
        for way, files in zip(WAYS, ("articles/*/*.jsonl", "plain.jsonl"), strict=True)
    )
    return Round(spent["store"], spent["plain"], stored, copied)


def compare(urls: list[str], rounds: int, given: dict[str, str], database: Server | None = None) -> list[Round]:
    """Crawl both ways so often; *database*: each time the store is a schema of it."""
    from tests.benchmarks.claims import server_time  # the crawls themselves load nothing of it

    done = []
    began = 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / URLS).write_text("\n".join(urls), "utf-8")
        for number in range(rounds + 1):  # the first is a warm-up
            where = {"NEWSCRAWL_STORE": database.new_schema(f"round{number}")} if database else {}
            pair = run_pair(folder, number, given | where)
            if database and not number:
                began = server_time(database)
            if number:
                done.append(pair)
                print(f"store {pair.store} · plain {pair.plain}", flush=True)
    if database:
        spent = (server_time(database) - began) / rounds
        print(f"the database's own processor time: {1000 * spent / len(urls):.2f} ms a page")
    return done


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--polite", action="store_true")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--crawl", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.crawl:
        way, folder, output, given = options.crawl
        crawl(way, Path(folder), Path(output), json.loads(given))
        return
    from tests.postgres import server as postgres_server

    database = postgres_server(fsync="on") if options.postgres else nullcontext()
    with PageServer(options.stories, small=options.small, saved=options.pages) as server, database as made:
        rounds = compare(server.urls, options.rounds, {} if options.polite else FAST, made)
        complete = options.pages is not None or all(one.stored == one.copied == len(server.urls) for one in rounds)
    last = rounds[-1]
    lines = f"{last.stored} lines with the store, {last.copied} plain"
    print(f"{len(server.urls)} pages, {lines}, load {os.getloadavg()[0]:.1f}")
    for name in ("wall", "main", "all"):
        ratios = [getattr(one.store, name) / getattr(one.plain, name) for one in rounds]
        extra = statistics.median(getattr(one.store, name) - getattr(one.plain, name) for one in rounds)
        print(
            f"{name:5} store / plain: median {statistics.median(ratios):.3f} ({min(ratios):.3f}-{max(ratios):.3f}), "
            f"{1000 * extra / len(server.urls):+.2f} ms a page"
        )
    assert complete, "lines are missing"


if __name__ == "__main__":
    main()

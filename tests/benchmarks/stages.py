"""Where a page's time goes: the processor time of each stage, a page, in the worker and in the main process.

    python -m tests.benchmarks.stages [--stories 150] [--pages DIR]

The stages of extraction are timed in one process over the pages; those of the crawl in its main process, while it
crawls the same pages over loopback with everything on. A stage's time is its own, without that of stages within it.
Without ``--pages DIR`` (``DIR/pages.jsonl`` has ``{"file", "url"}`` of each) the pages are made up.
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.pageserver import PageServer
from tests.crawling import FAST, ROOT

READING = "newscrawl.extraction.reading"
DATES = "newscrawl.extraction.metadata.dates"
SEARCH = "newscrawl.extraction.finder.search"
EXTRACTION = {
    "decode": ((READING, "read"),),
    "parse": ((READING, "parse"),),
    "declarations": ((READING, "Declared"),),
    "title": ((READING, "choose_title"),),
    "authors": ((READING, "choose_authors"),),
    "dates": (
        ("newscrawl.extraction.metadata.dates", "published"),
        ("newscrawl.extraction.metadata.dates", "modified"),
    ),
    "language": ((READING, "choose_language"),),
    "image": ((READING, "choose_image"),),
    "pager": ((READING, "find_pager"),),
    "nodes": ((READING, "nodes_of"),),
    "copy, next stories": ((READING, "copy"), (READING, "next_stories")),
    "prune": ((READING, "prune"),),
    "blocks": ((SEARCH, "blocks_of"),),
    "site's template": ((READING, "serve"), (READING, "without_regions"), (READING, "put_back")),
    "what it teaches": ((SEARCH, "shape_of"), (READING, "whole_shape")),
    "record": ((READING, "Article"),),
    "finder": ((SEARCH, "find_text"),),
    "paragraphs": ((SEARCH, "paragraphs"),),
    "cuts of lines": ((SEARCH, "cut_lines"),),
    "deck, rescue": ((READING, "with_deck"), (READING, "rescue")),
    "kind": ((READING, "page_kind"),),
    "related": ((READING, "related_links"),),
    "site's memory": ((READING, "observe"), (READING, "repeated")),
}
"""Functions by stage, where their caller looks them up; one that a version does not have is not timed."""

CRAWL = {
    "hand-over": (("multiprocessing.connection", "Connection.send"), ("multiprocessing.connection", "Connection.recv")),
    "transaction": (("newscrawl.store.session", "commit"),),
    "log": (("logging", "Logger.handle"),),
}


class Clock:
    """Sums the processor time of stages, each thread's own."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self.calls: defaultdict[str, int] = defaultdict(int)
        self._inner = threading.local()

    def timed(self, stage: Callable[..., str], function: Callable[..., Any]) -> Callable[..., Any]:
        """Return *function* with its time counted for the stage that *stage* names, given its arguments."""

        def run(*args: Any, **kwargs: Any) -> Any:
            outer, self._inner.seconds = getattr(self._inner, "seconds", 0.0), 0.0
            began = time.thread_time()
            try:
                return function(*args, **kwargs)
            finally:
                spent = time.thread_time() - began
                name = stage(*args, **kwargs)
                self.spent[name] += spent - self._inner.seconds
                self.calls[name] += 1
                self._inner.seconds = outer + spent

        return run

    @contextmanager
    def watching(self, stages: dict[str, tuple[tuple[str, str], ...]]) -> Iterator[None]:
        """Time the functions of *stages* meanwhile."""
        undo: list[tuple[Any, str, Any]] = []
        for stage, functions in stages.items():
            for module, path in functions:
                *owners, name = path.split(".")
                owner: Any = importlib.import_module(module)
                for one in owners:
                    owner = getattr(owner, one)
                if (function := getattr(owner, name, None)) is not None:
                    undo.append((owner, name, function))
                    setattr(owner, name, self.timed(namer(stage), function))
        try:
            yield
        finally:
            for owner, name, function in undo:
                setattr(owner, name, function)


def namer(stage: str) -> Callable[..., str]:
    """Return what names a call of *stage*: the finder is told by how it searches."""
    if stage == "finder":
        return lambda *_, fast=True, **__: "finder, quick" if fast else "finder, thorough"
    return lambda *_, **__: stage


def extraction(pages: Iterable[tuple[bytes, str]]) -> list[tuple[str, float, int]]:
    """Return the stages of extraction: name, milliseconds a page and calls."""
    from newscrawl.extraction import Page, extract, warm
    from newscrawl.items import Article
    from newscrawl.similarity.compared import compared_text

    warm()
    clock, count, now = Clock(), 0, datetime.now(UTC)
    compare = clock.timed(lambda *_: "sketches", compared_text)
    with clock.watching(EXTRACTION):
        began = time.thread_time()
        for body, url in pages:
            result, _ = extract(Page(body, fetched_at=now), url)
            if isinstance(result, Article):
                compare(result.title, result.body, (result.publisher, result.site))
            count += 1
        whole = time.thread_time() - began
    rest = whole - sum(clock.spent.values())
    rows = [(name, 1000 * spent / count, clock.calls[name]) for name, spent in clock.spent.items()]
    return [*sorted(rows, key=lambda row: -row[1]), ("the rest of extraction", 1000 * rest / count, count)]


def crawl(urls: str, output: str) -> None:
    """Crawl the list of *urls* in this process and print what its stages took, in seconds."""
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.utils.project import get_project_settings

    from newscrawl.spiders.news import NewsSpider

    settings = get_project_settings()
    settings.setdict(FAST | {"NEWSCRAWL_OUTPUT_DIR": output})
    clock = Clock()
    with clock.watching(CRAWL):
        process = AsyncCrawlerProcess(settings)
        process.crawl(NewsSpider, urls=urls)
        began = time.process_time()
        process.start()
        whole = time.process_time() - began
    print(json.dumps({"start": began, "whole": whole, **clock.spent}))


def main_process(server: PageServer) -> list[tuple[str, float, int]]:
    """Return the stages of the crawl's main process: name, milliseconds a page and pages."""
    count = len(server.urls)
    with tempfile.TemporaryDirectory() as name:
        listed = Path(name, "urls.txt")
        listed.write_text("\n".join(server.urls), "utf-8")
        command = [sys.executable, "-m", "tests.benchmarks.stages", "--crawl", str(listed), name]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    spent: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    whole = spent.pop("whole")
    start = spent.pop("start")
    rows = [(name, 1000 * seconds / count, count) for name, seconds in spent.items()]
    engine = 1000 * (whole - sum(spent.values())) / count
    rows = sorted([*rows, ("fetch and engine", engine, count)], key=lambda row: -row[1])
    return [*rows, ("imports and start, once", 1000 * start, 1)]


def saved(folder: Path, count: int) -> Iterator[tuple[bytes, str]]:
    """Yield so many pages from all over the folder, and their URLs."""
    rows = (folder / "pages.jsonl").read_text("utf-8").splitlines()
    for number in range(min(count, len(rows))):
        row = json.loads(rows[len(rows) * number // min(count, len(rows))])
        yield (folder / row["file"]).read_bytes(), row["url"] or "https://unknown.example/a"


def lines(title: str, rows: list[tuple[str, float, int]]) -> Iterator[str]:
    """Yield a Markdown table of *rows*; what happens once is no part of the whole."""
    whole = sum(spent for _, spent, calls in rows if calls > 1 or len(rows) == 1)
    yield f"| {title} | ms a page | share | calls |"
    yield "|---|---|---|---|"
    for name, spent, calls in rows:
        share = f"{100 * spent / whole:.0f} %" if calls > 1 and whole else ""
        yield f"| {name} | {spent:.2f} | {share} | {calls} |"
    yield f"| all | {whole:.2f} | | |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=150)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--crawl", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.crawl:
        crawl(*options.crawl)
        return
    with PageServer(options.stories, saved=options.pages) as server:
        if options.pages:
            pages = list(saved(options.pages, options.stories))
        else:
            pages = [(server.page(url), url) for url in server.urls]
        print("\n".join(lines("in a worker", extraction(pages))), flush=True)
        print()
        print("\n".join(lines("in the main process", main_process(server))))


if __name__ == "__main__":
    main()

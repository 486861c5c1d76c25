"""What a crawl keeps in memory does not grow with the pages that it fetched."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections import Counter, deque
from pathlib import Path
from typing import Any

from scrapy import signals

from tests.benchmarks.pageserver import PageServer
from tests.crawling import FAST, ROOT

FEW, MANY = 20, 100  # pages
OURS = ("newscrawl", "pipelines", "scrapy")
BOUNDED = {
    "newscrawl.store.recent_hashes.RecentHashes._latest",  # at 50,000, of 8 bytes each
    "newscrawl.store.index.stories.StoryIndex.pages",  # at 10,000
}
"""What grows, up to a bound."""

GIVEN = {
    "newscrawl.sources.source.Source.listed",  # what the person named
}


def test_nothing_grows_with_the_pages_of_a_run_but_what_has_a_bound(tmp_path):
    kept = [kept_after(pages, tmp_path / str(pages)) for pages in (FEW, MANY)]

    grown = {name: (kept[0].get(name, 0), count) for name, count in kept[1].items()}
    much = {name for name, (few, many) in grown.items() if many - few >= (MANY - FEW) / 2}
    assert len(grown) > 100
    assert much <= BOUNDED | GIVEN, {name: grown[name] for name in much - BOUNDED - GIVEN}


def kept_after(pages: int, folder: Path) -> dict[str, int]:
    """Return how much each kind of object holds when so many pages were fetched, in a process of its own."""
    folder.mkdir()
    with PageServer(pages, small=True) as server:
        (folder / "urls.txt").write_text("\n".join(server.urls), "utf-8")
        command = [sys.executable, "-m", "tests.integration.test_flat_memory", str(folder)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    kept: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return kept


def sizes() -> Counter[str]:
    """Return how many objects of each class of ours and Scrapy's there are, and how much their containers hold."""
    gc.collect()
    found: Counter[str] = Counter()
    for one in gc.get_objects():
        kind = type(one)
        if str(kind.__module__).partition(".")[0] not in OURS:
            continue
        name = f"{kind.__module__}.{kind.__qualname__}"
        found[name] += 1
        slots = getattr(kind, "__slots__", ())
        held = {slot: getattr(one, slot, None) for slot in ((slots,) if isinstance(slots, str) else slots)}
        for attribute, value in (held | getattr(one, "__dict__", {})).items():
            if isinstance(value, dict | set | list | tuple | deque):
                found[f"{name}.{attribute}"] += len(value)
    return found


def crawl(folder: Path) -> None:
    """Crawl the list in *folder* and print what is kept when the spider has closed."""
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.utils.project import get_project_settings

    from newscrawl.spiders.news import NewsSpider

    settings = get_project_settings()
    settings.setdict(FAST | {"NEWSCRAWL_OUTPUT_DIR": str(folder / "output")})
    process = AsyncCrawlerProcess(settings)
    crawler: Any = process.create_crawler(NewsSpider)
    kept: Counter[str] = Counter()
    crawler.signals.connect(lambda: kept.update(sizes()), signals.spider_closed, weak=False)
    process.crawl(crawler, urls=str(folder / "urls.txt"))
    process.start()
    print(json.dumps(kept))


if __name__ == "__main__":
    crawl(Path(sys.argv[1]))

"""Two crawls at once over one sites file and one PostgreSQL, each into a folder of its own."""

from __future__ import annotations

import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from tests.commands import start
from tests.crawling import FAST, crawl
from tests.integration.conftest import postgres_server, postgres_url  # noqa: F401
from tests.newspaper import article, headline, rss
from tests.site import Site

FRIDAY = "Fri, 20 Nov 2026 08:00:00 GMT"
SOURCES = 10


def test_two_workers_crawl_one_sites_file_and_write_each_story_once(tmp_path, postgres_url):  # noqa: F811
    with ExitStack() as stack:
        papers = [stack.enter_context(Site(f"127.0.0.{number}")) for number in range(2, SOURCES + 2)]
        for number, paper in enumerate(papers):
            numbers = (2 * number + 1, 2 * number + 2, 99)  # the last one is an agency's, and stands in all
            paper.pages["/feed.xml"] = rss([(f"{paper.url}/story/{n}", headline(n), FRIDAY) for n in numbers])
            paper.pages |= {f"/story/{n}": article(n) for n in numbers}
        sites = tmp_path / "sites.toml"
        sites.write_text(
            "".join(f'[s{n}]\nfeeds = "{paper.url}/feed.xml"\n' for n, paper in enumerate(papers)), "utf-8"
        )
        settings = FAST | {"NEWSCRAWL_STORE": postgres_url, "NEWSCRAWL_ALLOW_PRIVATE": "127.0.0.0/8"}

        def run(name: str):
            return crawl("news", tmp_path / name, sites=sites, settings=settings)

        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(run, ("one", "two")))
        third = run("one")

    titles = Counter(record["title"] for one in (done[1], third) for record in one.records)
    assert titles == dict.fromkeys([*map(headline, [*range(1, 2 * SOURCES + 1), 99])], 1), done[0].stderr
    assert [one.code for one in (*done, third)] == [0, 0, 0]
    assert {paper.hits["/feed.xml"] for paper in papers} == {1}


def test_workers_that_are_all_told_to_end_lose_and_repeat_nothing(tmp_path, postgres_url):  # noqa: F811
    with ExitStack() as stack:
        papers = [stack.enter_context(Site(f"127.0.0.{number}")) for number in (2, 3)]
        for number, paper in enumerate(papers):
            numbers = range(10 * number + 1, 10 * number + 8)
            paper.pages["/feed.xml"] = rss([(f"{paper.url}/story/{n}", headline(n), FRIDAY) for n in numbers])
            paper.pages |= {f"/story/{n}": article(n) for n in numbers}
        sites = tmp_path / "sites.toml"
        sites.write_text("".join(f'[s{n}]\nfeeds = "{paper.url}/feed.xml"\n' for n, paper in enumerate(papers)))
        settings = FAST | {"NEWSCRAWL_STORE": postgres_url, "NEWSCRAWL_ALLOW_PRIVATE": "127.0.0.0/8"}
        slow = [f"{name}={value}" for name, value in (settings | {"DOWNLOAD_DELAY": "0.5"}).items()]
        words = [word for setting in slow for word in ("-s", setting)]

        workers = [
            stack.enter_context(
                start("crawl", "news", "-a", f"sites={sites}", *words, "-s", f"NEWSCRAWL_OUTPUT_DIR={tmp_path / name}")
            )
            for name in ("one", "two")
        ]
        while sum(paper.hits.total() for paper in papers) < 6:
            time.sleep(0.05)
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        codes = [worker.wait(100) for worker in workers]
        after = [crawl("news", tmp_path / name, sites=sites, settings=settings) for name in ("one", "two")]

    titles = Counter(record["title"] for done in after for record in done.records)
    assert titles == dict.fromkeys(map(headline, [*range(1, 8), *range(11, 18)]), 1)
    assert codes == [0, 0]

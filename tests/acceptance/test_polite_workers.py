"""Workers that share a PostgreSQL: one host is asked by one of them at a time, and all keep to what it said."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from tests.crawling import FAST, ROOT, crawl
from tests.integration.conftest import postgres_server, postgres_url  # noqa: F401
from tests.newspaper import article, headline, rss
from tests.site import Answer, Site

FRIDAY = "Fri, 20 Nov 2026 08:00:00 GMT"
BUSY = (503, {"Retry-After": "3000"}, b"busy")
ROBOTS = "User-agent: *\nDisallow: /private\n"


class LoggedSite(Site):
    """A site that knows in which order which worker asked."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.asked: list[tuple[str, str]] = []
        """User agent and path of each request."""

    def serve(self, pages: dict[str, str | Answer]) -> None:
        """Serve *pages*, and a robots.txt."""
        self.pages |= {path: self.logged(page) for path, page in {"/robots.txt": ROBOTS, **pages}.items()}

    def logged(self, page: str | Answer) -> Callable[[Any], Answer]:
        def answer(request: Any) -> Answer:
            self.asked.append((request.headers["User-Agent"], request.path))
            return page if isinstance(page, tuple) else (200, {}, page.encode())

        return answer

    def workers(self) -> list[str]:
        """Return the workers that asked, in order, each as often as it took over from another."""
        return [name for name, _ in groupby(agent for agent, _ in self.asked)]


def settings_of(worker: str, url: str, **more: str) -> dict[str, str]:
    return FAST | {
        "NEWSCRAWL_STORE": url,
        "NEWSCRAWL_ALLOW_PRIVATE": "127.0.0.0/8",
        "USER_AGENT": worker,
        "DOWNLOAD_DELAY": "0.2",
        **more,
    }


def publish(site: LoggedSite, feed: str, numbers: range) -> None:
    site.serve(
        {
            f"/{feed}.xml": rss([(f"{site.url}/story/{n}", headline(n), FRIDAY) for n in numbers]),
            **{f"/story/{n}": article(n) for n in numbers},
        }
    )


def test_sources_that_share_a_host_are_crawled_by_one_worker_at_a_time(tmp_path, postgres_url):  # noqa: F811
    with ExitStack() as stack:
        shared, other = (stack.enter_context(LoggedSite(f"127.0.0.{number}")) for number in (2, 3))
        publish(shared, "sport", range(1, 5))
        publish(shared, "city", range(5, 9))
        publish(other, "news", range(9, 13))
        feeds = {"sport": shared, "city": shared, "news": other}
        sites = tmp_path / "sites.toml"
        sites.write_text("".join(f'[{name}]\nfeeds = "{site.url}/{name}.xml"\n' for name, site in feeds.items()))

        def run(worker: str) -> Any:
            return crawl("news", tmp_path / worker, sites=sites, settings=settings_of(worker, postgres_url))

        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(run, ("one", "two")))
        third = run("three")

    titles = [record["title"] for worker in (*done, third) for record in worker.records]
    assert sorted(titles) == sorted(map(headline, range(1, 13))), done[0].stderr
    for site in (shared, other):
        assert len(site.workers()) == len(set(site.workers())), site.asked
        assert site.hits["/robots.txt"] == 1


def test_what_a_host_asked_of_one_worker_holds_for_the_others(tmp_path, postgres_url):  # noqa: F811
    with LoggedSite("127.0.0.2") as site:
        site.serve({"/feed.xml": BUSY})
        sites = tmp_path / "sites.toml"
        sites.write_text(f'[s]\nfeeds = "{site.url}/feed.xml"\n')
        crawl("news", tmp_path / "one", sites=sites, settings=settings_of("one", postgres_url))
        asked = len(site.asked)

        done = crawl("news", tmp_path / "two", sites=sites, force=1, settings=settings_of("two", postgres_url))

    assert asked > 0
    assert site.asked[asked:] == [], done.stderr


@pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not installed")
def test_a_worker_whose_clock_is_an_hour_ahead_waits_as_long(tmp_path, postgres_url):  # noqa: F811
    with LoggedSite("127.0.0.2") as site:
        site.serve({"/feed.xml": BUSY})
        sites = tmp_path / "sites.toml"
        sites.write_text(f'[s]\nfeeds = "{site.url}/feed.xml"\n')
        crawl("news", tmp_path / "one", sites=sites, settings=settings_of("one", postgres_url))
        asked = len(site.asked)
        settings = settings_of("two", postgres_url, NEWSCRAWL_OUTPUT_DIR=str(tmp_path / "two"))

        done = run_ahead(sites, settings)

    assert asked > 0
    assert done.returncode in (0, 3), done.stderr
    assert site.asked[asked:] == [], done.stderr


def run_ahead(sites: Path, settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Crawl in a process whose clock is an hour ahead."""
    words = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    command = [
        "faketime",
        "-f",
        "+1h",
        sys.executable,
        "-m",
        "scrapy",
        "crawl",
        "news",
        "-a",
        f"sites={sites}",
        "-a",
        "force=1",
    ]
    command += words
    return subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=200, check=False)

"""How long a crawl keeps the event loop busy at a stretch, on documents as large as there are.

    python -m tests.benchmarks.loop [--sitemap 50000] [--feed 10000] [--pages 30]

A site's robots.txt names a sitemap of so many entries, and its home page a feed of so many; a run reads both and writes
so many articles. While a callback of ours runs, no download gets on.

Prints the longest stretches, in milliseconds of the processor time of the loop's thread, which other programs on the
machine do not lengthen, and what ran.
"""

from __future__ import annotations

import argparse
import asyncio
import heapq
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from newscrawl.collector import collect_less
from newscrawl.process import run
from tests.benchmarks.newspages import page
from tests.crawling import FAST, ROOT
from tests.site import Site

SHOWN = 8
DAY = "2026-11-{:02d}T{:02d}:{:02d}:00Z"


def stories(count: int, kind: str) -> Iterator[tuple[str, str]]:
    """Yield path and date of so many stories."""
    for number in range(count):
        yield f"/2026/11/{kind}-story-of-the-harbour-{number}", DAY.format(number % 27 + 1, number % 24, number % 60)


def sitemap(origin: str, count: int) -> str:
    entries = (f"<url><loc>{origin}{path}</loc><lastmod>{date}</lastmod></url>" for path, date in stories(count, "map"))
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(entries)}</urlset>'


def feed(origin: str, count: int) -> str:
    items = (
        f"<entry><id>{path}</id><title>The harbour, part {path}</title><updated>{date}</updated>"
        f'<link href="{origin}{path}"/></entry>'
        for path, date in stories(count, "feed")
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title>{"".join(items)}</feed>'


class Stretches:
    """The longest stretches in which one callback had the loop: milliseconds, and what it was."""

    def __init__(self) -> None:
        self.longest: list[tuple[float, str]] = []

    def add(self, spent_ms: float, name: str) -> None:
        push = heapq.heappush if len(self.longest) < SHOWN else heapq.heappushpop
        push(self.longest, (spent_ms, name))

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Time every callback of every event loop meanwhile."""
        handle: Any = asyncio.Handle
        plain = handle._run

        def timed(self_: Any) -> None:
            began = time.thread_time()
            plain(self_)
            self.add(1000 * (time.thread_time() - began), name_of(self_))

        handle._run = timed
        try:
            yield
        finally:
            handle._run = plain


def name_of(handle: Any) -> str:
    """Return what *handle* runs: of a task, the function that it is in now."""
    task = getattr(handle._callback, "__self__", None)
    if not isinstance(task, asyncio.Task):
        return str(getattr(handle._callback, "__qualname__", handle._callback))
    coroutine: Any = task.get_coro()
    names = []
    while coroutine is not None and hasattr(coroutine, "__qualname__"):
        names.append(coroutine.__qualname__)
        coroutine = getattr(coroutine, "cr_await", None) or getattr(coroutine, "ag_await", None)
    return " > ".join(names)


def crawl(url: str, output: str, pages: int) -> Stretches:
    """Crawl *url* in this process, as the command does; return what kept its loop busy."""
    collect_less()
    stretches = Stretches()
    with stretches.watching():
        run(url=url, limit=str(pages), settings=FAST | {"NEWSCRAWL_OUTPUT_DIR": output})
    return stretches


def measured(sitemap_entries: int, feed_entries: int, pages: int) -> list[tuple[float, str]]:
    """Return the longest stretches of a crawl of such a site, the longest first: milliseconds, and what ran."""
    with Site() as site, tempfile.TemporaryDirectory() as output:
        xml = {"Content-Type": "application/xml"}
        site.pages = {
            "/robots.txt": f"User-agent: *\nAllow: /\nSitemap: {site.url}/sitemap.xml\n",
            "/": '<html><head><link rel="alternate" type="application/atom+xml" href="/feed"></head></html>',
            "/sitemap.xml": (200, xml, sitemap(site.url, sitemap_entries).encode()),
            "/feed": (200, xml, feed(site.url, feed_entries).encode()),
        }
        newest = sorted(stories(feed_entries, "feed"), key=lambda story: story[1], reverse=True)[: 4 * pages]
        site.pages |= {path: page(number, "a.example") for number, (path, _) in enumerate(newest)}
        command = [sys.executable, "-m", "tests.benchmarks.loop", "--crawl", site.url + "/", output, str(pages)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    rows = (line.split(" ", 1) for line in done.stdout.splitlines() if line[:1].isdigit())
    return [(float(spent), name) for spent, name in rows]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sitemap", type=int, default=50_000)
    parser.add_argument("--feed", type=int, default=10_000)
    parser.add_argument("--pages", type=int, default=30)
    parser.add_argument("--crawl", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.crawl:
        url, output, pages = options.crawl
        longest = sorted(crawl(url, output, int(pages)).longest, reverse=True)
    else:
        longest = measured(options.sitemap, options.feed, options.pages)
    for spent, name in longest:
        print(f"{spent:.0f} {name}")


if __name__ == "__main__":
    main()

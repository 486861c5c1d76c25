"""How much longer a run takes for a dead, a hanging and a slow source among twelve.

    python -m tests.benchmarks.troubled_sources [--stories 30] [--runs 3]

Each source is a site of its own on loopback, crawled with the default delays. Each run goes over the nine sound sources
and over all twelve, at the same time, so that a busy machine is as busy for both; printed are the ratio of the times
and who is unwell.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.crawling import Crawl, crawl, scrapy
from tests.newspaper import article, headline, rss
from tests.site import Site

FRIDAY = "Fri, 20 Nov 2026 08:00:00 GMT"
SLOW_S = 4.0
SOUND, TROUBLED = 9, ("dead", "hanging", "slow")


def publish(site: Site, first: int, stories: int) -> None:
    """Let *site* have a feed of so many stories more."""
    numbers = range(first, first + stories)
    site.pages["/feed.xml"] = rss([(f"{site.url}/story/{n}", headline(n), FRIDAY) for n in numbers])
    site.pages.update({f"/story/{n}": article(n) for n in numbers})


def after(site: Site, event: threading.Event, seconds: float | None) -> None:
    """Let every answer of *site* wait for so many seconds, or for the end; and so robots.txt."""

    def late(page: Any) -> Any:
        def answer(handler: Any) -> Any:
            event.wait(seconds)
            return page if isinstance(page, tuple) else (200, {}, page)

        return answer

    site.pages = {path: late(page) for path, page in {"/robots.txt": (404, {}, b""), **site.pages}.items()}


@contextmanager
def sources(stories: int) -> Iterator[dict[str, Site]]:
    """Serve the twelve sites."""
    event = threading.Event()
    with ExitStack() as stack:
        names = (*(f"sound{n}" for n in range(SOUND)), *TROUBLED)
        sites = {name: stack.enter_context(Site(f"127.0.0.{n}")) for n, name in enumerate(names, 1)}
        for number, site in enumerate(sites.values()):
            publish(site, 1000 * number, stories)
        dead = sites["dead"]
        dead.pages = dict.fromkeys(("/robots.txt", *dead.pages), (503, {}, b""))
        after(sites["hanging"], event, None)
        after(sites["slow"], event, SLOW_S)
        try:
            yield sites
        finally:
            event.set()


def write_sites_file(path: Path, sites: dict[str, Site]) -> Path:
    """Write the sites file of *sites*."""
    path.write_text("".join(f'[{name}]\nfeeds = "{site.url}/feed.xml"\n' for name, site in sites.items()), "utf-8")
    return path


def timed(path: Path, log: str) -> tuple[float, Crawl]:
    """Crawl the sources of the file at *path* into a folder beside it; return the seconds it took, and the crawl."""
    began = time.monotonic()
    done = crawl("news", path.with_suffix(""), settings={"LOG_LEVEL": log}, sites=path, force=1)
    return time.monotonic() - began, done


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=30)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--log", default="WARNING")
    chosen = parser.parse_args(arguments)
    with TemporaryDirectory() as folder, sources(chosen.stories) as sites:
        few = write_sites_file(Path(folder, "sound.toml"), {n: s for n, s in sites.items() if n not in TROUBLED})
        many = write_sites_file(Path(folder, "all.toml"), sites)
        for run in range(1, chosen.runs + 1):
            with ThreadPoolExecutor(2) as threads:
                (without, _), (with_them, done) = threads.map(partial(timed, log=chosen.log), (few, many))
            unwell = scrapy("health", "-s", f"NEWSCRAWL_OUTPUT_DIR={folder}/all", cwd=Path(folder)).stdout
            print(f"run {run}: {without:.1f} s without, {with_them:.1f} s with them, ratio {with_them / without:.2f}")
            print(done.stderr, unwell, sep="")
            for number, site in enumerate(sites.values()):
                if site not in (sites[name] for name in TROUBLED):
                    publish(site, 1000 * number + run * chosen.stories, chosen.stories)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

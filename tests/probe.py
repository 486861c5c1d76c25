"""A spider that asks for what it is told and says what came, under the product's settings but without its store.

``probe(urls, ...)`` runs it in a process of its own, since Scrapy's reactor cannot be started twice in one.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

import newscrawl.settings
from newscrawl.middlewares.refusals import reason_of
from newscrawl.middlewares.robots import RobotsMiddleware
from tests.commands import run

QUICK = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "DOWNLOAD_TIMEOUT": 60, "LOG_LEVEL": "INFO"}
WITHOUT_STORE = {
    "SPIDER_MODULES": [],
    "ITEM_PIPELINES": {},
    "EXTENSIONS": {"newscrawl.extensions.loop.LoopExtension": 500},
}


@dataclass(frozen=True)
class Probed:
    """What a probe found."""

    answers: dict[str, dict[str, Any]]
    """By the URL asked for: ``status``, ``url``, ``body`` and the host's ``delay``, or ``reason`` and ``detail``.

    ``at`` is the second of the probe in which it came."""

    stats: dict[str, Any]
    sitemaps: list[str]
    log: str


class ProbeSpider(Spider):
    name = "probe"

    def __init__(self, urls: Iterable[str] = (), named: Iterable[str] = (), meta: dict[str, Any] | None = None) -> None:
        super().__init__()
        self.urls = list(urls)
        self.named_hosts = frozenset(named)
        self.meta = meta or {}
        self.answers: dict[str, dict[str, Any]] = {}
        self.sitemaps: list[str] = []
        self.begin = time.monotonic()

    async def start(self) -> AsyncIterator[Request]:
        for url in self.urls:
            meta = {"asked": url, **self.meta}
            yield Request(url, self.came, errback=self.failed, dont_filter=True, meta=meta)

    async def came(self, response: Response) -> None:
        body = response.body[:100_000].decode("utf-8", "replace")
        answer = {"status": response.status, "url": response.url, "body": body, "size": len(response.body)}
        assert self.crawler.engine is not None
        downloader = self.crawler.engine.downloader
        answer["delay"] = downloader.slots[downloader.get_slot_key(response.request)].delay
        self.note(response.meta["asked"], answer)
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        assert robots is not None
        self.sitemaps = await robots.sitemaps(response.url)

    async def failed(self, failure: Failure) -> None:
        reason, detail = reason_of(failure)
        self.note(failure.request.meta["asked"], {"reason": reason.value, "detail": detail})  # type: ignore[attr-defined]

    def note(self, asked: str, answer: dict[str, Any]) -> None:
        self.answers[asked] = {**answer, "at": round(time.monotonic() - self.begin, 2)}


def probe(
    urls: Iterable[str], *, named: Iterable[str] = (), meta: dict[str, Any] | None = None, **settings: Any
) -> Probed:
    """Ask for *urls*; *named* are the host:port pairs that the person named."""
    order = {"urls": list(urls), "named": list(named), "meta": meta, "settings": settings}
    done = run(module="tests.probe", input=json.dumps(order))
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return Probed(**json.loads(done.stdout), log=done.stderr)


def main() -> None:
    order = json.load(sys.stdin)
    settings = Settings()
    settings.setmodule(newscrawl.settings, priority="project")
    settings.setdict({**WITHOUT_STORE, **QUICK, **order.pop("settings")}, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(ProbeSpider)
    process.crawl(crawler, **order)
    process.start()
    assert crawler.stats is not None
    assert isinstance(crawler.spider, ProbeSpider)
    stats = {name: value for name, value in crawler.stats.get_stats().items() if isinstance(value, int | float)}
    json.dump({"answers": crawler.spider.answers, "stats": stats, "sitemaps": crawler.spider.sitemaps}, sys.stdout)


if __name__ == "__main__":
    main()

"""Measures how long the event loop is silent."""

from __future__ import annotations

import asyncio
import time

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.statscollectors import StatsCollector

from newscrawl.configuration import Configuration

TICK_S = 0.02


class LoopExtension:
    """Keep the longest time that nothing could run in ``newscrawl/loop/max_silence_ms``.

    Whatever blocks the loop (a parse that should be in a worker, a query, a write) stops every download for as long.
    ``newscrawl/loop/max_busy_ms`` is the most processor time that the loop's thread used meanwhile, which other
    programs on the machine do not lengthen. Costs 50 wake-ups a second, so it is off unless ``NEWSCRAWL_LOOP_WATCH``
    is true, as it is in the tests.
    """

    def __init__(self, stats: StatsCollector) -> None:
        self.stats = stats
        self.clock = time.monotonic
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LoopExtension:
        if not Configuration.read(crawler.settings).loop_watch:
            raise NotConfigured
        assert crawler.stats is not None
        extension = cls(crawler.stats)
        crawler.signals.connect(extension.start, signals.spider_opened)
        crawler.signals.connect(extension.stop, signals.spider_closed)
        return extension

    def start(self) -> None:
        """Begin to watch."""
        self._task = asyncio.ensure_future(self._watch())

    def stop(self) -> None:
        """End the watch."""
        if self._task is not None:
            self._task.cancel()

    async def _watch(self) -> None:
        last, used = self.clock(), time.thread_time()
        while True:
            await asyncio.sleep(TICK_S)
            now, busy = self.clock(), time.thread_time()
            self.stats.max_value("newscrawl/loop/max_silence_ms", round((now - last - TICK_S) * 1000))
            self.stats.max_value("newscrawl/loop/max_busy_ms", round((busy - used) * 1000))
            last, used = now, busy

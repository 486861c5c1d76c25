"""Ends a crawl soon after a person asked it to."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Collection
from typing import Self

from scrapy import signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler

TICK_S = 0.1  # between two looks: Scrapy has no signal for the beginning of the end

logger = logging.getLogger(__name__)


class StoppingExtension:
    """On Ctrl-C or SIGTERM wait for the pages that are being downloaded, and leave those that only wait for their turn.

    They stay pending for the next run. At a terminal one line says so at once::

        stopping: 4 pages in flight; again to stop now
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.is_stopping = False
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.start, signals.spider_opened)
        crawler.signals.connect(extension.end, signals.spider_closed)
        return extension

    def start(self) -> None:
        """Begin to watch for the end, but of a shell, which no crawler runs."""
        if self.crawler.crawling:
            self._task = asyncio.ensure_future(self._watch())

    def end(self) -> None:
        """End the watch."""
        if self._task is not None:
            self._task.cancel()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            if self.crawler.crawling:
                continue
            if not self.is_stopping:
                self.is_stopping = True
                self._say()
            self._hasten()

    def _say(self) -> None:
        in_flight = sum(len(slot.transferring) for slot in self._slots())
        message = f"stopping: {in_flight} page{'' if in_flight == 1 else 's'} in flight; again to stop now"
        logger.info(message)
        if sys.stderr.isatty():
            print(message, file=sys.stderr)

    def _hasten(self) -> None:
        """Let what waits for its turn come to it, where the download handler refuses it."""
        for slot in self._slots():
            slot.delay = 0.0  # AutoThrottle sets it anew after each answer
            if slot.transferring and slot.latercall is not None:  # the end of that download goes through the queue
                slot.latercall.cancel()
                slot.latercall = None

    def _slots(self) -> Collection[Slot]:
        assert self.crawler.engine is not None
        return self.crawler.engine.downloader.slots.values()

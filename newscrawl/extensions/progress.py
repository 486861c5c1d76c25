"""Shows a person at a terminal how the crawl gets on."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Mapping
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.extensions.store import require_options, store_of
from newscrawl.outcomes import Outcome

SECONDS = 0.25  # between two looks


class ProgressExtension:
    """One live line: ``found 120  fetched 64  new 58  duplicates 4  rejected 2  pending 56  12.3/s``.

    Only where stderr is a terminal; a scheduled or piped run imports nothing of it and prints nothing.
    """

    def __init__(self, crawler: Crawler) -> None:
        from rich.console import Console
        from rich.live import Live

        self.crawler = crawler
        self.live = Live(console=Console(stderr=True), transient=True, auto_refresh=False)
        self.started = time.monotonic()
        self.task: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if require_options(crawler).dry_run or not sys.stderr.isatty():
            raise NotConfigured
        extension = cls(crawler)
        crawler.signals.connect(extension.engine_started, signals.engine_started)
        crawler.signals.connect(extension.stop, signals.spider_closed)
        return extension

    def engine_started(self) -> None:
        """Show the line."""
        self.started = time.monotonic()
        self.live.start()
        self.task = asyncio.ensure_future(self.refresh())

    async def refresh(self) -> None:
        """Bring the line up to date until the task is cancelled."""
        from rich.text import Text

        store = store_of(self.crawler)
        while True:
            shown = line(store.figures(), self.crawler.stats, time.monotonic() - self.started)
            self.live.update(Text(shown, no_wrap=True, overflow="crop"), refresh=True)
            await asyncio.sleep(SECONDS)

    def stop(self) -> None:
        """Remove the line."""
        if self.task is not None:
            self.task.cancel()
        self.live.stop()


def line(figures: Mapping[str, Mapping[str, Any]], stats: Any, seconds: float) -> str:
    """Return the line for the figures so far."""

    def total(*names: str) -> int:
        return sum(figure.get(name, 0) for figure in figures.values() for name in names)

    fetched = stats.get_value("response_received_count", 0)
    parts = {
        "found": total("discovered", "resumed", "known"),
        "fetched": fetched,
        "new": total(Outcome.WRITTEN, Outcome.REVISED),
        "duplicates": total(Outcome.DUPLICATE),
        "rejected": total(Outcome.REJECTED),
        "failed": total(Outcome.FAILED),
        "pending": total(Outcome.PENDING),
    }
    return "  ".join(f"{name} {count:,}" for name, count in parts.items()) + f"  {fetched / max(seconds, 0.001):.1f}/s"

"""Shows a person at a terminal how the crawl gets on."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.extensions.store import require_options, store_of
from newscrawl.outcomes import Outcome

SECONDS = 0.25  # between two looks
ALWAYS = ("found", "fetched", "new", "pending")
SOURCES = 8  # that have a line of their own


class ProgressExtension:
    """One live line, and one for each source that has pages to fetch, if there are several::

        found 120  fetched 64  new 58  duplicates 4  rejected 2  pending 56  12.3/s  5 s left
          news.example  new 40  pending 31
          post.example  new 18  pending 25

    Only where stderr is a terminal; a scheduled or piped run imports nothing of it and prints nothing.
    """

    def __init__(self, crawler: Crawler) -> None:
        from rich.console import Console
        from rich.live import Live

        self.crawler = crawler
        self.live = Live(console=Console(stderr=True), transient=True, auto_refresh=False)
        self.started = time.monotonic()
        self.task: asyncio.Task[None] | None = None
        self.shown: list[str] = []
        self.width = self.live.console.width

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
            figures = store.figures()
            total = line(figures, self.crawler.stats, time.monotonic() - self.started)
            self.erase_torn()
            most = max(0, min(SOURCES, self.live.console.height - 3))
            self.shown = [total, *source_lines(figures)[:most]]
            self.live.update(Text("\n".join(self.shown), no_wrap=True, overflow="crop"), refresh=True)
            await asyncio.sleep(SECONDS)

    def erase_torn(self) -> None:
        """Erase what a narrower terminal has made of the lines: each that is now too long stands in several rows."""
        from rich.control import Control
        from rich.segment import ControlType

        width, before = self.live.console.width, self.width
        self.width = width
        if more := torn_rows(self.shown, before, width):
            up = [(ControlType.ERASE_IN_LINE, 2), (ControlType.CURSOR_UP, 1)] * more
            self.live.console.control(Control(ControlType.CARRIAGE_RETURN, *up))

    def stop(self) -> None:
        """Remove the line."""
        if self.task is not None:
            self.task.cancel()
        self.live.stop()


def torn_rows(shown: Sequence[str], before: int, width: int) -> int:
    """Return in how many rows more *shown*, cut to *before* columns, stands on a terminal of *width* columns."""
    return sum((min(len(text), before) - 1) // width for text in shown if text) if 0 < width < before else 0


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
    parts = {name: count for name, count in parts.items() if count or name in ALWAYS}
    rate = fetched / max(seconds, 0.001)
    shown = "  ".join(f"{name} {count:,}" for name, count in parts.items()) + f"  {rate:.1f}/s"
    return f"{shown}  {duration(parts['pending'] / rate)} left" if rate and parts["pending"] else shown


def source_lines(figures: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return a line for each source that has pages to fetch, the one with most of them first; none for one alone."""
    waiting = {source: figure[Outcome.PENDING] for source, figure in figures.items() if figure.get(Outcome.PENDING)}
    if len(figures) < 2:
        return []
    return [
        f"  {source}  new {sum(figures[source].get(name, 0) for name in (Outcome.WRITTEN, Outcome.REVISED)):,}"
        f"  pending {pending:,}"
        for source, pending in sorted(waiting.items(), key=lambda item: -item[1])
    ]


def duration(seconds: float) -> str:
    """Return *seconds* as a person says them."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 90 * 60 else f"{seconds / 3600:.0f} h"

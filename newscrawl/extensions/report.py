"""Ends a run: publishes its files, says in a few lines what it brought, and sets the exit code."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from newscrawl.errors import OutputError
from newscrawl.extensions.store import require_options, store_of
from newscrawl.outcomes import Outcome

logger = logging.getLogger(__name__)

EXIT_CODE = "newscrawl/exit_code"
SHOWN = 10  # sources in the summary; the manifest has all
FAULTS = (
    "newscrawl/pipeline_errors",
    "newscrawl/items_without_outcome",
    "spider_exceptions/count",
)  # stats that mean exit code 1


class ReportExtension:
    """Publishes the run when the spider closes and prints the summary on stderr.

    The stat ``newscrawl/exit_code`` is what ``scrapy crawl`` exits with.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        require_options(crawler)
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        return extension

    async def spider_closed(self, spider: Any, reason: str) -> None:
        stats, store = self.crawler.stats, store_of(self.crawler)
        assert stats is not None
        code, path, published = 0, None, False
        try:
            if not spider.options.dry_run:
                path = await store.publish(self.report(spider, reason), None if reason == "finished" else reason)
                published = True
        except OutputError as error:
            code = error.exit_code
            print(f"newscrawl: {error}", file=sys.stderr)
        finally:
            await store.close()
        figures = store.figures()
        if any(stats.get_value(fault, 0) for fault in FAULTS):
            code = 1
        elif code == 0 and not spider.options.dry_run and nothing_got(spider, figures):
            code = 3
        stats.set_value(EXIT_CODE, code)
        if published:
            print(*summary(spider, figures, path), sep="\n", file=sys.stderr)

    def report(self, spider: Any, reason: str) -> dict[str, Any]:
        """Return what the manifest says beside the store's own figures."""
        stats = self.crawler.stats
        assert stats is not None
        values: Mapping[str, Any] = stats.get_stats()
        return {
            "finish_reason": reason,
            "requests": values.get("downloader/request_count", 0),
            "bytes": values.get("downloader/response_bytes", 0),
            "budgets": {name: value for name, value in values.items() if name.startswith("newscrawl/budget/")},
            "held": spider.held,
            "discovery": {name: discovery.report() for name, discovery in spider.discoveries.items()},
        }


def nothing_got(spider: Any, figures: Mapping[str, Mapping[str, Any]]) -> bool:
    """Tell whether no source gave anything, though at least one was asked."""
    good = ("known", Outcome.WRITTEN, Outcome.REVISED, Outcome.DUPLICATE, Outcome.UNCHANGED, Outcome.PENDING)
    got = any(figure.get(name, 0) for figure in figures.values() for name in good)
    since = any(figure["reasons"].get("since", 0) for figure in figures.values())
    return bool(spider.discoveries) and not got and not since


def summary(spider: Any, figures: Mapping[str, Mapping[str, Any]], path: Path | None) -> list[str]:
    """Return the lines that a person reads at the end: all sources together, then each."""
    total: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for figure in figures.values():
        total.update({name: count for name, count in figure.items() if isinstance(count, int)})
        reasons.update(figure["reasons"])
    lines = [sentence(total, reasons)]
    if len(figures) > 1:
        lines += [f"  {name}: {sentence(figures[name], figures[name]['reasons'])}" for name in list(figures)[:SHOWN]]
        if len(figures) > SHOWN:
            lines.append(f"  and {len(figures) - SHOWN} more sources, in the manifest")
    lines += [f"  {name}: another run holds it ({run}); nothing was done" for name, run in spider.held.items()]
    for name, discovery in spider.discoveries.items():
        if why := emptiness(discovery, figures.get(name)):
            lines.append(f"  {name}: {why}")
    lines.append(f"written to {path}" if path else "no article file: nothing was new")
    return lines


def sentence(figure: Mapping[str, int], reasons: Mapping[str, int]) -> str:
    """Write figures as ``12 new, 3 duplicates, 241 known``; what is nought is left out, but for the new."""
    parts = [f"{figure.get(Outcome.WRITTEN, 0)} new"]
    for name, word in (
        (Outcome.REVISED, "revised"),
        (Outcome.DUPLICATE, "duplicates"),
        ("known", "known"),
        (Outcome.UNCHANGED, "unchanged"),
        (Outcome.REJECTED, "rejected"),
        (Outcome.SKIPPED, "skipped"),
        (Outcome.FAILED, "failed"),
        (Outcome.PENDING, "pending"),
    ):
        if count := figure.get(name, 0):
            parts.append(f"{count} {word}")
    why = ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items(), key=lambda item: -item[1]))
    return ", ".join(parts) + (f" ({why})" if why else "")


def emptiness(discovery: Any, figure: Mapping[str, Any] | None) -> str | None:
    """Return one sentence on which stage brought nothing, or None where something came."""
    if not discovery.read and not discovery.source.listed:
        failures = "; ".join(f"{url}: {reason} {detail}".strip() for url, reason, detail in discovery.failures[:2])
        return f"no answer ({failures})" if failures else "no answer"
    if not discovery.named:
        read = ", ".join(f"{count} {kind}" for kind, count in discovery.read.items())
        return f"no feed, sitemap or article link found in what was read ({read})"
    fetched = sum((figure or {}).get(name, 0) for name in (Outcome.REJECTED, Outcome.FAILED, Outcome.SKIPPED))
    good = sum(
        (figure or {}).get(name, 0)
        for name in ("known", Outcome.WRITTEN, Outcome.REVISED, Outcome.DUPLICATE, Outcome.UNCHANGED, Outcome.PENDING)
    )
    if fetched and not good:
        return f"{fetched} pages named, none gave an article"
    return None

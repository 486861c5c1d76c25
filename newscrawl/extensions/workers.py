"""Holds the crawl's pool of workers."""

from __future__ import annotations

import os

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from newscrawl.configuration import Configuration
from newscrawl.extensions.store import require_options
from newscrawl.similarity.compared import RecentTexts
from newscrawl.sites.classes import site_book
from newscrawl.workers import WorkerPool


class WorkersExtension:
    """Keeps the pool, which begins with its first task and ends with the crawl: a run with nothing due has no worker.

    Of a run that is sure to have one the workers' parent began with the command (:mod:`newscrawl.workers.early`).

    Other components reach it with ``crawler.get_extension(WorkersExtension).pool``.

    Knobs: ``NEWSCRAWL_WORKERS`` (0: one a core, at most 4), ``NEWSCRAWL_PARSE_TIMEOUT_S``,
    ``NEWSCRAWL_PARSE_MEMORY_MIB``, ``NEWSCRAWL_WORKER_TASKS``, ``NEWSCRAWL_LEARN_SITES``, ``NEWSCRAWL_SITES_DIR``.
    """

    def __init__(self, pool: WorkerPool, stats: StatsCollector | None = None) -> None:
        self.pool = pool
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> WorkersExtension:
        options = require_options(crawler)
        chosen = Configuration.read(crawler.settings)
        extension = cls(
            WorkerPool(
                size=chosen.workers or min(4, os.cpu_count() or 1),
                timeout_s=chosen.parse_timeout_s,
                memory_mib=chosen.parse_memory_mib,
                max_tasks=chosen.worker_tasks,
                learn_sites=chosen.learn_sites,
                sites=site_book(chosen.sites_dir, options.site_rules),
                texts=RecentTexts(),
            ),
            crawler.stats,
        )
        crawler.signals.connect(extension.close, signals.engine_stopped)
        return extension

    def close(self) -> None:
        """End the pool with the engine, and copy its counts into the stats."""
        self.pool.close()
        if self._stats is not None:
            for name, count in self.pool.counts.items():
                self._stats.set_value(f"newscrawl/workers/{name}", count)


def texts_of(crawler: Crawler) -> RecentTexts | None:
    """Return what the crawl's workers have compared; None where there is no crawl, as with saved pages."""
    try:
        extension = crawler.get_extension(WorkersExtension)
    except RuntimeError:
        return None
    return extension.pool.texts if extension is not None else None

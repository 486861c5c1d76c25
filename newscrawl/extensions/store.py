"""Opens the store before the first request and closes it after the last."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.arguments import CrawlOptions, Source
from newscrawl.configuration import Configuration
from newscrawl.objects import filesystem
from newscrawl.store import Policy, Run, Store
from newscrawl.store.backend.network import refuse_network_folder


class StoreExtension:
    """Keeps the run's :class:`~newscrawl.store.Store`; other components reach it through ``crawler.get_extension``.

    A folder or store that cannot be used ends the command here, before any request, with one sentence and exit code 1.

    Settings: ``NEWSCRAWL_OUTPUT_DIR``, ``NEWSCRAWL_STORE``, ``NEWSCRAWL_DUPLICATES``,
    ``NEWSCRAWL_DEDUP_WINDOW_DAYS``, ``NEWSCRAWL_DEDUP_KEYS_DAYS``, ``NEWSCRAWL_REVISIT_HOURS``,
    ``NEWSCRAWL_MAX_REVISITS``, ``NEWSCRAWL_UPLOAD``.
    """

    def __init__(self, store: Store, run: Run) -> None:
        self.store = store
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        options = require_options(crawler)
        chosen = Configuration.read(crawler.settings)
        if not chosen.store.startswith("postgres"):
            refuse_network_folder(chosen.output_dir)
        if chosen.upload:
            filesystem(chosen.upload)  # what is missing is said before any request
        run = Run.begin(options.limit, chosen.duplicates)
        policy = Policy(
            window_days=chosen.dedup_window_days,
            keys_days=chosen.dedup_keys_days,
            revisit_hours=chosen.revisit_hours,
            max_revisits=chosen.max_revisits,
            bucket=chosen.upload,
        )
        return cls(Store.open(chosen.store, chosen.output_dir, run, read_only=options.dry_run, policy=policy), run)


def require_options(crawler: Crawler) -> CrawlOptions:
    """Return what the spider was asked for; where the add-on is at work, any spider is a source under its own name.

    Raises NotConfigured for another spider, which writes what it likes.
    """
    options = getattr(crawler.spider, "options", None)
    if isinstance(options, CrawlOptions):
        return options
    if crawler.spider is None or "items" not in Configuration.read(crawler.settings).parts:
        raise NotConfigured
    return CrawlOptions((Source(crawler.spider.name),))


def store_of(crawler: Crawler) -> Store:
    """Return the run's store. Scrapy tells it from the engine's creation on, not to other extensions' from_crawler."""
    extension = crawler.get_extension(StoreExtension)
    if extension is None:
        raise NotConfigured
    return extension.store


def any_store(crawler: Crawler) -> Store | None:
    """Return the run's store, or None in a crawl without one."""
    extension = crawler.get_extension(StoreExtension)
    return getattr(extension, "store", None)

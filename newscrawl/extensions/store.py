"""Opens the store before the first request and closes it after the last."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.store import Run, Store


class StoreExtension:
    """Keeps the run's :class:`~newscrawl.store.Store`; other components reach it through ``crawler.get_extension``.

    A folder or store that cannot be used ends the command here, before any request, with one sentence and exit code 1.

    Settings: ``NEWSCRAWL_OUTPUT_DIR``, ``NEWSCRAWL_STORE``, ``NEWSCRAWL_DUPLICATES``.
    """

    def __init__(self, store: Store, run: Run) -> None:
        self.store = store
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        plan = getattr(crawler.spider, "plan", None)
        if plan is None:  # another spider of the same project: it writes what it likes
            raise NotConfigured
        settings = crawler.settings
        folder = Path(settings["NEWSCRAWL_OUTPUT_DIR"])
        now = datetime.now(UTC)
        run = Run(
            id=f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}",
            started_at=now,
            limit=plan.limit,
            duplicates=settings["NEWSCRAWL_DUPLICATES"],
        )
        url = settings["NEWSCRAWL_STORE"] or f"sqlite:///{folder / 'state.sqlite'}"
        return cls(Store.open(url, folder, run, read_only=plan.dry_run), run)

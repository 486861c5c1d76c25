"""Opens a store that an earlier crawl left, for commands and readers outside a crawl."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newscrawl.errors import OutputError
from newscrawl.store.backend.database import Database, has_store, sqlite_url
from newscrawl.store.backend.migrations import migrate


def existing_url(url: str, folder: Path) -> str:
    """Return the SQLAlchemy URL of the store at *url* (empty: in *folder*); raise OutputError where there is none."""
    url = url or sqlite_url(folder / "state.sqlite")
    if not has_store(url):
        raise OutputError(f"there is no store at {url}: run a crawl first, or name its NEWSCRAWL_OUTPUT_DIR")
    return url


@contextmanager
def existing_store(url: str, folder: Path) -> Iterator[Database]:
    """Open that store, brought up to date, and close it after use; raise OutputError where there is none."""
    database = Database(existing_url(url, folder))
    try:
        migrate(database)
        yield database
    finally:
        database.close()

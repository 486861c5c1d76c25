"""A dry run: a session on a copy of the store, in a temporary folder, both of which end with it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import delete, update

from newscrawl.outcomes import Outcome
from newscrawl.store.backend.copying import copy_tables
from newscrawl.store.backend.database import Database, has_store, sqlite_url
from newscrawl.store.backend.faults import faults
from newscrawl.store.backend.migrations import migrate
from newscrawl.store.backend.schema import (
    frontier,
    host_locks,
    known,
    lines,
    postings,
    run_leases,
    runs,
    source_locks,
    stories,
)
from newscrawl.store.backend.sqlite import SQLite
from newscrawl.store.forgetting import note
from newscrawl.store.messages import Run
from newscrawl.store.output.forgotten import read_forgotten
from newscrawl.store.output.rebuild import index_files
from newscrawl.store.output.run_output import INTERRUPTED, RUNNING
from newscrawl.store.policy import Policy
from newscrawl.store.session import Session


class DryRun(Session):
    """A session whose writing nobody sees: neither the folder nor the store is changed."""

    def __init__(self, url: str, folder: Path, run: Run, policy: Policy) -> None:
        self.temporary = tempfile.TemporaryDirectory(prefix="newscrawl-dry-run-")
        try:
            copy = Path(self.temporary.name, "state.sqlite")
            with faults(folder):
                if has_store(url):
                    original = Database(url, read_only=True)
                    copy_store(original, copy)
                    original.close()
                prepare_copy(Database(sqlite_url(copy)), folder, run, policy)
            super().__init__(sqlite_url(copy), copy.parent, run, policy)
        except BaseException:
            self.temporary.cleanup()
            raise

    def publish(self, report: Mapping[str, Any], why: str | None, sound: bool) -> Path | None:
        """Write nothing; there is no file."""
        return None

    def close(self) -> None:
        """Close the copy and delete it."""
        super().close()
        self.temporary.cleanup()


def copy_store(original: Database, path: Path) -> None:
    """Copy a store to the new SQLite file *path*; of one that machines share, without what decides about articles."""
    if isinstance(original.backend, SQLite):
        original.backend.copy_to(original.connection, path)
        return
    copy = Database(sqlite_url(path))
    try:
        migrate(copy)
        migrate(original)
        copy_tables(original, copy, lambda *_: None, without=(known, stories, postings, lines))
    finally:
        copy.close()


def prepare_copy(database: Database, folder: Path, run: Run, policy: Policy) -> None:
    """Index what only the files of *folder* say, and let no other run own anything in the copy."""
    try:
        migrate(database)
        for _ in index_files(database, folder, policy.stories(run), int(policy.clock()), policy.progress):
            pass
        listed = read_forgotten(folder)
        with database.write() as connection:
            note(connection, listed)
            connection.execute(update(frontier).values(taken_by=None, state=str(Outcome.PENDING)))
            connection.execute(delete(source_locks))
            connection.execute(delete(host_locks))
            connection.execute(delete(run_leases))
            connection.execute(update(runs).where(runs.c.status == RUNNING).values(status=INTERRUPTED))
    finally:
        database.close()

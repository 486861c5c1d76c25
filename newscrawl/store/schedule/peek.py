"""A look at a store before it is opened: whether a run over its sources will have anything to do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

DUE = "SELECT 1 FROM documents WHERE next_poll IS NULL OR next_poll <= ? LIMIT 1"


def seems_due(store: Path, now: int) -> bool:
    """Say whether a document of the SQLite file *store* is due at *now* (seconds since 1970), or nothing is known yet.

    A hint: other things may be due too, and where the file cannot be read the answer is no. Nothing is changed.
    """
    if not store.exists():
        return True
    try:
        with closing(sqlite3.connect(f"{store.absolute().as_uri()}?mode=ro", uri=True, timeout=0)) as connection:
            return connection.execute(DUE, (now,)).fetchone() is not None
    except sqlite3.Error:
        return False

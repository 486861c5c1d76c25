"""The end of a run: its files get their names, then the manifest says what they hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import update

from newscrawl import __version__
from newscrawl.items import format_time
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.schema import runs
from newscrawl.store.frontier import rows as frontier
from newscrawl.store.ledger import figures_of, forget_tally, total_of
from newscrawl.store.messages import Figures
from newscrawl.store.output.books import Books, runs_path
from newscrawl.store.output.runfile import RunFile, sha256_of, write_whole
from newscrawl.store.transaction import Step, no_step


def finish(
    database: Database,
    folder: Path,
    books: Books,
    now: int,
    status: str,
    *,
    why: str | None = None,
    report: Mapping[str, Any] | None = None,
    step: Step = no_step,
) -> Path | None:
    """Publish what *books* hold; return the article file, or None where nothing was written.

    May be killed at any step and called again: names first, then the manifest, then the store lets go of the run.
    """
    with database.write() as connection:
        # This commit overwrites whatever a failed one left in the log; from here on the promised sizes are final.
        connection.execute(update(runs).where(runs.c.id == books.run_id).values(finished_at=now))
        books.believe(connection)
        pending = frontier.count_pending(connection, books.run_id)
    path = books.articles.publish()
    books.rejected.publish()
    step("renamed")
    manifest = runs_path(folder, books.run_id, ".json")
    if not manifest.exists():
        figures = figures_of(books.tally, pending)
        content = manifest_of(folder, books, figures, now, status, why)
        write_whole(manifest, (json.dumps({**(report or {}), **content}, ensure_ascii=False, indent=1) + "\n").encode())
    step("manifested")
    with database.write() as connection:
        frontier.release(connection, books.run_id)
        forget_tally(connection, books.run_id)
        connection.execute(update(runs).where(runs.c.id == books.run_id).values(status=status))
    step("released")
    return path


def manifest_of(
    folder: Path, books: Books, figures: Mapping[str, Figures], now: int, status: str, why: str | None
) -> dict[str, Any]:
    """Return the manifest's own keys; they win over those of a report."""
    return {
        "run_id": books.run_id,
        "status": status,
        "why": why,
        "started_at": as_time(books.started_at),
        "finished_at": as_time(now),
        "software": f"newscrawl/{__version__}",
        "duplicates": books.duplicates,
        "limit": books.limit,
        "figures": total_of(figures),
        "sources": dict(figures),
        "files": [entry for file in (books.articles, books.rejected) if (entry := file_entry(folder, file))],
    }


def file_entry(folder: Path, file: RunFile) -> dict[str, Any] | None:
    if not file.size:
        return None
    return {
        "path": file.path.relative_to(folder).as_posix(),
        "lines": file.lines,
        "bytes": file.size,
        "sha256": sha256_of(file.path),
    }


def as_time(seconds: int) -> str:
    moment = frontier.moment(seconds)
    assert moment is not None
    return format_time(moment)

"""The end of a run: its files get their names, then the manifest says what they hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from newscrawl import __version__
from newscrawl.items import format_time
from newscrawl.outcomes import Outcome
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.schema import runs
from newscrawl.store.counters import (
    DISCOVERED,
    KNOWN,
    RESUMED,
    empty_figures,
    figures_of,
    forget_counters,
    total_of,
)
from newscrawl.store.frontier import rows as frontier
from newscrawl.store.messages import Figures
from newscrawl.store.output.bucket import upload_published
from newscrawl.store.output.lease import end_lease, renewing
from newscrawl.store.output.published import number_file
from newscrawl.store.output.run_output import RUNNING, RunOutput, runs_path
from newscrawl.store.output.runfile import RunFile, sha256_of, write_whole
from newscrawl.store.output.shelves import shelve
from newscrawl.store.output.stored import StoredFile, forget_lines
from newscrawl.store.steps import Step, no_step

NOTHING = frozenset((KNOWN, DISCOVERED, RESUMED, str(Outcome.UNCHANGED)))
"""Counters of a run that found nothing: known articles, and those that were looked at again and are what they were."""


def finish(
    database: Database,
    folder: Path,
    output: RunOutput,
    now: int,
    status: str,
    *,
    why: str | None = None,
    report: Mapping[str, Any] | None = None,
    recovering: bool = False,
    step: Step = no_step,
) -> Path | None:
    """Publish what *output* holds; return the article file, or None where nothing was written.

    May be killed at any step and called again: names first, then the manifest, then the store lets go of the run. A
    run that found nothing, and of which *report* says ``nothing_wrong``, leaves no file: the store has its row.

    *recovering*: the run is dead, and its lease void; a living one must have its own.
    """
    write = database.write if recovering or not database.is_shared else partial(renewing, database, output.run_id)
    with write() as connection:
        # This commit overwrites whatever a failed one left in the log; from here on the recorded sizes are final.
        connection.execute(update(runs).where(runs.c.id == output.run_id).values(finished_at=now))
        output.reload(connection)
        pending = frontier.count_pending(connection, output.run_id)
    if isinstance(output.articles, StoredFile) and not recovering:
        output.articles.keep_alive = partial(keep_alive, database, output.run_id)
    path = output.articles.publish()
    rejected = output.rejected.publish()
    step("renamed")
    alive = output.articles.keep_alive if isinstance(output.articles, StoredFile) else lambda: None
    for published in filter(None, (path, rejected)):
        upload_published(database.bucket, folder, published, alive)
    step("uploaded")
    sequence = None
    while path and sequence is None:
        with write() as connection:
            if output.articles.is_current(connection):
                at = frontier.moment(now) or datetime.now(UTC)
                sequence = number_file(connection, database, folder, output, at)
            else:  # something was taken down meanwhile
                output.reload(connection)
        if sequence is None:
            path = output.articles.publish()
            upload_published(database.bucket, folder, output.articles.path, alive)
    step("numbered")
    manifest = runs_path(folder, output.run_id, ".json")
    report = dict(report or {})
    nothing_wrong = report.pop("nothing_wrong", False) and status == "complete"
    anything = any(name not in NOTHING for _, name, _ in output.counters) or output.rejected.size or pending
    if not manifest.exists() and not (nothing_wrong and path is None and not anything):
        asked: dict[str, Figures] = {name: empty_figures() for name in report.get("discovery", ())}
        figures = asked | figures_of(output.counters, pending)
        content = manifest_of(folder, output, figures, now, status, why, sequence)
        write_whole(manifest, (json.dumps({**report, **content}, ensure_ascii=False, indent=1) + "\n").encode())
    if manifest.exists():
        upload_published(database.bucket, folder, manifest, alive)
    step("manifested")
    with write() as connection:
        if database.is_shared:
            forget_lines(connection, output.run_id)
        frontier.release(connection, output.run_id)
        forget_counters(connection, output.run_id)
        end_lease(connection, output.run_id)
        connection.execute(update(runs).where(runs.c.id == output.run_id).values(status=status))
        running = set(connection.scalars(select(runs.c.id).where(runs.c.status == RUNNING)))
    step("released")
    shelve(folder, now, running)
    return path


def keep_alive(database: Database, run_id: str) -> None:
    """Renew the lease of a run that is being published."""
    with renewing(database, run_id, lock=None):
        pass


def manifest_of(
    folder: Path,
    output: RunOutput,
    figures: Mapping[str, Figures],
    now: int,
    status: str,
    why: str | None,
    sequence: int | None,
) -> dict[str, Any]:
    """Return the manifest's own keys; they win over those of a report."""
    return {
        "run_id": output.run_id,
        "status": status,
        "why": why,
        "started_at": as_time(output.started_at),
        "finished_at": as_time(now),
        "software": f"newscrawl/{__version__}",
        "duplicates": output.duplicates,
        "limit": output.limit,
        "figures": total_of(figures),
        "sources": dict(figures),
        "files": [
            *file_entry(folder, output.articles, sequence=sequence),
            *file_entry(folder, output.rejected),
        ],
    }


def file_entry(folder: Path, file: RunFile | StoredFile, **more: Any) -> list[dict[str, Any]]:
    """Return what the manifest says of *file*; nothing where it was not published."""
    if not file.size:
        return []
    entry = {
        "path": file.path.relative_to(folder).as_posix(),
        "lines": file.lines,
        "bytes": file.size,
        "sha256": sha256_of(file.path),
    }
    return [entry | more]


def as_time(seconds: int) -> str:
    """Return *seconds* since 1970 as the record writes a time."""
    moment = frontier.moment(seconds)
    assert moment is not None
    return format_time(moment)

"""What a run writes: its two files and its counters, as far as the store has recorded them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from newscrawl.store.backend.database import Database
from newscrawl.store.backend.schema import runs
from newscrawl.store.counters import Counters, read_counters
from newscrawl.store.messages import Run
from newscrawl.store.output.runfile import RunFile
from newscrawl.store.output.stored import ARTICLES, REJECTED, StoredFile

RUNNING = "running"
COMPLETE, RECOVERED, INTERRUPTED = "complete", "recovered", "interrupted"
OF_RUN = update(runs).where(runs.c.id == bindparam("run"))


@dataclass(slots=True)
class RunOutput:
    """One run's files and figures."""

    run_id: str
    day: str
    started_at: int
    articles: RunFile | StoredFile
    rejected: RunFile | StoredFile
    limit: int | None = None
    duplicates: str = "drop"
    counters: Counters = field(default_factory=Counter)
    limits: dict[str, int] = field(default_factory=dict)
    """Of single sources, beside the run's own."""

    @property
    def written(self) -> Counter[str]:
        """Articles that count against the limits, by source; where there are none, nothing is counted."""
        counted: Counter[str] = Counter()
        if self.limit is None and not self.limits:
            return counted
        for (source, name, _), count in self.counters.items():
            if name in ("written", "revised"):
                counted[source] += count
        return counted

    def has_free_slot(self, source: str, written: Counter[str]) -> bool:
        """Tell whether one more article of *source* may be written when *written* are."""
        mine = source not in self.limits or written[source] < self.limits[source]
        return mine and (self.limit is None or written.total() < self.limit)

    def record_sizes(self, connection: Connection, sizes: tuple[int, int], lines: tuple[int, int]) -> None:
        """Record the committed sizes of the files."""
        values = {
            "articles_bytes": sizes[0],
            "rejected_bytes": sizes[1],
            "articles_lines": lines[0],
            "rejected_lines": lines[1],
        }
        connection.execute(OF_RUN, {"run": self.run_id, **values})

    def reload(self, connection: Connection) -> None:
        """Read the recorded sizes again: after a commit that failed, only the store knows them."""
        row = connection.execute(select(runs).where(runs.c.id == self.run_id)).one()
        self.articles.size, self.articles.lines = row.articles_bytes, row.articles_lines
        self.rejected.size, self.rejected.lines = row.rejected_bytes, row.rejected_lines
        self.counters = read_counters(connection, self.run_id)


def article_path(folder: Path, day: str, run_id: str) -> Path:
    """Return where the run *run_id* that began on *day* publishes its articles."""
    return folder / "articles" / f"dt={day}" / f"{run_id}.jsonl"


def runs_path(folder: Path, run_id: str, suffix: str) -> Path:
    """Return the path of a run's manifest (``.json``), rejected log (``.rejected.jsonl``) or lock (``.lock``)."""
    return folder / "runs" / f"{run_id}{suffix}"


def new_output(database: Database, folder: Path, run: Run) -> RunOutput:
    """Return the output of a run that begins; no file is opened yet."""
    day = f"{run.started_at:%Y-%m-%d}"
    return RunOutput(
        run.id,
        day,
        int(run.started_at.timestamp()),
        *files_of(database, folder, day, run.id),
        run.limit,
        run.duplicates,
    )


def files_of(
    database: Database,
    folder: Path,
    day: str,
    run_id: str,
    sizes: tuple[int, int] = (0, 0),
    lines: tuple[int, int] = (0, 0),
) -> tuple[RunFile | StoredFile, RunFile | StoredFile]:
    """Return the two files of a run, of which so much is recorded."""
    paths = article_path(folder, day, run_id), runs_path(folder, run_id, ".rejected.jsonl")
    if not database.is_shared:
        return RunFile(paths[0], sizes[0], lines[0]), RunFile(paths[1], sizes[1], lines[1])
    articles = StoredFile(paths[0], database, run_id, ARTICLES, sizes[0], lines[0])
    return articles, StoredFile(paths[1], database, run_id, REJECTED, sizes[1], lines[1])


def open_output(connection: Connection, database: Database, folder: Path, row: Row[Any]) -> RunOutput:
    """Return the output of a run that the store knows."""
    sizes, lines = (row.articles_bytes, row.rejected_bytes), (row.articles_lines, row.rejected_lines)
    return RunOutput(
        row.id,
        row.day,
        row.started_at,
        *files_of(database, folder, row.day, row.id, sizes, lines),
        duplicates=row.duplicates,
        counters=read_counters(connection, row.id),
    )

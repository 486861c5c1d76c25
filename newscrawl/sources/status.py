"""How the sources of a store fared: their last and next poll, their last story, their failures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, func, select

from newscrawl.items import format_time
from newscrawl.store.backend.schema import documents, sources

HEAD = ("source", "last poll", "next poll", "last answer", "last story", "failures", "why")


@dataclass(frozen=True, slots=True)
class Status:
    """What the store knows of one source."""

    name: str
    last_poll: datetime | None = None
    """Of any of its documents; None: never."""

    next_poll: datetime | None = None
    """When the first of its documents is due."""

    last_answer: datetime | None = None
    """When one of its documents was last read, or said that it had not changed."""

    last_story: datetime | None = None
    failures: int = 0
    """Polls in a row that failed, of the document that fails for longest."""

    reason: str = ""
    """Of one that fails."""

    def row(self) -> tuple[str, ...]:
        """Return it as the cells of :data:`HEAD`."""
        times = (self.last_poll, self.next_poll, self.last_answer, self.last_story)
        moments = tuple(format_time(moment) if moment else "-" for moment in times)
        return (self.name, *moments, str(self.failures), self.reason or "-")


def read_status(connection: Connection, names: Sequence[str] | None = None) -> list[Status]:
    """Return the status of the sources called *names*, also of those that were never polled; of all where None."""
    polled = documents.c.kind != "probe"
    per_source = (
        select(
            documents.c.source,
            func.max(documents.c.last_poll, type_=documents.c.last_poll.type),
            func.min(documents.c.next_poll, type_=documents.c.next_poll.type),
            func.max(documents.c.failures),
            func.max(case((documents.c.failures > 0, documents.c.reason))),
        )
        .where(polled)
        .group_by(documents.c.source)
    )
    known = {row[0]: row for row in connection.execute(per_source)}
    fared = {row.source: (row.last_success, row.last_story) for row in connection.execute(select(sources))}
    listed = names if names is not None else sorted({*known, *fared})
    return [status_of(name, known.get(name), *fared.get(name, (None, None))) for name in dict.fromkeys(listed)]


def status_of(
    name: str, row: Sequence[object] | None, last_answer: datetime | None, last_story: datetime | None
) -> Status:
    if row is None:
        return Status(name, last_answer=last_answer, last_story=last_story)
    _, last, due, failures, reason = row
    return Status(name, last, due, last_answer, last_story, int(failures or 0), str(reason or ""))  # type: ignore[arg-type, call-overload]


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return *rows* as lines whose columns stand below each other."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]

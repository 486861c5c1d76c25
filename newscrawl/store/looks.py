"""The looks at articles, remembered in the transaction of their outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row

from newscrawl.items import Article
from newscrawl.outcomes import Outcome, Unmodified
from newscrawl.store.backend.looks import visits as table
from newscrawl.store.backend.statements import upsert_all
from newscrawl.store.entries import Entry, is_removed
from newscrawl.store.frontier import visits
from newscrawl.store.frontier.revisits import next_look
from newscrawl.store.frontier.rows import seconds
from newscrawl.store.frontier.visits import Revisits
from newscrawl.store.index.articles import as_number
from newscrawl.store.index.incoming import title_number
from newscrawl.store.messages import Look

WRITTEN = (Outcome.WRITTEN, Outcome.REVISED)


def record_looks(
    connection: Connection, entries: Sequence[Entry], prose: Mapping[int, bytes], revisits: Revisits, now: int
) -> None:
    """Remember the looks at articles, for the next ones; *prose*: ``lines_of`` their bodies, by ``id`` of the article.

    They are made before the lock is taken for which others wait.
    """
    articles: list[dict[str, Any]] = []
    for entry in entries:
        result, written, look = entry.completion.result, entry.written, entry.completion.look
        if written is None or written.outcome is Outcome.PENDING:
            continue
        if isinstance(result, Article):
            if entry.row is not None and written.outcome in (*WRITTEN, Outcome.UNCHANGED):
                changed = written.outcome in WRITTEN
                lines = prose[id(result)]
                articles.append(
                    look_at(entry.row, entry.before, result, lines, look, revisits, changed=changed, now=now)
                )
        elif entry.before is not None:
            removed, answered = is_removed(entry), isinstance(result, Unmodified)
            visits.record_look(
                connection, entry.row, entry.before, look, revisits, removed=removed, answered=answered, now=now
            )
    upsert_all(connection, table, articles)


def look_at(
    row: Row[Any],
    before: Row[Any] | None,
    article: Article,
    lines: bytes,
    look: Look | None,
    revisits: Revisits,
    *,
    changed: bool,
    now: int,
) -> dict[str, Any]:
    """Return what is remembered of the article of the frontier's *row*; *changed*: it is new or revised."""
    dated = article.published_at if article.published_precision != "day" else None
    first = before.first_at if before is not None else min(seconds(dated) or row.discovered_at, now)
    from_feed = article.body_source == "feed"  # the page alone does not show it
    return {
        **{name: getattr(row, name) for name in visits.COPIED},
        "article": as_number(article.id),
        "discovered_at": row.discovered_at,
        "first_at": first,
        "looked_at": now,
        "read_at": now,
        "due_at": None if from_feed else next_look(first, now, revisits.hours_of(row.source)),
        "idle": 0 if changed or before is None else before.idle + 1,
        "etag": look.etag if look else None,
        "last_modified": look.last_modified if look else None,
        "page": look.page if look else None,
        "headline": title_number(article.title_key) if changed or before is None else before.headline,
        "lines": lines if changed or before is None else before.lines,
        "removed_at": None,
    }

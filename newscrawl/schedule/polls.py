"""Conditional polls of feeds, sitemaps and listings: what is asked, and what an answer leaves for the next run."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

from newscrawl.store.schedule.states import DocumentState

FULL_AGAIN = timedelta(days=1)  # some servers answer 304 though the document changed: once a day it is asked for whole


def validators(state: DocumentState | None, source: str, since: datetime | None, now: datetime) -> dict[str, str]:
    """Return the headers that make a poll conditional; none where the whole document is wanted.

    It is wanted where its last full answer is a day old or was read for another source, and where that answer was
    read with a later *since* than this run has: then it names stories that were left out.
    """
    if state is None or state.source != source:
        return {}
    learned = json.loads(state.learned) if state.learned else {}
    read_at, read_since = learned.get("read_at"), learned.get("since")
    if read_at is None or not 0 <= now.timestamp() - read_at < FULL_AGAIN.total_seconds():
        return {}
    if read_since is not None and (since is None or since.timestamp() < read_since):
        return {}
    headers = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in headers.items() if value}


def after_answer(
    state: DocumentState, *, etag: str | None, last_modified: str | None, since: datetime | None, now: datetime
) -> DocumentState:
    """Return *state*, which has kind and content hash of the new answer, as a full answer leaves it."""
    learned = {"read_at": int(now.timestamp()), "since": int(since.timestamp()) if since else None}
    return replace(
        state,
        etag=etag,
        last_modified=last_modified,
        last_poll=now,
        last_change=now,
        failures=0,
        outcome="read",
        reason=None,
        learned=json.dumps(learned).encode(),
    )


def after_unchanged(state: DocumentState, now: datetime) -> DocumentState:
    """Return *state* after a poll that brought nothing new."""
    return replace(state, last_poll=now, failures=0, outcome="unchanged", reason=None)


def after_failure(state: DocumentState, reason: str, now: datetime) -> DocumentState:
    """Return *state* after a poll that failed; its validators still hold."""
    return replace(state, last_poll=now, failures=state.failures + 1, outcome="failed", reason=reason)

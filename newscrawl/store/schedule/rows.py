"""Reads and records the states of documents, sources and hosts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import BigInteger, Connection, Table, case, func, or_, select, type_coerce

from newscrawl.store.backend.looks import visits
from newscrawl.store.backend.schema import documents, frontier, hosts, sources
from newscrawl.store.backend.statements import listed, upsert
from newscrawl.store.frontier.rows import chunks, due
from newscrawl.store.schedule.states import DocumentState, HostState, SourceState, State

TABLES: dict[type[State], Table] = {DocumentState: documents, SourceState: sources, HostState: hosts}
"""The first column of each is its key."""

AT_ONCE = 1000  # rows that are held in memory

BEHIND = "\n"  # between URL and source in a key; no URL has one

S = TypeVar("S", DocumentState, SourceState, HostState)


def read_states(connection: Connection, kind: type[S], keys: Iterable[str]) -> dict[str, S]:
    """Return the states of *kind* that are known, by their key: a document's URL, a source's name, a host."""
    table = TABLES[kind]
    key = next(iter(table.primary_key.columns))
    statement = select(table).where(key.in_(listed("keys")))
    states: dict[str, S] = {}
    for part in chunks(keys):
        for row in connection.execute(statement, {"keys": part}).mappings():
            states[row[key]] = kind(**row)
    return states


def write_states(connection: Connection, states: Iterable[State]) -> None:
    """Record *states*; a state of the same key is replaced."""
    for state in states:
        values = asdict(state)
        if isinstance(state, DocumentState):
            values["url"] = key_of(connection, state)
        connection.execute(upsert(connection, TABLES[type(state)]), values)


def key_of(connection: Connection, state: DocumentState) -> str:
    """Return the key of a document's row: its URL, with the source behind it where another source has that row."""
    owner = connection.scalar(select(documents.c.source).where(documents.c.url == state.url))
    return state.url if owner in (None, state.source) else f"{state.url}{BEHIND}{state.source}"


def document_of(connection: Connection, url: str, source: str) -> DocumentState | None:
    """Return what *source* knows of the document at *url*, or else what another source knows of it."""
    own = f"{url}{BEHIND}{source}"
    states = read_states(connection, DocumentState, [url, own])
    state = states.get(own) or states.get(url)
    return state and replace(state, url=url)


def documents_of(connection: Connection, source: str) -> list[DocumentState]:
    """Return the states of all documents of *source*, the first due first."""
    rows = connection.execute(select(documents).where(documents.c.source == source).order_by(documents.c.next_poll))
    states = (DocumentState(**row) for row in rows.mappings())
    return [replace(state, url=state.url.partition(BEHIND)[0]) for state in states]


def due_sources(connection: Connection, now: datetime) -> Iterator[tuple[str, int | None]]:
    """Yield the sources that were polled, or of which something else is due at *now*, as they come, some of them twice.

    With each, since when one of its documents or articles is due, or a URL waits that an earlier run left, in seconds
    since 1970; None: not yet.
    """
    moment = int(now.timestamp())
    is_due = or_(documents.c.next_poll <= now, documents.c.next_poll.is_(None))
    next_poll = func.coalesce(type_coerce(documents.c.next_poll, BigInteger), moment)
    polls = select(documents.c.source, func.min(case((is_due, next_poll))))
    waiting = select(frontier.c.source, func.min(frontier.c.not_before)).where(
        frontier.c.taken_by.is_(None), due(moment)
    )
    looks = select(visits.c.source, func.min(visits.c.due_at)).where(visits.c.due_at <= moment)
    for query, column in ((polls, documents.c.source), (waiting, frontier.c.source), (looks, visits.c.source)):
        rows = connection.execute(query.group_by(column), execution_options={"yield_per": AT_ONCE})
        for source, at in rows:
            yield source, at if at is None else min(at or moment, moment)


def next_polls(connection: Connection) -> dict[str, datetime]:
    """Return when each source has its next document due; a source without a known document is missing."""
    earliest = select(documents.c.source, func.min(documents.c.next_poll)).group_by(documents.c.source)
    return {source: moment for source, moment in connection.execute(earliest) if moment is not None}

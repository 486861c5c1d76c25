"""The states of documents, sources and hosts, as the crawl reads and records them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What the last polls of a feed, sitemap, listing or article said; the fields are the columns of ``documents``."""

    url: str
    """As it is requested."""

    source: str
    kind: str
    """feed, sitemap, listing, article … as the discovery calls it."""

    etag: str | None = None
    last_modified: str | None = None
    """The validators of the last full answer, as the server wrote them."""

    content_hash: str | None = None
    """Of the last full answer, for servers whose validators cannot be trusted."""

    last_poll: datetime | None = None
    next_poll: datetime | None = None
    """When it is due; None: at once."""

    last_change: datetime | None = None
    failures: int = 0
    """Polls that failed since the last one that did not."""

    interval_s: int | None = None
    """The interval between polls that was learned; None: not yet."""

    outcome: str | None = None
    """Of the last poll: read, unchanged or failed."""

    reason: str | None = None
    learned: bytes | None = None
    """What else the scheduler learned, such as the hours of publication; the store does not look into it."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """What the runs so far say of a source; the fields are the columns of ``sources``."""

    source: str
    first_run: datetime | None = None
    last_run: datetime | None = None
    last_success: datetime | None = None
    """When one of its documents was last read, or said that it had not changed."""

    last_story: datetime | None = None
    """When it last brought a new story."""

    failures: int = 0
    """Runs that failed since the last one that did not."""

    reason: str | None = None
    """Of the last failure."""

    learned: bytes | None = None
    """What else is known of its health; the store does not look into it."""


@dataclass(frozen=True, slots=True)
class HostState:
    """What a host asked of us; the fields are the columns of ``hosts``."""

    host: str
    """Name, and port where it is not the usual one."""

    not_before: datetime | None = None
    """From its Retry-After, or while it blocks us: no request before."""

    failures: int = 0
    reason: str | None = None
    learned: bytes | None = None
    """What else is known of it; the store does not look into it."""


State = DocumentState | SourceState | HostState

S = TypeVar("S", bound=State)


def shifted(state: S, by: timedelta) -> S:
    """Return *state* with each of its times later: as another clock shows them."""
    if not by:
        return state
    values = {field.name: getattr(state, field.name) for field in fields(state)}
    later: dict[str, Any] = {name: value + by for name, value in values.items() if isinstance(value, datetime)}
    return replace(state, **later)

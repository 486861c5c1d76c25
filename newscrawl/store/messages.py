"""The store's arguments and results: plain values, which could be sent to another process."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, Self

from newscrawl.discovery.candidate import Candidate
from newscrawl.outcomes import Outcome, Reason


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl: what its files are named by."""

    id: str
    """A file name that sorts by time; its random end keeps it unique where the clock was set back."""

    started_at: datetime
    limit: int | None = None
    """Articles to write at most; what was fetched beyond it stays pending."""

    duplicates: Literal["drop", "keep"] = "drop"
    """keep: a duplicate is written too, and marked."""

    @classmethod
    def begin(cls, limit: int | None = None, duplicates: Literal["drop", "keep"] = "drop") -> Self:
        """Return a run that starts now."""
        now = datetime.now(UTC)
        return cls(f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}", now, limit, duplicates)


@dataclass(frozen=True, slots=True)
class Want:
    """A source that a run would crawl."""

    source: str
    since: datetime | None = None
    """Pages that turned out to be older stay where they are."""

    limit: int | None = None
    """Articles of it to write at most."""

    revisit: bool = True
    """Its known articles are looked at again where that is due."""

    hosts: tuple[str, ...] = ()
    """Hosts of its own URLs: they, too, are one run's at a time, in a store that machines share."""

    until: datetime | None = None
    """Pages that turned out to be from then or younger stay where they are."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What became of the sources that a run asked for; the others wait for its next question."""

    taken: tuple[str, ...]
    holders: Mapping[str, str]
    """Those that another living run has, and that run."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the answer to a request for an article's page said beside the page."""

    etag: str | None = None
    last_modified: str | None = None
    page: int | None = None
    """64 bits of the hash of its bytes."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The last look at an article that is known."""

    etag: str | None
    last_modified: str | None
    read_at: int
    """When its page last came whole, in seconds since 1970."""

    page: int | None
    headline: int
    """``title_number`` of its last version."""

    lines: bytes = field(repr=False)
    """``lines_of`` the body of its last version."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A URL to fetch."""

    key: str
    """What :meth:`Store.complete` wants back: ``urls.url_key`` of the candidate's URL."""

    candidate: Candidate
    source: str
    discovered_at: datetime
    attempts: int
    """How often it failed before; a kill is no failure."""

    earlier: Visit | None = None
    """The last look at it, where it is an article that is known; None where it is new."""


@dataclass(frozen=True, slots=True)
class Discovered:
    """What became of the candidates of one document."""

    new: tuple[Candidate, ...]
    """Unknown until now: pending from here on."""

    known: int
    """Done in this run or an earlier one."""

    waiting: int
    """Pending already, or named twice."""


@dataclass(frozen=True, slots=True)
class WriteResult:
    """What became of a fetched page. It is on disk when this is returned."""

    outcome: Outcome
    id: str | None = None
    story_id: str | None = None
    version: int = 1
    duplicate_of: str | None = None
    kind: str | None = None
    similarity: float | None = None
    reason: Reason | None = None
    detail: str = ""

    def __str__(self) -> str:
        parts = (self.outcome, self.reason or "", self.detail, f"of {self.duplicate_of}" if self.duplicate_of else "")
        return " ".join(part for part in parts if part)


Figures = dict[str, Any]
"""What became of one source's URLs in a run, by the names of the manifest: discovered + resumed = written + revised +
duplicate + unchanged + rejected + skipped + failed + pending. ``known`` were done before. ``reasons`` is a Counter."""

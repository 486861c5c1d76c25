"""The store of a dry run: reads what is there, creates and writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from newscrawl.discovery.candidate import Candidate
from newscrawl.extraction import Observation
from newscrawl.outcomes import Outcome, Reason
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.faults import faults
from newscrawl.store.backend.migrations import migrate
from newscrawl.store.backend.schema import frontier as rows
from newscrawl.store.counters import DISCOVERED, KNOWN, RESUMED
from newscrawl.store.frontier import rows as frontier
from newscrawl.store.keys import key_hash
from newscrawl.store.messages import Discovered, Pending, Run, WriteResult
from newscrawl.store.notes import read_note
from newscrawl.store.output.rebuild import rebuild
from newscrawl.store.output.run_output import new_output
from newscrawl.store.session import Policy
from newscrawl.store.site_memory import read_observations
from newscrawl.store.transaction import Completion
from newscrawl.urls import url_key


class Preview:
    """Answers as :class:`~newscrawl.store.session.Session` would, from a store that is only read."""

    def __init__(self, url: str, folder: Path, run: Run, policy: Policy) -> None:
        self.policy = policy
        self.output = new_output(folder, run)
        self.in_flight: dict[int, str] = {}
        self.waiting: list[Pending] = []
        self.named: set[int] = set()
        with faults(folder):
            self.database = Database(url, read_only=True) if exists(url) else Database("sqlite://")
            if self.database.path is None:  # no store: know at least what the files say
                migrate(self.database)
                rebuild(self.database, folder, policy.stories(run), self.now, policy.progress)

    @property
    def now(self) -> int:
        return int(self.policy.clock())

    def claim(self, source: str, since: datetime | None = None, limit: int | None = None) -> str | None:
        with self.database.read() as connection:
            ours = select(rows).where(rows.c.source == source, frontier.due(self.now))
            pending = [frontier.pending_of(row) for row in connection.execute(ours)]
        self.waiting += pending
        self.named |= {key_hash(item.key) for item in pending}
        self.output.counters[source, RESUMED, ""] += len(pending)
        return None

    def discover(self, source: str, candidates: Sequence[Candidate], skip: Reason | None) -> Discovered:
        by_hash = frontier.keyed(candidates, url_key)
        with self.database.read() as connection:
            known = frontier.which_seen(connection, by_hash)
            waiting = set(frontier.rows_of(connection, by_hash)) | (self.named & by_hash.keys()) - known
        new = tuple(item.candidate for key, item in by_hash.items() if key not in known and key not in waiting)
        self.named |= by_hash.keys()
        counters = Counter({(source, KNOWN, ""): len(known), (source, DISCOVERED, ""): len(new)})
        if skip:
            counters[source, str(Outcome.SKIPPED), str(skip)] += len(new)
        self.output.counters.update(counters)
        return Discovered(() if skip else new, len(known), len(waiting))

    def take(self, number: int) -> list[Pending]:
        taken, self.waiting = self.waiting[:number], self.waiting[number:]
        return taken

    def commit(self, batch: Sequence[Completion]) -> list[WriteResult]:
        return [WriteResult(Outcome.PENDING) for _ in batch]

    def memory(self, site: str) -> tuple[Observation, ...]:
        with self.database.read() as connection:
            return read_observations(connection, site)

    def recall(self, key: str) -> bytes | None:
        with self.database.read() as connection:
            return read_note(connection, key, self.now)

    def remember(self, key: str, value: bytes, ttl_s: float) -> None:
        """Forget: a dry run leaves nothing."""

    def publish(self, report: Mapping[str, Any], why: str | None, sound: bool) -> Path | None:
        return None

    def close(self) -> None:
        self.database.close()


def exists(url: str) -> bool:
    path = url.removeprefix("sqlite:///")
    return not url.startswith("sqlite:///") or Path(path).exists()

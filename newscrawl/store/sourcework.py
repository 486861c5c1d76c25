"""The part of a session that has to do with sources: which are ours, what waits of them, what is fetched next."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter, deque
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete, select

from newscrawl.discovery.candidate import Candidate
from newscrawl.outcomes import Reason
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.schema import source_locks
from newscrawl.store.counters import DISCOVERED, RESUMED, Counters, add_counters
from newscrawl.store.frontier import rows as frontier
from newscrawl.store.frontier.discovery import discover
from newscrawl.store.frontier.visits import Revisits, add_due, visit_of
from newscrawl.store.frontier.visits import rows_of as visits_of
from newscrawl.store.index.stories import StoryIndex
from newscrawl.store.keys import key_hash
from newscrawl.store.messages import Discovered, Pending, Run
from newscrawl.store.output.run_output import RunOutput
from newscrawl.store.policy import Policy
from newscrawl.store.recovery import recover_run
from newscrawl.urls import url_key

READ_AHEAD = 64  # rows of a source that are read at once


class SourceWork:
    """The sources of one run."""

    database: Database
    folder: Path
    run: Run
    policy: Policy
    stories: StoryIndex
    revisits: Revisits
    output: RunOutput
    queues: dict[str, deque[Pending]]
    sources: set[str]
    since: dict[str, int]
    named: set[int]
    in_flight: dict[int, str]
    ended: set[int]

    @property
    @abstractmethod
    def now(self) -> int:
        """Seconds since 1970, by the store's clock."""

    @abstractmethod
    def write(self, *, alone: bool = True) -> AbstractContextManager[Connection]:
        """Open a transaction of this run."""

    def claim(
        self, source: str, since: datetime | None = None, limit: int | None = None, *, revisit: bool = True
    ) -> str | None:
        """Take *source* for this run; return the living run that has locked it, if any."""
        if since is not None:
            self.since[source] = int(since.timestamp())
        self.revisits.settled.update([] if revisit else [source])
        if limit is not None:
            self.output.limits[source] = limit
        while True:
            with self.write() as connection:
                owner: str | None = connection.scalar(
                    select(source_locks.c.run_id).where(source_locks.c.source == source)
                )
                if owner is None:
                    connection.execute(source_locks.insert().values(source=source, run_id=self.run.id))
                    resumed = frontier.claim_rows(connection, self.run.id, source, self.now, self.since.get(source))
                    looks = add_due(connection, self.run.id, source, self.revisits, self.now)
                    counters = Counter({(source, RESUMED, ""): resumed, (source, DISCOVERED, ""): looks})
                    add_counters(connection, self.run.id, counters)
                    break
            if owner == self.run.id:
                return None
            if not self.recover_owner(owner):
                return owner
        self.output.counters.update(counters)
        self.sources.add(source)
        self.queues[source] = deque()
        return None

    def recover_owner(self, run_id: str) -> bool:
        """Complete the run *run_id* if its process is gone."""
        if gone := recover_run(self.database, self.folder, self.stories, run_id, self.now, step=self.policy.step):
            with self.database.write() as connection:  # a lease may outlive its run's row, but not by our doing
                connection.execute(delete(source_locks).where(source_locks.c.run_id == run_id))
        return gone

    def discover(
        self,
        source: str,
        candidates: Sequence[Candidate],
        skip: Reason | None,
        *,
        again: bool = False,
        recovered: bool = False,
    ) -> Discovered:
        """Make the new ones of *candidates* pending; see :func:`newscrawl.store.frontier.discovery.discover`."""
        if source not in self.sources and (owner := self.claim(source)):
            raise ValueError(f"{source} is locked by run {owner}")
        by_hash = frontier.keyed(candidates, url_key)
        counters: Counters = Counter()
        with self.write() as connection:
            what = (self.run.id, source, by_hash, skip, counters, self.now, self.since.get(source), self.named)
            discovered, owners = discover(connection, *what, again=again, revisits=self.revisits)
            add_counters(connection, self.run.id, counters)
        self.output.counters.update(counters)
        self.named |= by_hash.keys()
        self.queues[source] = deque()  # what was read ahead may be less urgent than what came
        dead = [owner for owner in owners if self.recover_owner(owner)]
        if dead and not recovered:  # their rows are free now: adopt them
            adopted = self.discover(source, candidates, skip, again=again, recovered=True)
            return Discovered(discovered.new, discovered.known, adopted.waiting)
        return discovered

    def take(self, number: int) -> list[Pending]:
        """Return the next URLs to fetch, one of each source in turn; not more than the limits let be written."""
        taken: list[Pending] = []
        planned = self.output.written + Counter(self.in_flight.values())
        full: dict[str, deque[Pending]] = {}
        while len(taken) < number and self.queues:
            source = next(iter(self.queues))
            queue = self.queues.pop(source)
            if not self.output.has_free_slot(source, planned):
                full[source] = queue
                continue
            queue = queue or self.read_ahead(source)
            if queue:
                self.queues[source] = queue  # to the end: the others' turn
                pending = queue.popleft()
                key = key_hash(pending.key)
                if key not in self.ended:
                    self.in_flight[key] = source
                    planned[source] += 1
                    taken.append(pending)
        self.queues |= full
        return taken

    def read_ahead(self, source: str) -> deque[Pending]:
        """Read the next rows of *source*; none when all that it has are under way."""
        limit = READ_AHEAD + sum(taken == source for taken in self.in_flight.values())
        with self.database.read() as connection:
            rows = frontier.next_rows(connection, self.run.id, source, limit)
            rows = [row for row in rows if row.hash not in self.in_flight]
            looks = {key: visit_of(row) for key, row in visits_of(connection, [row.hash for row in rows]).items()}
        return deque(frontier.pending_of(row, looks.get(row.hash)) for row in rows)

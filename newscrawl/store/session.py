"""The store's work, one call after another, on the one thread that owns the connection."""

from __future__ import annotations

import logging
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, select

from newscrawl.discovery.candidate import Candidate
from newscrawl.outcomes import Outcome, Reason
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.faults import faults
from newscrawl.store.backend.migrations import migrate
from newscrawl.store.backend.schema import runs, source_locks
from newscrawl.store.counters import DISCOVERED, RESUMED, Counters, add_counters
from newscrawl.store.entries import Completion
from newscrawl.store.expiry import tidy
from newscrawl.store.frontier import rows as frontier
from newscrawl.store.frontier.discovery import discover
from newscrawl.store.frontier.hosts import rest_rows
from newscrawl.store.frontier.visits import Revisits, add_due, visit_of
from newscrawl.store.frontier.visits import rows_of as visits_of
from newscrawl.store.keys import key_hash
from newscrawl.store.messages import Discovered, Pending, Run, WriteResult
from newscrawl.store.notes import read_note
from newscrawl.store.output.lease import RENEW_S, renew_lease, take_lease
from newscrawl.store.output.manifest import finish
from newscrawl.store.output.published import PublishedFile, published_after
from newscrawl.store.output.rebuild import rebuild
from newscrawl.store.output.run_output import COMPLETE, INTERRUPTED, RUNNING, new_output, runs_path
from newscrawl.store.output.runlock import RunLock
from newscrawl.store.policy import Policy
from newscrawl.store.recovery import recover, recover_run, register_orphans
from newscrawl.store.schedule.rows import write_states
from newscrawl.store.schedule.states import State
from newscrawl.store.transaction import commit
from newscrawl.urls import url_key

logger = logging.getLogger(__name__)

READ_AHEAD = 64  # rows of a source that are read at once

T = TypeVar("T")


class Session:
    """Everything that a run asks of its store."""

    def __init__(self, url: str, folder: Path, run: Run, policy: Policy) -> None:
        self.folder = folder
        self.run = run
        self.policy = policy
        self.stories = policy.stories(run)
        self.revisits = Revisits(policy.revisit_hours, policy.max_revisits)
        self.output = new_output(folder, run)
        self.queues: dict[str, deque[Pending]] = {}
        """Of each source that may have rows to fetch: those read ahead."""

        self.sources: set[str] = set()
        self.since: dict[str, int] = {}
        self.named: set[int] = set()
        """Hashes of all URLs that documents named in this run: one that several name is counted as known once."""

        self.in_flight: dict[int, str] = {}
        """The source of each row that was taken and has no outcome yet, by hash."""

        self.ended: set[int] = set()
        """Rows that got their outcome without being taken, as a seed does: they may still stand in a queue."""

        self.renewed_at = time.monotonic()
        self.notes: dict[str, tuple[bytes, int]] = {}
        """Written with the next batch."""

        with faults(folder):
            folder.mkdir(parents=True, exist_ok=True)
            self.lock = RunLock.create(runs_path(folder, run.id, ".lock"))
        try:
            self.database = Database(url)
            try:
                with faults(folder):
                    migrate(self.database)
                    self.begin()
            except BaseException:
                self.database.close()
                raise
        except BaseException:
            self.lock.release()
            raise

    @property
    def now(self) -> int:
        """Seconds since 1970, by the store's clock."""
        return int(self.policy.clock())

    def begin(self) -> None:
        """Finish what dead runs left, index what is on disk, and register this run."""
        register_orphans(self.database, self.folder)
        rebuild(self.database, self.folder, self.stories, self.now, self.policy.progress)
        recover(self.database, self.folder, self.stories, self.now, step=self.policy.step)
        with self.database.write() as connection:
            row = {"id": self.run.id, "day": self.output.day, "started_at": self.output.started_at, "status": RUNNING}
            connection.execute(runs.insert().values(**row, duplicates=self.run.duplicates))
            take_lease(connection, self.database, self.folder, self.run.id)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction in which the run's lease is renewed."""
        with self.database.write() as connection:
            renew_lease(connection, self.run.id)
            yield connection
        self.renewed_at = time.monotonic()

    def renew(self) -> None:
        """Renew the lease where that was not done for a while; to be called often."""
        if time.monotonic() > self.renewed_at + RENEW_S:
            with self.write():
                pass

    # --- the frontier

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

    # --- results

    def commit(self, batch: Sequence[Completion]) -> list[WriteResult]:
        """Decide and write a batch in one transaction; raise OutputError where it cannot be written."""
        notes, self.notes = self.notes, {}
        with faults(self.folder):
            results = commit(
                self.database,
                self.stories,
                self.output,
                batch,
                self.now,
                self.revisits,
                notes=notes,
                step=self.policy.step,
            )
        for completion, result in zip(batch, results, strict=True):
            key = key_hash(completion.key)
            if result.outcome is Outcome.PENDING:
                self.in_flight[key] = completion.source  # nobody shall fetch it twice in one run
            elif self.in_flight.pop(key, None) is None:
                self.ended.add(key)
        return results

    # --- what is remembered

    def recall(self, key: str) -> bytes | None:
        """Return the note under *key*; None where there is none or it expired."""
        if key in self.notes:
            return self.notes[key][0]
        with self.database.read() as connection:
            return read_note(connection, key, self.now)

    def remember(self, key: str, value: bytes, ttl_s: float) -> None:
        """Keep a note for *ttl_s* seconds; it is written with the next batch."""
        self.notes[key] = (value, self.now + int(ttl_s))

    def read(self, query: Callable[[Connection], T]) -> T:
        """Return what *query* finds."""
        with self.database.read() as connection:
            return query(connection)

    def record_states(self, states: Sequence[State]) -> None:
        """Write what the run learned of documents, sources and hosts."""
        with self.write() as connection:
            write_states(connection, states)

    def rest_host(self, host: str, run_id: str, until: int, keep_tries: bool) -> dict[str, int]:
        """Let the rows of *host* that *run_id* leaves behind rest until then; return how many by source."""
        with self.write() as connection:
            return rest_rows(connection, run_id, host, until, keep_tries=keep_tries)

    def published(self, after: int) -> list[PublishedFile]:
        """Return the published files with numbers above *after*, in order."""
        return self.read(lambda connection: published_after(connection, self.database, self.folder, after))

    # --- the end

    def publish(self, report: Mapping[str, Any], why: str | None, sound: bool) -> Path | None:
        """End the run; *sound*: the store has not failed, so that it may do what can wait."""
        status = COMPLETE if why is None else INTERRUPTED
        with faults(self.folder):
            if sound:
                tidy(self.database, self.stories, self.notes, self.now, self.policy.keys_days)
            path = finish(
                self.database, self.folder, self.output, self.now, status, why=why, report=report, step=self.policy.step
            )
            self.lock.release()
        return path

    def close(self) -> None:
        """Let go of everything; a run that was not published is completed by the next one."""
        self.output.articles.close()
        self.output.rejected.close()
        self.database.close()
        self.lock.forget()

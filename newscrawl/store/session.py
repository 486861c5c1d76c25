"""The store's work, one call after another, on the one thread that owns the connection."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from newscrawl.outcomes import Outcome
from newscrawl.store.backend.database import Database, is_shared
from newscrawl.store.backend.faults import ConnectionLost, faults
from newscrawl.store.backend.migrations import make_scratch, migrate
from newscrawl.store.backend.postgres import LockName
from newscrawl.store.backend.schema import runs
from newscrawl.store.entries import Completion
from newscrawl.store.expiry import tidy
from newscrawl.store.forgetting import catch_up
from newscrawl.store.frontier.discovery import Bounds
from newscrawl.store.frontier.hosts import rest_rows
from newscrawl.store.frontier.visits import Revisits
from newscrawl.store.keys import key_hash
from newscrawl.store.messages import Pending, Run, WriteResult
from newscrawl.store.notes import read_note
from newscrawl.store.output.lease import RENEW_S, SHARED_RENEW_S, TRIES, renewing, take_lease
from newscrawl.store.output.liveness import NO_LOCK, Lock, hold_lock, hold_lock_file
from newscrawl.store.output.manifest import finish
from newscrawl.store.output.published import PublishedFile, published_after
from newscrawl.store.output.rebuild import rebuild
from newscrawl.store.output.run_output import COMPLETE, INTERRUPTED, RUNNING, new_output
from newscrawl.store.output.superseded import remove_superseded
from newscrawl.store.policy import Policy
from newscrawl.store.recent_hashes import RecentHashes
from newscrawl.store.recovery import recover, register_orphans
from newscrawl.store.schedule.rows import write_states
from newscrawl.store.schedule.states import State
from newscrawl.store.sourcework import SourceWork
from newscrawl.store.transaction import commit

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Session(SourceWork):
    """Everything that a run asks of its store."""

    def __init__(self, url: str, folder: Path, run: Run, policy: Policy) -> None:
        self.folder = folder
        self.run = run
        self.revisits = Revisits(policy.revisit_hours, policy.max_revisits)
        self.queues: dict[str, deque[Pending]] = {}
        """Of each source that may have rows to fetch: those read ahead."""

        self.sources: set[str] = set()
        self.bounds: dict[str, Bounds] = {}
        self.named = RecentHashes()
        """Hashes of all URLs that documents named in this run: one that several name is counted as known once."""

        self.in_flight: dict[int, str] = {}
        """The source of each row that was taken and has no outcome yet, by hash."""

        self.hosts: set[str] = set()
        """What is this run's alone to ask, in a store that machines share."""

        self.others_hosts: set[str] = set()
        """Hosts that other runs ask: their URLs stay pending."""

        self.ended = RecentHashes()
        """Rows that got their outcome without being taken, as a seed does: they may still stand in a queue."""

        self.renewed_at = time.monotonic()
        self.notes: dict[str, tuple[bytes, int]] = {}
        """Written with the next batch."""

        with faults(folder):
            (folder / "runs").mkdir(parents=True, exist_ok=True)
        self.lock: Lock = NO_LOCK if is_shared(url) else hold_lock_file(folder, run.id)
        try:
            self.database = Database(url)
            try:
                self.database.bucket = policy.bucket
                self.renew_s = SHARED_RENEW_S if self.database.is_shared else RENEW_S
                self.policy = replace(policy, clock=self.database.clock(policy.clock))
                self.stories = self.policy.stories(run)
                self.output = new_output(self.database, folder, run)
                with faults(folder):
                    self.prepare()
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

    def prepare(self) -> None:
        """Make the tables or bring them up to date, and begin; again where the connection is lost meanwhile."""
        for left in reversed(range(TRIES)):
            try:
                migrate(self.database)
                if self.database.is_shared:
                    self.lock = hold_lock(self.database, self.run.id)
                self.begin()
            except ConnectionLost:
                if not left:
                    raise
                self.database.reconnect()
            else:
                break
        self.database.reconnected = self.reconnected

    def reconnected(self) -> None:
        """Make on a new connection what ended with the old one."""
        with self.database.write(lock=None) as connection:
            make_scratch(connection)
        self.lock = hold_lock(self.database, self.run.id)

    def begin(self) -> None:
        """Finish what dead runs left, index what is on disk, and register this run."""
        if self.database.is_shared:
            remove_superseded(self.database, self.folder)
        register_orphans(self.database, self.folder)
        rebuild(self.database, self.folder, self.stories, self.now, self.policy.progress)
        recover(self.database, self.folder, self.stories, self.now, step=self.policy.step)
        catch_up(self.database, self.folder)
        with self.database.write() as connection:
            if connection.scalar(select(runs.c.id).where(runs.c.id == self.run.id)):
                return  # the answer was lost, not the commit
            row = {"id": self.run.id, "day": self.output.day, "started_at": self.output.started_at, "status": RUNNING}
            folder = self.database.folder_name(self.folder) if self.database.is_shared else None
            connection.execute(runs.insert().values(**row, duplicates=self.run.duplicates, folder=folder))
            take_lease(connection, self.database, self.folder, self.run.id)

    @contextmanager
    def write(self, *, lock: LockName | None = "writers") -> Iterator[Connection]:
        """Open a transaction in which the run's lease is renewed."""
        with renewing(self.database, self.run.id, lock=lock) as connection:
            yield connection
        self.renewed_at = time.monotonic()

    def renew(self) -> None:
        """Renew the lease where that was not done for a while; to be called often."""
        if time.monotonic() > self.renewed_at + self.renew_s:
            with self.write(lock=None):
                pass

    # --- results

    def commit(self, batch: Sequence[Completion]) -> list[WriteResult]:
        """Decide and write a batch in one transaction; raise OutputError where it cannot be written."""
        notes, self.notes = self.notes, {}
        try:
            with faults(self.folder), self.stories.batch():
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
        except BaseException:
            self.notes = notes | self.notes
            raise
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
        if self.database.is_shared and self.status() == status:  # it had ended when the connection was lost
            return self.output.articles.path if self.output.articles.size else None
        with faults(self.folder):
            if sound:
                tidy(self.database, self.stories, self.notes, self.now, self.policy.keys_days)
            path = finish(
                self.database, self.folder, self.output, self.now, status, why=why, report=report, step=self.policy.step
            )
            self.lock.release()
        return path

    def status(self) -> str | None:
        """Return what the store has of this run: whether it ended, and how."""
        return self.read(lambda connection: connection.scalar(select(runs.c.status).where(runs.c.id == self.run.id)))

    def close(self) -> None:
        """Let go of everything; a run that was not published is completed by the next one."""
        self.output.articles.close()
        self.output.rejected.close()
        self.database.close()
        self.lock.forget()

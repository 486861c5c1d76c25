"""The thread that owns the store's connection: calls one by one, results in batches."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from newscrawl.errors import OutputError
from newscrawl.store.backend import postgres
from newscrawl.store.backend.faults import ConnectionLost
from newscrawl.store.entries import Completion
from newscrawl.store.output.lease import TRIES
from newscrawl.store.session import Session

BATCH = 64  # results in one transaction: it costs 3 ms of processor time and 0.8 ms a result, so that more gain nothing
LINGER_S = 0.5  # how long a batch waits for further results; only the item_scraped signal of its pages waits with it

Work = Callable[[Session], Any]


@dataclass(slots=True)
class Job:
    """A call, or a completion that waits for the next batch, and the future that gets its result."""

    work: Work | Completion
    future: asyncio.Future[Any]


class StoreThread:
    """Runs a session on a thread of its own. An OutputError fails its batch and all calls that follow."""

    def __init__(self, make: Callable[[], Session]) -> None:
        self.jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self.failed: OutputError | None = None
        opened: Future[Session] = Future()
        self.thread = threading.Thread(target=self.work, args=(make, opened), name="newscrawl-store", daemon=True)
        self.thread.start()
        self.session = opened.result()

    async def close(self) -> None:
        """Stop the thread when the calls before are done."""
        if self.thread.is_alive():
            self.jobs.put(None)
            await asyncio.to_thread(self.thread.join)

    async def send(self, work: Work | Completion) -> Any:
        """Wait for *work* to be done on the store's thread and return its result, or raise its error."""
        if not self.thread.is_alive():
            raise RuntimeError("the store is closed")
        future = asyncio.get_running_loop().create_future()
        self.jobs.put(Job(work, future))
        return await future

    def work(self, make: Callable[[], Session], opened: Future[Session]) -> None:
        """Open the session and do the jobs as they come, completions in batches; the thread's whole life."""
        try:
            session = make()
        except BaseException as error:
            opened.set_exception(error)
            return
        opened.set_result(session)
        batch: list[Job] = []
        close_at = 0.0
        while True:
            job: Job | None = None
            with contextlib.suppress(queue.Empty):
                job = self.jobs.get(timeout=max(0.0, close_at - time.monotonic()) if batch else session.renew_s)
                if job is None:
                    break
                if isinstance(job.work, Completion):
                    close_at = close_at if batch else time.monotonic() + LINGER_S
                    batch.append(job)
                else:
                    self.run(session, job)
            self.renew(session)
            if batch and self.is_due(session, batch, close_at):
                self.commit(session, batch)
                batch = []
        if batch:
            self.commit(session, batch)
        session.close()

    def renew(self, session: Session) -> None:
        """Keep the run's lease; what forbids it fails the calls that follow."""
        try:
            if not self.failed:
                self.attempt(session, Session.renew)
        except OutputError as error:
            self.failed = error

    def is_due(self, session: Session, batch: Sequence[Job], close_at: float) -> bool:
        """Tell whether *batch* is full, has waited long enough, or nothing else can come to join it."""
        alone = self.jobs.empty() and len(batch) >= len(session.in_flight)
        return len(batch) >= BATCH or alone or time.monotonic() >= close_at

    def run(self, session: Session, job: Job) -> None:
        """Do one job that is no completion; its error goes to whoever waits for it."""
        assert not isinstance(job.work, Completion)
        try:
            if self.failed:
                raise self.failed
            result = self.attempt(session, job.work)
        except BaseException as error:
            self.fail([job], error)
        else:
            resolve([job], [result])

    def commit(self, session: Session, batch: Sequence[Job]) -> None:
        """Write a batch. Where a result cannot be written, write each alone, so that only that result fails."""
        completions = [job.work for job in batch if isinstance(job.work, Completion)]
        try:
            if self.failed:
                raise self.failed
            results = self.attempt(session, lambda session: session.commit(completions))
        except OutputError as error:
            self.fail(batch, error)
        except Exception as error:
            if len(batch) == 1:
                self.fail(batch, error)
            else:
                for job in batch:
                    self.commit(session, [job])
        else:
            resolve(batch, results)

    def attempt(self, session: Session, work: Work) -> Any:
        """Do *work*, and again where the connection to the database was lost meanwhile, as at its restart."""
        for _ in range(TRIES):
            try:
                return work(session)
            except ConnectionLost:
                self.reconnect(session)
        return work(session)

    def reconnect(self, session: Session) -> None:
        """Connect anew; a connection that is lost at once is no connection."""
        until = time.monotonic() + postgres.GONE_S
        for left in reversed(range(TRIES)):
            try:
                session.database.reconnect()
            except ConnectionLost:
                if not left or time.monotonic() > until:
                    raise
            else:
                return

    def fail(self, jobs: Sequence[Job], error: BaseException) -> None:
        """Raise *error* in all that wait for *jobs*; an OutputError fails all later calls, too."""
        if isinstance(error, OutputError):
            self.failed = error
        resolve(jobs, [error] * len(jobs))


def resolve(jobs: Sequence[Job], results: Sequence[Any]) -> None:
    """Hand *results* to *jobs* from the store's thread, with one call to their loop, since each call wakes it."""
    with contextlib.suppress(RuntimeError):  # the loop is closed; the work is done all the same
        jobs[0].future.get_loop().call_soon_threadsafe(deliver, jobs, results)


def deliver(jobs: Sequence[Job], results: Sequence[Any]) -> None:
    """Give each job its result on the event loop's thread; a result that is an exception is raised there."""
    for job, result in zip(jobs, results, strict=True):
        if job.future.done():  # cancelled by its caller
            continue
        if isinstance(result, BaseException):
            job.future.set_exception(result)
        else:
            job.future.set_result(result)

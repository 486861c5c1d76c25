"""The store as the crawl sees it: every call is a message to the one thread that owns the connection."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from operator import methodcaller
from pathlib import Path
from typing import Any, TypeVar, cast

from newscrawl.discovery.candidate import Candidate
from newscrawl.errors import OutputError
from newscrawl.extraction import Observation, memory_key
from newscrawl.extraction.site_memory import SiteMemory
from newscrawl.items import Article
from newscrawl.outcomes import Reason, Rejection
from newscrawl.store.counters import figures_of
from newscrawl.store.keys import key_hash
from newscrawl.store.messages import Discovered, Figures, Pending, Run, WriteResult
from newscrawl.store.preview import Preview
from newscrawl.store.session import Policy, Session
from newscrawl.store.transaction import Completion

BATCH = 64  # results in one transaction: it costs 3 ms of processor time and 0.8 ms a result, so that more gain nothing
AT_ONCE = 5000  # candidates in one transaction: 50,000 take 2 s, in which no result would be written
LINGER_S = 0.5  # how long a batch waits for further results; only the item_scraped signal of its pages waits with it

T = TypeVar("T")
Work = Callable[[Session | Preview], Any]


@dataclass(slots=True)
class Job:
    """A call, or a completion that waits for the next batch, and the future that gets its result."""

    work: Work | Completion
    future: asyncio.Future[Any]


class Store:
    """Index, frontier and files of one run. Open it before the first request, publish and close it after the last.

    An :class:`~newscrawl.errors.OutputError` in mid-run fails its batch and all that follow: nothing is
    torn, what was not written stays pending.
    """

    def __init__(self, make: Callable[[], Session | Preview]) -> None:
        self.jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self.failed: OutputError | None = None
        self.site_memory = SiteMemory()
        opened: Future[Session | Preview] = Future()
        self.thread = threading.Thread(target=self.work, args=(make, opened), name="newscrawl-store", daemon=True)
        self.thread.start()
        self.session = opened.result()

    @classmethod
    def open(
        cls, url: str, output_dir: Path, run: Run, *, read_only: bool = False, policy: Policy | None = None
    ) -> Store:
        """Open the store at *url* (empty: in the folder itself), finish what dead runs left, and begin *run*.

        *read_only*: create and write nothing, as a dry run must.
        """
        folder = Path(output_dir)
        url = url or f"sqlite:///{folder / 'state.sqlite'}"
        kind = Preview if read_only else Session
        return cls(lambda: kind(url, folder, run, policy or Policy()))

    # --- what the crawl asks

    async def claim(self, source: str, since: datetime | None = None, limit: int | None = None) -> str | None:
        """Take *source*, and what earlier runs left of it; return the id of the living run that holds it, if any.

        Of what was left, pages that turned out to be older than *since* stay where they are. At most *limit* articles
        of this source are written.
        """
        return cast(str | None, await self.ask(lambda session: session.claim(source, since, limit)))

    async def discover(self, source: str, candidates: Sequence[Candidate], skip: Reason | None = None) -> Discovered:
        """Make the new ones of *candidates* pending; with *skip*, count them as skipped and keep nothing."""
        parts = [
            await self.ask(methodcaller("discover", source, candidates[start : start + AT_ONCE], skip))
            for start in range(0, max(1, len(candidates)), AT_ONCE)
        ]
        new = tuple(candidate for part in parts for candidate in part.new)
        return Discovered(new, sum(part.known for part in parts), sum(part.waiting for part in parts))

    async def take(self, number: int) -> list[Pending]:
        """Return up to *number* URLs to fetch, of this run's sources in turn, the newest of each first."""
        return cast(list[Pending], await self.ask(lambda session: session.take(number)))

    async def complete(
        self, key: str, result: Article | Rejection, observation: Observation | None = None, source: str = ""
    ) -> WriteResult:
        """Decide and write *result*; return when that is on disk. An article gets its ids written on it."""
        if observation is not None:  # the next page of the site need not wait for the disk to learn from this one
            self.site_memory.add(memory_key(result.url), observation)
        return cast(WriteResult, await self.send(Completion(key, result, observation, source)))

    async def is_in_flight(self, key: str) -> bool:
        """Tell whether the URL with *key* was taken to be fetched and has no outcome yet."""
        return cast(bool, await self.ask(lambda session: key_hash(key) in session.in_flight))

    async def memory(self, site: str) -> tuple[Observation, ...]:
        """Return what earlier pages showed of a site (``extraction.memory_key``), the oldest first."""
        if (known := self.site_memory.get(site)) is None:
            known = self.site_memory.begin(site, await self.ask(lambda session: session.memory(site)))
        return known

    async def recall(self, key: str) -> bytes | None:
        """Return what was remembered under *key*, if it is still fresh."""
        return cast(bytes | None, await self.ask(lambda session: session.recall(key)))

    async def remember(self, key: str, value: bytes, ttl_s: float) -> None:
        """Keep *value* for *ttl_s* seconds, in later runs too; written with the next batch."""
        await self.ask(lambda session: session.remember(key, value, ttl_s))

    def figures(self) -> dict[str, Figures]:
        """Return what became of each source's URLs so far."""
        return figures_of(self.session.output.counters.copy())

    async def publish(self, report: Mapping[str, Any], why: str | None = None) -> Path | None:
        """Give the run's files their names and write the manifest; return the article file, if there is one.

        *why*: what interrupted the run. Raises what stopped the store in mid-run, after the manifest was tried.
        """
        reason = why or (str(self.failed) if self.failed else None)
        failed, self.failed = self.failed, None
        path = cast(Path | None, await self.ask(lambda session: session.publish(report, reason, failed is None)))
        if failed:
            self.failed = failed
            raise failed
        return path

    async def close(self) -> None:
        """Stop the thread. What was not published stays for the next run to recover."""
        if self.thread.is_alive():
            self.jobs.put(None)
            await asyncio.to_thread(self.thread.join)

    # --- the thread

    async def ask(self, work: Work) -> Any:
        return await self.send(work)

    async def send(self, work: Work | Completion) -> Any:
        if not self.thread.is_alive():
            raise RuntimeError("the store is closed")
        future = asyncio.get_running_loop().create_future()
        self.jobs.put(Job(work, future))
        return await future

    def work(self, make: Callable[[], Session | Preview], opened: Future[Session | Preview]) -> None:
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
                job = self.jobs.get(timeout=max(0.0, close_at - time.monotonic()) if batch else None)
                if job is None:
                    break
                if isinstance(job.work, Completion):
                    close_at = close_at if batch else time.monotonic() + LINGER_S
                    batch.append(job)
                else:
                    self.run(session, job)
            if batch and self.is_due(session, batch, close_at):
                self.commit(session, batch)
                batch = []
        if batch:
            self.commit(session, batch)
        session.close()

    def is_due(self, session: Session | Preview, batch: Sequence[Job], close_at: float) -> bool:
        """Tell whether *batch* is full, has waited long enough, or nothing else can come to join it."""
        alone = self.jobs.empty() and len(batch) >= len(session.in_flight)
        return len(batch) >= BATCH or alone or time.monotonic() >= close_at

    def run(self, session: Session | Preview, job: Job) -> None:
        assert not isinstance(job.work, Completion)
        try:
            if self.failed:
                raise self.failed
            result = job.work(session)
        except BaseException as error:
            self.fail([job], error)
        else:
            resolve([job], [result])

    def commit(self, session: Session | Preview, batch: Sequence[Job]) -> None:
        """Write a batch. One that holds a result which nobody can write is taken apart, so that only that one fails."""
        completions = [job.work for job in batch if isinstance(job.work, Completion)]
        try:
            if self.failed:
                raise self.failed
            results = session.commit(completions)
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

    def fail(self, jobs: Sequence[Job], error: BaseException) -> None:
        if isinstance(error, OutputError):
            self.failed = error
        resolve(jobs, [error] * len(jobs))


def resolve(jobs: Sequence[Job], results: Sequence[Any]) -> None:
    """WriteResult *jobs*, on the store's thread, with one call to their loop: each call wakes it."""
    with contextlib.suppress(RuntimeError):  # the loop is closed; the work is done all the same
        jobs[0].future.get_loop().call_soon_threadsafe(deliver, jobs, results)


def deliver(jobs: Sequence[Job], results: Sequence[Any]) -> None:
    for job, result in zip(jobs, results, strict=True):
        if job.future.done():  # cancelled by its caller
            continue
        if isinstance(result, BaseException):
            job.future.set_exception(result)
        else:
            job.future.set_result(result)

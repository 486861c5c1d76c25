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
from newscrawl.items import Article
from newscrawl.outcomes import Reason, Rejection
from newscrawl.store.desk import Desk, Policy
from newscrawl.store.keys import key_hash
from newscrawl.store.ledger import figures_of
from newscrawl.store.memory import Lessons
from newscrawl.store.messages import Answer, Discovered, Figures, Pending, Run
from newscrawl.store.preview import Preview
from newscrawl.store.transaction import Completion

BATCH = 64  # results in one transaction: it costs 3 ms of processor time and 0.8 ms a result, so that more gain nothing
AT_ONCE = 5000  # candidates in one transaction: 50,000 take 2 s, in which no result would be written
LINGER_S = 0.5  # a batch waits so long for company; nothing waits for it but its own pages' "scraped"

T = TypeVar("T")
Work = Callable[[Desk | Preview], Any]


@dataclass(slots=True)
class Job:
    """A call, or a completion that waits for the next batch, and where its answer goes."""

    work: Work | Completion
    answer: asyncio.Future[Any]


class Store:
    """Index, frontier and files of one run. Open it before the first request, publish and close it after the last.

    An :class:`~newscrawl.errors.OutputError` in mid-run fails the batch that met it and all that follows: nothing is
    torn, what was not written stays pending.
    """

    def __init__(self, make: Callable[[], Desk | Preview]) -> None:
        self.jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self.failed: OutputError | None = None
        self.taught = Lessons()
        opened: Future[Desk | Preview] = Future()
        self.thread = threading.Thread(target=self.work, args=(make, opened), name="newscrawl-store", daemon=True)
        self.thread.start()
        self.desk = opened.result()

    @classmethod
    def open(
        cls, url: str, output_dir: Path, run: Run, *, read_only: bool = False, policy: Policy | None = None
    ) -> Store:
        """Open the store at *url* (empty: in the folder itself), finish what dead runs left, and begin *run*.

        *read_only*: create and write nothing, as a dry run must.
        """
        folder = Path(output_dir)
        url = url or f"sqlite:///{folder / 'state.sqlite'}"
        kind = Preview if read_only else Desk
        return cls(lambda: kind(url, folder, run, policy or Policy()))

    # --- what the crawl asks

    async def claim(self, source: str, since: datetime | None = None, limit: int | None = None) -> str | None:
        """Take *source*, and what earlier runs left of it; return the id of the living run that holds it, if any.

        Of what was left, pages that turned out to be older than *since* stay where they are. At most *limit* articles
        of this source are written.
        """
        return cast(str | None, await self.ask(lambda desk: desk.claim(source, since, limit)))

    async def discover(self, source: str, candidates: Sequence[Candidate], skip: Reason | None = None) -> Discovered:
        """Make the new ones of *candidates* pending; with *skip*, count them as skipped and keep nothing."""
        found = [
            await self.ask(methodcaller("discover", source, candidates[start : start + AT_ONCE], skip))
            for start in range(0, max(1, len(candidates)), AT_ONCE)
        ]
        new = tuple(candidate for answer in found for candidate in answer.new)
        return Discovered(new, sum(answer.known for answer in found), sum(answer.waiting for answer in found))

    async def take(self, number: int) -> list[Pending]:
        """Return up to *number* URLs to fetch, of this run's sources in turn, the newest of each first."""
        return cast(list[Pending], await self.ask(lambda desk: desk.take(number)))

    async def complete(
        self, key: str, result: Article | Rejection, observation: Observation | None = None, source: str = ""
    ) -> Answer:
        """Decide and write *result*; return when that is on disk. An article gets its ids written on it."""
        if observation is not None:  # the next page of the site need not wait for the disk to learn from this one
            self.taught.add(memory_key(result.url), observation)
        return cast(Answer, await self.send(Completion(key, result, observation, source)))

    async def is_in_flight(self, key: str) -> bool:
        """Tell whether the URL with *key* was taken to be fetched and has no outcome yet."""
        return cast(bool, await self.ask(lambda desk: key_hash(key) in desk.under_way))

    async def memory(self, site: str) -> tuple[Observation, ...]:
        """Return what earlier pages taught about a site (``extraction.memory_key``), the oldest first."""
        if (known := self.taught.get(site)) is None:
            known = self.taught.begin(site, await self.ask(lambda desk: desk.memory(site)))
        return known

    async def recall(self, key: str) -> bytes | None:
        """Return what was remembered under *key*, if it is still fresh."""
        return cast(bytes | None, await self.ask(lambda desk: desk.recall(key)))

    async def remember(self, key: str, value: bytes, ttl_s: float) -> None:
        """Keep *value* for *ttl_s* seconds, in later runs too; written with the next batch."""
        await self.ask(lambda desk: desk.remember(key, value, ttl_s))

    def figures(self) -> dict[str, Figures]:
        """Return what became of each source's URLs so far."""
        return figures_of(self.desk.books.tally.copy())

    async def publish(self, report: Mapping[str, Any], why: str | None = None) -> Path | None:
        """Give the run's files their names and write the manifest; return the article file, if there is one.

        *why*: what interrupted the run. Raises what stopped the store in mid-run, after the manifest was tried.
        """
        reason = why or (str(self.failed) if self.failed else None)
        failed, self.failed = self.failed, None
        path = cast(Path | None, await self.ask(lambda desk: desk.publish(report, reason, failed is None)))
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
        answer = asyncio.get_running_loop().create_future()
        self.jobs.put(Job(work, answer))
        return await answer

    def work(self, make: Callable[[], Desk | Preview], opened: Future[Desk | Preview]) -> None:
        try:
            desk = make()
        except BaseException as error:
            opened.set_exception(error)
            return
        opened.set_result(desk)
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
                    self.run(desk, job)
            if batch and self.is_due(desk, batch, close_at):
                self.commit(desk, batch)
                batch = []
        if batch:
            self.commit(desk, batch)
        desk.close()

    def is_due(self, desk: Desk | Preview, batch: Sequence[Job], close_at: float) -> bool:
        """Tell whether *batch* is full, has waited long enough, or nothing else can come to join it."""
        alone = self.jobs.empty() and len(batch) >= len(desk.under_way)
        return len(batch) >= BATCH or alone or time.monotonic() >= close_at

    def run(self, desk: Desk | Preview, job: Job) -> None:
        assert not isinstance(job.work, Completion)
        try:
            if self.failed:
                raise self.failed
            answer = job.work(desk)
        except BaseException as error:
            self.fail([job], error)
        else:
            settle([job], [answer])

    def commit(self, desk: Desk | Preview, batch: Sequence[Job]) -> None:
        """Write a batch. One that holds a result which nobody can write is taken apart, so that only that one fails."""
        completions = [job.work for job in batch if isinstance(job.work, Completion)]
        try:
            if self.failed:
                raise self.failed
            answers = desk.commit(completions)
        except OutputError as error:
            self.fail(batch, error)
        except Exception as error:
            if len(batch) == 1:
                self.fail(batch, error)
            else:
                for job in batch:
                    self.commit(desk, [job])
        else:
            settle(batch, answers)

    def fail(self, jobs: Sequence[Job], error: BaseException) -> None:
        if isinstance(error, OutputError):
            self.failed = error
        settle(jobs, [error] * len(jobs))


def settle(jobs: Sequence[Job], answers: Sequence[Any]) -> None:
    """Answer *jobs*, on the store's thread, with one call to their loop: each call wakes it."""
    with contextlib.suppress(RuntimeError):  # the loop is closed; what its askers wanted is done all the same
        jobs[0].answer.get_loop().call_soon_threadsafe(deliver, jobs, answers)


def deliver(jobs: Sequence[Job], answers: Sequence[Any]) -> None:
    for job, answer in zip(jobs, answers, strict=True):
        if job.answer.done():  # cancelled: its asker has gone
            continue
        if isinstance(answer, BaseException):
            job.answer.set_exception(answer)
        else:
            job.answer.set_result(answer)

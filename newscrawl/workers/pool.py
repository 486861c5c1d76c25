"""The pool of killable processes in which every untrusted byte is parsed."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
import os
import queue
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, TypeVar

from newscrawl.extraction.page import Page
from newscrawl.extraction.rules.site_rules import SiteBook
from newscrawl.items import Article
from newscrawl.outcomes import Reason, Rejection
from newscrawl.similarity.compared import ComparedText, RecentTexts, compared_text
from newscrawl.workers.early import take_early
from newscrawl.workers.forkserver import PRELOAD, WALL_CLOCK_FACTOR, ForkHost, Limits

if TYPE_CHECKING:
    from newscrawl.discovery import Document
    from newscrawl.extraction import Observation

logger = logging.getLogger(__name__)
T = TypeVar("T")

PARSED_BYTES = 2 << 20
"""How much is parsed at a time, in all workers together. A page takes up to 170 times its size in memory (measured on
100,000 short paragraphs), so this bounds the whole at about 350 MB. A larger page is parsed alone."""


class WorkerError(Exception):
    """A task that did not come to an end in its worker, and why."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(slots=True)
class _Worker:
    pid: int
    connection: Connection

    def kill(self) -> None:
        """End a worker that is known to live; of one that has ended, the number may be another's by now."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(self.pid, signal.SIGKILL)


class WorkerPool:
    """Runs tasks in *size* processes, each task under a time and a memory limit.

    Each worker has a connection of its own and is killed when its processor time is up, even inside C code; the others
    notice nothing. (pebble's pool shares one queue and its locks among the workers: for a worker stuck in C it waits
    three seconds with these locks held, and a worker that dies while it holds them stops the pool.)

    >>> pool = WorkerPool(size=2, timeout_s=10.0, memory_mib=256)
    >>> pool.start()
    >>> await pool.run(len, "abc")
    3
    """

    def __init__(
        self,
        size: int,
        timeout_s: float,
        memory_mib: int,
        *,
        max_tasks: int = 1000,
        preload: tuple[str, ...] = PRELOAD,
        sites: SiteBook | None = None,
        learn_sites: bool = True,
        texts: RecentTexts | None = None,
    ) -> None:
        self.size = size
        self.timeout_s = timeout_s
        self.counts: Counter[str] = Counter()
        """Tasks, and those that failed, by reason; the extension copies it into the stats."""
        self.sites = sites or SiteBook()
        """The rules that a person made for sites, which each page of theirs takes along."""
        self.learn_sites = learn_sites
        """Whether pages are read by what their sites' earlier pages taught of the template."""
        self.texts = texts
        """Where what the store compares of an article is kept, made by its worker; None: nobody asks for it."""
        self._limits = Limits(memory_mib=memory_mib, timeout_s=timeout_s, max_tasks=max_tasks)
        self._preload = preload
        self._host: ForkHost | None = None
        self._host_lock = threading.Lock()
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._busy: dict[int, _Worker] = {}
        self._threads: ThreadPoolExecutor | None = None
        self._room: asyncio.Condition | None = None
        self.turns = asyncio.Semaphore(size + 1)
        """To be held while a task is made whose arguments grow old in a queue, and until it is done: one turn more than
        there are workers, so that none of them waits for the next task."""
        self._parsed_bytes = 0
        self._ready: asyncio.Future[None] | None = None
        self._closed = False

    def start(self) -> None:
        """Start the workers' parent; it imports what they need while the crawl begins. The first task does it, too."""
        if self._closed:
            raise WorkerError(Reason.PARSE_CRASH, "the crawl ended")
        self._host = self._new_host()
        self._threads = ThreadPoolExecutor(self.size, thread_name_prefix="worker")
        self._room = asyncio.Condition()

    def close(self) -> None:
        """End all workers now; what they were at is lost."""
        self._closed = True
        if self._host is None or self._threads is None:
            return
        for worker in tuple(self._busy.values()):
            worker.kill()
        self._host.close()
        self._threads.shutdown(wait=True, cancel_futures=True)
        while not self._idle.empty():
            self._idle.get_nowait().connection.close()
        self._host = None

    def ready(self) -> asyncio.Future[None]:
        """Return what is done when the first worker has begun, or cannot: the next task says why."""
        if self._ready is None:
            self._ready = asyncio.ensure_future(self._begin())
        return self._ready

    async def _begin(self) -> None:
        with contextlib.suppress(WorkerError):
            await self.run(int)

    async def run(self, task: Callable[..., T], *args: Any) -> T:
        """Return ``task(*args)``, a picklable function of a module, computed in a worker.

        Raises :class:`WorkerError` with ``PARSE_TIMEOUT``, ``PARSE_MEMORY`` or ``PARSE_CRASH``.
        """
        if self._threads is None or self._room is None:
            self.start()
        assert self._threads is not None
        assert self._room is not None
        self.counts["tasks"] += 1
        size = _size(args)
        async with self._room:  # a page beyond all bounds goes alone
            await self._room.wait_for(lambda: not self._parsed_bytes or self._parsed_bytes + size <= PARSED_BYTES)
            self._parsed_bytes += size
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._ask, task, args)
        except WorkerError as error:
            self.counts[error.reason.value] += 1
            raise
        finally:
            async with self._room:
                self._parsed_bytes -= size
                self._room.notify_all()

    async def extract(
        self, page: Page, url: str, memory: Sequence[Observation] = ()
    ) -> tuple[Article | Rejection, Observation | None]:
        """Extract *page*; after a time-out once more the quick way. A worker's failure is the page's reason."""
        page = self.with_rules(page, url)
        for attempt in (page, dataclasses.replace(page, fast=True)):
            try:
                if self.texts is None:
                    return await self.run(_extract, attempt, url, tuple(memory))
                result, observation, text = await self.run(_compared, attempt, url, tuple(memory))
                if text is not None:
                    self.texts.add(text)
                return result, observation
            except WorkerError as error:
                failure = error
                if error.reason is not Reason.PARSE_TIMEOUT or page.fast:
                    break
                logger.info("Page took more than %g s, trying the quick way: %s", self.timeout_s, url)
        return Rejection(url=url, reason=failure.reason, detail=failure.detail), None

    def with_rules(self, page: Page, url: str) -> Page:
        """Return *page* with the rules of its site, if it has some, and with whether templates are learned."""
        if not self.learn_sites:
            page = dataclasses.replace(page, learn=False)
        if not self.sites.by_host:
            return page
        rules = self.sites.of(url)
        sites = SiteBook([rules] if rules else ()) if url else self.sites  # a saved page may say where it is from
        return dataclasses.replace(page, sites=sites) if sites.by_host else page

    async def read(self, body: bytes, url: str, content_type: str, fetched_at: datetime) -> Document:
        """Read a feed, sitemap or page of links; one that its worker could not read names nothing, and says why."""
        from newscrawl.discovery import Document

        try:
            return await self.run(_read, body, url, content_type, fetched_at)
        except WorkerError as error:
            return Document("other", detail=str(error))

    def _ask(self, task: Callable[..., T], args: tuple[Any, ...]) -> T:
        """Run on one of the pool's threads: hand the task to a worker and wait."""
        try:
            worker = self._idle.get_nowait()
        except queue.Empty:
            worker = self._new_worker()
        self._busy[worker.pid] = worker
        keep = False
        try:
            if self._closed:
                raise WorkerError(Reason.PARSE_CRASH, "the crawl ended")
            begin = time.monotonic()
            worker.connection.send((task, args))
            if not worker.connection.poll(WALL_CLOCK_FACTOR * self.timeout_s):
                worker.kill()
                raise WorkerError(Reason.PARSE_TIMEOUT, f"more than {WALL_CLOCK_FACTOR * self.timeout_s:g} s")
            verdict, value, last = worker.connection.recv()
            keep = not last
        except (EOFError, OSError) as error:
            if time.monotonic() - begin >= self.timeout_s:  # the kernel ended it when its processor time was up
                raise WorkerError(Reason.PARSE_TIMEOUT, f"more than {self.timeout_s:g} s") from None
            raise WorkerError(Reason.PARSE_CRASH, "the worker died") from error
        finally:
            del self._busy[worker.pid]
            if keep:
                self._idle.put(worker)
            else:
                worker.connection.close()
        if verdict == "memory":
            raise WorkerError(Reason.PARSE_MEMORY, f"more than {self._limits.memory_mib} MiB")
        if verdict == "error":
            raise WorkerError(Reason.PARSE_CRASH, value)
        result: T = value
        return result

    def _new_worker(self) -> _Worker:
        with self._host_lock:
            if self._host is None:
                raise WorkerError(Reason.PARSE_CRASH, "the crawl ended")
            try:
                return _Worker(*self._host.start(self._limits))
            except OSError:
                if self._closed:
                    raise WorkerError(Reason.PARSE_CRASH, "the crawl ended") from None
            self._host.close()  # somebody killed the workers' parent: begin anew
            self._host = self._new_host()
            return _Worker(*self._host.start(self._limits))

    def _new_host(self) -> ForkHost:
        return take_early(self._preload) or ForkHost(self._preload)


def _size(args: tuple[Any, ...]) -> int:
    """Return the number of bytes to be parsed among *args*."""
    return max(
        (len(arg.body if isinstance(arg, Page) else arg) for arg in args if isinstance(arg, Page | bytes)), default=0
    )


def _extract(page: Page, url: str, memory: tuple[Observation, ...]) -> tuple[Article | Rejection, Observation | None]:
    from newscrawl.extraction import extract

    return extract(page, url, memory)


def _compared(
    page: Page, url: str, memory: tuple[Observation, ...]
) -> tuple[Article | Rejection, Observation | None, ComparedText | None]:
    result, observation = _extract(page, url, memory)
    if isinstance(result, Rejection):
        return result, observation, None
    return result, observation, compared_text(result.title, result.body, (result.publisher, result.site))


def _read(body: bytes, url: str, content_type: str, fetched_at: datetime) -> Document:
    from newscrawl.discovery.reading import read_document

    return read_document(body, url, content_type, fetched_at=fetched_at)

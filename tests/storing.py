"""What the tests of the store share: stories by number, and a store that is opened, used and published in one call."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from newscrawl.discovery.candidate import Candidate, Via
from newscrawl.items import Article
from newscrawl.outcomes import Rejection
from newscrawl.store import Pending, Policy, Run, Store, WriteResult
from newscrawl.urls import url_key
from tests.kill.feed import page, url_of

HOST = "a.example"
Use = Callable[[Store], Awaitable[Any]]

STORE_URL = ""
"""Of the stores that these open: empty, in the output folder; set by the fixture ``engine``."""


def store_url() -> str:
    return STORE_URL


def lose_store(folder: Path) -> None:
    """Delete the store, as a person may; the files stay."""
    if not STORE_URL:
        (folder / "state.sqlite").unlink()
        return
    engine = create_engine(STORE_URL)
    with engine.begin() as connection:
        schema = connection.execute(text("SELECT current_schema()")).scalar_one()
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    engine.dispose()


def ask(folder: Path, question: str) -> Any:
    """Return the first value that the store answers in SQL, behind the back of its runs."""
    engine = create_engine(STORE_URL or f"sqlite:///{folder / 'state.sqlite'}")
    with engine.begin() as connection:
        answer = connection.execute(text(question))
        value = answer.scalar() if answer.returns_rows else None
    engine.dispose()
    return value


def policy(**options: Any) -> Policy:
    """Return the policy of a run with default settings."""
    return Policy(window_days=14, keys_days=365, **options)


def candidates(numbers: Iterable[int], host: str = HOST) -> list[Candidate]:
    return [Candidate(url_of(host, number), Via.FEED, f"http://{host}/feed") for number in numbers]


def key(number: int, host: str = HOST) -> str:
    return url_key(url_of(host, number))


def use(folder: Path, work: Use, *, run: Run | None = None, publish: bool = True, **options: Any) -> Any:
    """Open a store, do *work* with it, publish and close it; return what *work* returned."""

    async def whole() -> Any:
        store = Store.open(STORE_URL, folder, run or Run.begin(), **{"policy": policy(), **options})
        try:
            result = await work(store)
            if publish:
                await store.publish({})
            return result
        finally:
            await store.close()

    return asyncio.run(whole())


async def finish(store: Store, pending: Pending) -> WriteResult:
    """Complete *pending* as its page says (``tests.kill.feed.page``)."""
    result = page(pending)
    if isinstance(result, Article):
        result.source = pending.source
    return await store.complete(pending.key, result)


async def fetched(store: Store, number: int, source: str = "s") -> WriteResult:
    """Complete a story that nobody took, as the spider does with a seed."""
    [candidate] = candidates([number])
    return await finish(store, Pending(key(number), candidate, source, datetime.now(UTC), attempts=1))


async def crawl(store: Store, source: str, numbers: Iterable[int], host: str = HOST) -> list[WriteResult]:
    """Discover stories, fetch all that the frontier has, and return what became of them."""
    await store.claim(source)
    await store.discover(source, candidates(numbers, host))
    answers = []
    while taken := await store.take(50):
        answers += await asyncio.gather(*(finish(store, pending) for pending in taken))
    return answers


def refuse(store: Store, pending: Pending, reason: Any) -> Awaitable[WriteResult]:
    return store.complete(pending.key, Rejection(pending.candidate.url, reason))


def prepare(work: Callable[[], Any]) -> Callable[[], None]:
    """Make a process that does *work* when the function that is returned is called, and dies with nothing closed.

    It is forked here, since a process in which a store's thread runs should not fork.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(write)
            if os.read(read, 1):
                work()
                code = 0
        finally:
            os._exit(code)
    os.close(read)

    def start() -> None:
        os.write(write, b"!")
        os.close(write)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

    return start


def dying(folder: Path, work: Use, run: Run) -> Callable[[], None]:
    """Prepare a process that uses a store and dies without publishing or closing it."""

    async def whole() -> None:
        await work(Store.open(STORE_URL, folder, run, policy=policy()))
        os._exit(0)

    return prepare(lambda: asyncio.run(whole()))


def leave(folder: Path, work: Use, run: Run) -> None:
    """Use a store in a process that dies without publishing or closing it."""
    dying(folder, work, run)()


def records(folder: Path) -> list[dict[str, Any]]:
    lines = (path.read_text().splitlines() for path in sorted(folder.glob("articles/*/*.jsonl")))
    return [json.loads(line) for file in lines for line in file]


def told(folder: Path) -> list[int]:
    """Return the numbers of the stories that stand in the published files."""
    return sorted(int(record["url"].rpartition("/")[2]) for record in records(folder))


def manifests(folder: Path) -> list[dict[str, Any]]:
    """Return the manifests, the oldest first; run ids of one second are in no order."""
    paths = sorted(folder.glob("runs/**/*.json"), key=lambda path: path.stat().st_mtime_ns)
    return [json.loads(path.read_text()) for path in paths]


def advanced(days: float) -> Policy:
    """Return a policy whose clock is *days* ahead (or behind)."""
    return policy(clock=lambda: time.time() + days * 86400)

"""The crawls that are killed: one through the store, and a control that marks a story seen before it is written."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from newscrawl.items import Article, as_record
from newscrawl.store import Pending, Run, Store
from tests.kill.feed import Feed, page
from tests.storing import policy

POLLS = 3  # of a crawl that nobody kills
Step = Callable[[str], None]


def killer(name: str, occurrence: int) -> Step:
    """Return a hook that kills its process where step *name* is done for the time number *occurrence*."""
    left = occurrence

    def step(done: str) -> None:
        nonlocal left
        left -= done == name
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return step


def store_crawl(folder: Path, host: str, feed: Feed, step: Step, polls: int = POLLS, url: str = "") -> None:
    asyncio.run(crawl(folder, host, feed, step, polls, url))


async def crawl(folder: Path, host: str, feed: Feed, step: Step, polls: int, url: str) -> None:
    # The clock goes an hour a poll, so that pauses end, and at times it is set back by some days.
    shift = feed.polls() * 3600 + feed.frozen * 86400 - random.choice((0, 0, 0, 5 * 86400)) * (feed.frozen == 0)
    run = Run.begin()
    store = Store.open(url, folder / "output", run, policy=policy(step=step, clock=lambda: time.time() + shift))
    if await store.claim(host):
        await store.publish({})
        await store.close()
        return
    for _ in range(polls):
        await store.discover(host, feed.poll(host))
        while taken := await store.take(8):
            await asyncio.gather(*(finish(store, pending, run) for pending in taken))
    await store.publish({"host": host})
    await store.close()


async def finish(store: Store, pending: Pending, run: Run) -> None:
    result = page(pending)
    if isinstance(result, Article):
        result.source = pending.source
    await asyncio.sleep(random.random() * 0.004)
    await store.complete(pending.key, result)


def control_crawl(folder: Path, host: str, feed: Feed, step: Step, polls: int = POLLS) -> None:
    """What others do: remember the story, then write it."""
    output = folder / "output" / "articles"
    output.mkdir(parents=True, exist_ok=True)
    seen = sqlite3.connect(folder / "output" / "seen.sqlite", isolation_level=None)
    seen.execute("CREATE TABLE IF NOT EXISTS seen (url TEXT PRIMARY KEY)")
    with (output / f"{host}.jsonl").open("ab") as lines:
        for _ in range(polls):
            for candidate in feed.poll(host):
                if not seen.execute("INSERT OR IGNORE INTO seen VALUES (?)", (candidate.url,)).rowcount:
                    continue
                step("committed")
                result = page(Pending(candidate.url, candidate, host, Run.begin().started_at, attempts=1))
                if isinstance(result, Article):
                    lines.write(json.dumps(as_record(result)).encode() + b"\n")
                    lines.flush()
                    step("appended")

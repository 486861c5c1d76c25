"""A database that accepts and does not answer: it is waited for, or the run ends in a sentence; leases stay."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from newscrawl.errors import OutputError
from newscrawl.store import Run, Store
from newscrawl.store.backend import postgres as backend
from newscrawl.store.backend import standstill
from newscrawl.store.output import lease, liveness
from tests import postgres
from tests.proxy import SwallowingProxy
from tests.storing import crawl, policy, told

pytestmark = pytest.mark.skipif(postgres.binaries() is None, reason="no PostgreSQL")


@pytest.fixture
def server(monkeypatch) -> Iterator[postgres.Server]:
    """A server of the test's own; all times are short."""
    monkeypatch.setattr(standstill, "TICK_S", 0.05)
    monkeypatch.setattr(standstill, "AFTER_S", 0.3)
    monkeypatch.setattr(standstill, "ANSWER_S", 0.3)
    with postgres.server() as made:
        yield made


def opened(url: str, folder: Path) -> Store:
    return Store.open(url, folder, Run.begin(), policy=policy())


def url_of(proxy: SwallowingProxy) -> str:
    return f"postgresql+psycopg://tests@127.0.0.1:{proxy.port}/postgres?sslmode=disable&gssencmode=disable"


def through(server: postgres.Server) -> SwallowingProxy:
    return SwallowingProxy(server.folder / ".s.PGSQL.5432")


@contextmanager
def frozen(server: postgres.Server) -> Iterator[None]:
    """Let the server and all its processes stand still."""
    main = psutil.Process(int((server.data / "postmaster.pid").read_text().split()[0]))
    processes = [main, *main.children(recursive=True)]
    for process in processes:
        os.kill(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process.pid, signal.SIGCONT)


def test_a_database_that_stands_still_for_longer_than_a_lease_is_waited_for(server, tmp_path, monkeypatch):
    """Nobody renews meanwhile, and who has not yet renewed when it goes on is not taken for dead by who asks first."""
    monkeypatch.setattr(liveness, "LEASE_S", 3)
    monkeypatch.setattr(lease, "LEASE_S", 3)
    monkeypatch.setattr(liveness, "GRACE_S", 2)

    async def both() -> str | None:
        one, two = opened(server.url(), tmp_path / "one"), opened(server.url(), tmp_path / "two")
        await crawl(one, "a", [1])
        await crawl(two, "b", [2], "b.example")
        one.session.renew_s = 60
        with frozen(server):
            asked = asyncio.ensure_future(two.claim("a"))
            await asyncio.sleep(5)
            assert not asked.done()
        holder = await asked
        await crawl(one, "a", [3])
        await crawl(two, "b", [4], "b.example")
        for store in (one, two):
            await store.publish({}, None)
            await store.close()
        return holder

    assert asyncio.run(both()) is not None
    assert (told(tmp_path / "one"), told(tmp_path / "two")) == ([1, 3], [2, 4])


def test_one_that_stands_still_for_good_ends_the_run_in_one_sentence(server, tmp_path, monkeypatch):
    monkeypatch.setattr(backend, "GONE_S", 1.0)
    monkeypatch.setattr(liveness, "GRACE_S", 1)
    monkeypatch.setattr(backend, "CONNECT", {"connect_timeout": "2"})

    async def work() -> None:
        store = opened(url_of(proxy), tmp_path)
        await crawl(store, "a", [1])
        proxy.swallow = "all"
        began = time.monotonic()
        try:
            with pytest.raises(OutputError, match="cannot be reached"):
                await store.claim("b")
            assert time.monotonic() - began < 20
        finally:
            await store.close()

    with through(server) as proxy:
        asyncio.run(work())
        asyncio.run(crawl_and_publish(server.url(), tmp_path / "next"))

    assert sorted(told(tmp_path) + told(tmp_path / "next")) == [1, 2]  # the next run completes it


async def crawl_and_publish(url: str, folder: Path) -> None:
    store = opened(url, folder)
    await crawl(store, "c", [2])
    await store.publish({}, None)
    await store.close()


def test_an_answer_that_was_swallowed_on_its_way_is_asked_for_once_more(server, tmp_path):
    """The server says that it waits for us: the connection is cut, and what was under way is done once."""

    async def work() -> None:
        store = opened(url_of(proxy), tmp_path)
        await crawl(store, "a", [1])
        proxy.swallow = "answers"
        again = asyncio.ensure_future(crawl(store, "a", [2, 3]))
        await asyncio.sleep(0.2)
        proxy.swallow = ""
        await asyncio.wait_for(again, 60)
        await store.publish({}, None)
        await store.close()

    with through(server) as proxy:
        asyncio.run(work())

    assert sorted(told(tmp_path)) == [1, 2, 3]


def test_a_question_that_takes_long_is_left_alone(server, tmp_path):
    async def work() -> object:
        store = opened(server.url(), tmp_path)
        slept = await store.read(lambda connection: connection.exec_driver_sql("SELECT 1 FROM pg_sleep(3)").scalar())
        await store.publish({}, None)
        await store.close()
        return slept

    assert asyncio.run(work()) == 1

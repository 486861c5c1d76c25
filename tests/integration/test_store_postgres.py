"""A store that machines share: what only PostgreSQL has to stand."""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from newscrawl.errors import OutputError
from newscrawl.outcomes import Outcome
from newscrawl.store import DocumentState, HostState, Run, Store
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.migrations import STEPS, migrate, write_meta
from newscrawl.store.output import liveness
from newscrawl.store.session import Session
from tests import postgres
from tests.kill.crawls import killer
from tests.storing import (
    ask,
    candidates,
    crawl,
    fetched,
    finish,
    leave,
    manifests,
    policy,
    prepare,
    store_url,
    told,
    use,
)

POSTGRES_ONLY = True


def opened_at(folder: Path) -> tuple[str, Path, Run]:
    return store_url(), folder, Run.begin()


def cut(server: postgres.Server) -> int:
    """End all connections of stores, as an administrator or a firewall does; return how many."""
    query = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE application_name = 'newscrawl' AND backend_type = 'client backend'"
    )
    with server.connect() as connection:
        row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def test_connections_that_are_cut_lose_and_repeat_nothing(tmp_path, postgres_server):
    async def work(store: Store):
        await store.claim("s")
        await store.discover("s", candidates(range(40)))
        answers = []
        while taken := await store.take(6):
            ended = asyncio.gather(*(finish(store, pending) for pending in taken))
            await asyncio.to_thread(cut, postgres_server)
            answers += await ended
        cut(postgres_server)
        return answers

    use(tmp_path, work)

    assert told(tmp_path) == [number for number in range(40) if number % 11 != 10 and number % 13 != 5]
    figures = manifests(tmp_path)[0]["figures"]
    assert (figures["discovered"], figures["written"] + figures["rejected"] + figures["failed"]) == (40, 40)


@pytest.mark.parametrize("step", ["begun", "decided", "appended", "recorded", "committed", "renamed", "manifested"])
def test_a_connection_that_is_cut_at_any_step_loses_and_repeats_nothing(tmp_path, postgres_server, step):
    done: list[str] = []

    def once(name: str) -> None:
        if name == step and step not in done:
            done.append(step)
            assert cut(postgres_server)

    use(tmp_path, lambda store: crawl(store, "s", range(1, 5)), policy=policy(step=once))

    assert done == [step]
    assert told(tmp_path) == [1, 2, 3, 4]
    assert manifests(tmp_path)[0]["figures"]["written"] == 4


def test_a_commit_whose_answer_is_lost_is_done_once(tmp_path, postgres_server, monkeypatch):
    from newscrawl.store.backend import postgres as backend

    flush, cuts = backend.flush, []

    def cut_before(driver: Any) -> None:
        cuts.append(cut(postgres_server) if len(cuts) % 4 == 0 else 0)  # always behind the commit
        flush(driver)

    async def work(store: Store):
        monkeypatch.setattr(backend, "flush", cut_before)
        return await crawl(store, "s", range(1, 5)), store.figures()["s"]

    answers, figures = use(tmp_path, work)

    assert [answer.outcome for answer in answers] == [Outcome.WRITTEN] * 4
    assert (figures["discovered"], figures["written"]) == (4, 4)
    assert told(tmp_path) == [1, 2, 3, 4]


def test_a_database_that_crashes_in_mid_crawl_is_waited_for(tmp_path):
    with postgres.server() as server:
        url = server.url()

        async def work() -> None:
            store = Store.open(url, tmp_path, Run.begin(), policy=policy())
            await store.claim("s")
            await store.discover("s", candidates(range(1, 9)))
            for number in range(2):
                [one, two] = await store.take(2)
                await finish(store, one)
                await asyncio.to_thread(server.stop, "immediate")
                ended = asyncio.ensure_future(finish(store, two))
                await asyncio.to_thread(server.start)
                assert (await ended).outcome is Outcome.WRITTEN, number
            await asyncio.gather(*[finish(store, pending) for pending in await store.take(9)])
            await store.publish({})
            await store.close()

        asyncio.run(work())

    assert told(tmp_path) == [1, 2, 3, 4, 6, 7, 8]


def test_a_database_that_stays_gone_ends_the_run_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("newscrawl.store.backend.postgres.GONE_S", 0.3)
    with postgres.server() as server:

        async def work() -> None:
            store = Store.open(server.url(), tmp_path, Run.begin(), policy=policy())
            await store.claim("s")
            server.stop("immediate")
            try:
                await store.discover("s", candidates([1]))
            finally:
                await store.close()

        with pytest.raises(OutputError, match=r"the store postgresql\S+ cannot be reached: "):
            asyncio.run(work())


def test_workers_that_start_at_once_make_the_tables_once(tmp_path):
    def start(number: int) -> list[Any]:
        return use(tmp_path / str(number), lambda store: crawl(store, f"s{number}", [number]))

    with ThreadPoolExecutor(6) as pool:
        assert len(list(pool.map(start, (1, 2, 3, 4, 6, 7)))) == 6  # the first try of 5 fails, by tests.kill.feed

    assert ask(tmp_path, "SELECT count(*) FROM meta WHERE name = 'version'") == 1
    assert ask(tmp_path, "SELECT max(sequence) FROM files") == ask(tmp_path, "SELECT count(*) FROM files")


def test_a_machine_that_is_lost_with_its_folder_takes_no_story_with_it(tmp_path, monkeypatch):
    leave(tmp_path / "lost", lambda store: crawl(store, "s", [1, 2, 3, 10]), run=Run.begin())
    shutil.rmtree(tmp_path / "lost")

    use(tmp_path / "other", lambda store: crawl(store, "t", [4]))

    assert told(tmp_path / "other") == [1, 2, 3, 4]
    assert [run["status"] for run in manifests(tmp_path / "other")] == ["recovered", "complete"]


def test_a_worker_that_stands_still_is_taken_for_dead_and_writes_no_more(tmp_path, monkeypatch):
    monkeypatch.setattr(liveness, "LEASE_S", 1)  # the server has been there for longer

    async def work(store: Store):
        await store.claim("s")
        await store.discover("s", candidates([1, 2]))
        one, two = await store.take(2)
        await finish(store, one)
        ask(tmp_path, "UPDATE run_leases SET expires_at = 2")
        await asyncio.to_thread(use, tmp_path / "other", lambda other: crawl(other, "s", []))
        await finish(store, two)

    with pytest.raises(OutputError, match="stood still for over"):
        use(tmp_path / "still", work)

    assert told(tmp_path / "still") + told(tmp_path / "other") == [1, 2]


def test_a_worker_is_believed_to_live_for_some_seconds_without_a_connection(tmp_path, monkeypatch):
    monkeypatch.setattr(liveness, "GRACE_S", 10**6)
    run = Run.begin()
    leave(tmp_path, lambda store: crawl(store, "s", [1]), run=run)

    assert use(tmp_path, lambda store: store.claim("s")) == run.id
    ask(tmp_path, f"UPDATE run_leases SET expires_at = 1 WHERE run_id = '{run.id}'")
    assert use(tmp_path, lambda store: store.claim("s")) == run.id  # the server itself has just started
    monkeypatch.setattr(liveness, "GRACE_S", 0)
    assert use(tmp_path, lambda store: store.claim("s")) is None


def test_two_workers_that_meet_one_story_at_the_same_moment_write_one_line(tmp_path):
    async def both() -> list[Any]:
        stores = [Store.open(*opened_at(tmp_path / name), policy=policy()) for name in ("one", "two", "three")]
        for number, store in enumerate(stores):
            await store.claim(f"s{number}")
            await store.discover(f"s{number}", candidates(range(1, 30), f"{number}.example"))
        answers = []
        for _ in range(4):
            taken = [(store, pending) for store in stores for pending in await store.take(9)]
            answers += await asyncio.gather(*(finish(store, pending) for store, pending in taken))
        for store in stores:
            await store.publish({})
            await store.close()
        return answers

    outcomes = [answer.outcome for answer in asyncio.run(both())]

    written = sorted(number for name in ("one", "two", "three") for number in told(tmp_path / name))
    assert written == [number for number in range(1, 30) if number % 11 != 10 and number % 13 != 5]
    assert outcomes.count(Outcome.DUPLICATE) == 2 * len(written)


def test_strings_that_postgresql_cannot_keep_stop_no_run(tmp_path):
    state = DocumentState("http://a.example/", "a", "feed", etag="a\0b", last_modified="\ud83d")

    async def work(store: Store):
        await store.record_poll(state)
        return await store.document(state.url)

    kept = use(tmp_path, work)

    assert (kept.etag, kept.last_modified) == ("a\ufffdb", "?")


def test_the_clock_of_the_store_is_the_clock_of_all_workers(tmp_path, monkeypatch):
    monkeypatch.setattr("newscrawl.store.backend.postgres.time.time", lambda: time.time_ns() / 1e9 - 3600)

    async def work(store: Store):
        return store.session.database.clock_offset_s

    assert 3500 < use(tmp_path, work) < 3700


def test_times_of_hosts_and_documents_are_kept_by_the_clock_of_the_store(tmp_path, monkeypatch):
    until = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    host, document = HostState("a.example", until), DocumentState("http://a.example/f", "s", "feed", next_poll=until)

    async def record(store: Store):
        await store.record_host(host)
        await store.record_poll(document)

    async def read(store: Store):
        polls = await store.next_polls()
        return await store.host("a.example"), await store.document("http://a.example/f", "s"), polls["s"]

    use(tmp_path, record)
    monkeypatch.setattr("newscrawl.store.backend.postgres.time.time", lambda: time.time_ns() / 1e9 - 3600)
    host_then, document_then, next_poll = use(tmp_path, read)  # by a clock that is slow

    assert {host_then.not_before, document_then.next_poll, next_poll} == {until - timedelta(hours=1)}


def test_a_dry_run_on_a_shared_store_writes_nothing(tmp_path):
    use(tmp_path, lambda store: crawl(store, "s", [1, 2]))
    before = ask(tmp_path, "SELECT count(*) FROM runs")

    async def look(store: Store):
        await store.claim("s")
        return [candidate.url[-1] for candidate in (await store.discover("s", candidates([1, 2, 3]))).new]

    assert use(tmp_path, look, read_only=True) == ["3"]
    assert ask(tmp_path, "SELECT count(*) FROM runs") == before


def test_a_run_that_is_killed_after_its_file_has_its_name_is_published_once(tmp_path):
    child = os.fork()
    if child == 0:
        try:
            use(tmp_path, lambda store: crawl(store, "s", [1, 2]), policy=policy(step=killer("renamed", 1)))
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL

    use(tmp_path, lambda store: fetched(store, 3))

    assert told(tmp_path) == [1, 2, 3]
    assert ask(tmp_path, "SELECT count(*) FROM lines") == 0


def test_a_machine_that_comes_back_does_not_tell_again_what_others_published(tmp_path, monkeypatch):
    monkeypatch.setattr("newscrawl.store.output.lease.this_host", lambda: "lost boot")
    child = os.fork()
    if child == 0:
        try:
            use(tmp_path / "lost", lambda store: crawl(store, "s", [1, 2]), policy=policy(step=killer("renamed", 1)))
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    monkeypatch.setattr("newscrawl.store.output.lease.this_host", lambda: "other boot")
    assert told(tmp_path / "lost") == [1, 2]

    use(tmp_path / "other", lambda store: crawl(store, "t", [3]))
    assert told(tmp_path / "other") == [1, 2, 3]
    use(tmp_path / "lost", lambda store: crawl(store, "t", [4]))

    assert told(tmp_path / "lost") == [4]
    assert ask(tmp_path, "SELECT count(*) FROM files") == 3


@pytest.mark.parametrize("lock", ["writers", "claims"])
def test_transactions_under_one_lock_never_overlap(tmp_path, lock):
    order: list[str] = []
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"

    def hold(session: Session) -> None:
        with session.write(lock=lock):
            inside.set()
            while not ask(tmp_path, waiting):
                time.sleep(0.01)
            order.append("first")

    def follow(session: Session) -> None:
        inside.wait()
        with session.write(lock=lock):
            order.append("second")

    async def both(first: Store):
        second = Store.open(*opened_at(tmp_path / "two"), policy=policy())
        await asyncio.gather(first.thread.send(hold), second.thread.send(follow))
        await second.close()

    inside = threading.Event()
    use(tmp_path / "one", both)

    assert order == ["first", "second"]


def test_a_claim_waits_for_no_worker_that_writes(tmp_path):
    def hold(session: Session) -> None:
        with session.write():
            inside.set()
            claimed.wait()

    async def both(first: Store):
        second = Store.open(*opened_at(tmp_path / "two"), policy=policy())
        writing = asyncio.ensure_future(first.thread.send(hold))
        await asyncio.to_thread(inside.wait)
        held = await second.claim("s")
        claimed.set()
        await writing
        await second.close()
        return held

    inside, claimed = threading.Event(), threading.Event()

    assert use(tmp_path / "one", both) is None


def test_a_worker_goes_on_beside_one_of_the_next_version_until_that_forbids_it(tmp_path):
    def expand(connection: Connection) -> None:
        for table in ("stories", "lines", "frontier", "documents", "run_leases", "files"):
            connection.execute(text(f"ALTER TABLE {table} ADD COLUMN later INTEGER NOT NULL DEFAULT 0"))
        write_meta(connection, "oldest_reader", str(1 + len(STEPS)))

    def contract(connection: Connection) -> None:
        write_meta(connection, "oldest_reader", str(3 + len(STEPS)))

    def install(*steps: Callable[[Connection], None]) -> None:
        database = Database(store_url())
        migrate(database, (*STEPS, *steps))
        database.close()

    async def work(store: Store):
        first = await crawl(store, "s", [1, 2])
        await asyncio.to_thread(install, expand)
        return first, await crawl(store, "s", [3, 4])

    use(tmp_path, work)
    use(tmp_path, lambda store: crawl(store, "s", [6]))
    install(expand, contract)

    with pytest.raises(OutputError, match="was written by a newer newscrawl"):
        use(tmp_path, lambda store: crawl(store, "s", [7]))
    assert told(tmp_path) == [1, 2, 3, 4, 6]


def test_a_worker_whose_disk_is_full_loses_no_story(tmp_path):
    async def fill(store: Store):
        await crawl(store, "s", [1, 2, 3])
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    def full() -> None:
        with pytest.raises(OutputError, match="has grown as large as a file may be here"):
            use(tmp_path / "full", fill)

    prepare(full)()
    use(tmp_path / "other", lambda store: crawl(store, "t", [4]))

    assert told(tmp_path / "full") + told(tmp_path / "other") == [1, 2, 3, 4]
    assert ask(tmp_path, "SELECT count(*) FROM lines") == 0

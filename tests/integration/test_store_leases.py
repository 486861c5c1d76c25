"""A living run is never taken for a dead one: two folders on one store, other machines, runs that stand still."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest

from newscrawl.errors import OutputError
from newscrawl.store import Run, Store
from newscrawl.store.output import lease
from tests.storing import candidates, crawl, finish, leave, manifests, policy, prepare, records, told, use


def open_at(url, folder, run=None):
    return Store.open(url, folder, run or Run.begin(), policy=policy())


def change(path, **values):
    """Change the leases of a store behind the back of its runs."""
    with sqlite3.connect(path) as store:
        store.execute(f"UPDATE run_leases SET {', '.join(f'{name} = ?' for name in values)}", tuple(values.values()))
    store.close()


def test_two_folders_share_one_store_and_tell_each_story_once(tmp_path):
    url = f"sqlite:///{tmp_path / 'shared.sqlite'}"

    async def both():
        first, second = open_at(url, tmp_path / "one"), open_at(url, tmp_path / "two")
        for store, source in ((first, "a"), (second, "b")):
            assert await store.claim(source) is None
        locked = await second.claim("a")
        results = [await crawl(first, "a", [1, 2]), await crawl(second, "b", [2, 3])]
        for store in (second, first):
            await store.publish({})
            await store.close()
        return locked, results

    locked, _ = asyncio.run(both())

    assert locked == manifests(tmp_path / "one")[0]["run_id"]
    assert (told(tmp_path / "one"), told(tmp_path / "two")) == ([1, 2], [3])
    assert [run["status"] for name in ("one", "two") for run in manifests(tmp_path / name)] == ["complete"] * 2


def test_a_run_that_died_in_another_folder_is_completed_there(tmp_path):
    url = f"sqlite:///{tmp_path / 'shared.sqlite'}"

    async def die():
        store = open_at(url, tmp_path / "one")
        await crawl(store, "a", [1, 2])
        await store.discover("a", candidates([4]))

    prepare(lambda: asyncio.run(die()))()

    async def go_on():
        store = open_at(url, tmp_path / "two")
        await store.claim("a")
        for pending in await store.take(9):
            await finish(store, pending)
        await store.publish({})
        await store.close()

    asyncio.run(go_on())

    assert (told(tmp_path / "one"), told(tmp_path / "two")) == ([1, 2], [4])
    assert [run["status"] for run in manifests(tmp_path / "one")] == ["recovered"]


def test_a_run_on_another_machine_lives_until_its_lease_expires(tmp_path):
    leave(tmp_path, lambda store: crawl(store, "a", [1]), Run.begin())
    [lock] = tmp_path.glob("runs/*.lock")
    change(tmp_path / "state.sqlite", host="elsewhere", folder=str(tmp_path / "not" / "here"))

    assert use(tmp_path, lambda store: store.claim("a")) == lock.stem
    change(tmp_path / "state.sqlite", expires_at=1)
    assert use(tmp_path, lambda store: store.claim("a")) is None

    change(tmp_path / "state.sqlite", folder="")  # its own machine starts again
    use(tmp_path, lambda store: store.claim("b"))
    assert told(tmp_path) == [1]


def test_a_folder_that_is_gone_stops_no_run_in_another(tmp_path):
    url = f"sqlite:///{tmp_path / 'shared.sqlite'}"
    leave_at = tmp_path / "one"

    async def die():
        await crawl(open_at(url, leave_at), "a", [1])

    prepare(lambda: asyncio.run(die()))()
    for path in leave_at.glob("articles/*/*"):
        path.unlink()

    async def work():
        store = open_at(url, tmp_path / "two")
        owner = await store.claim("a")
        await store.publish({})
        await store.close()
        return owner

    assert asyncio.run(work()) is None


def test_a_run_that_was_completed_by_another_writes_no_more(tmp_path):
    async def work(store: Store):
        await store.claim("a")
        await store.discover("a", candidates([1, 2]))
        one, two = await store.take(2)
        await finish(store, one)
        change(tmp_path / "state.sqlite", expires_at=0)  # what another run does that takes it for dead
        await finish(store, two)

    with pytest.raises(OutputError, match="stood still for over 120 s"):
        use(tmp_path, work)
    use(tmp_path, lambda store: crawl(store, "a", [1, 2]))

    assert told(tmp_path) == [1, 2]
    assert len(records(tmp_path)) == 2


def test_a_run_that_writes_nothing_keeps_its_lease(tmp_path, monkeypatch):
    monkeypatch.setattr("newscrawl.store.session.RENEW_S", 0.05)

    async def wait(store: Store):
        change(tmp_path / "state.sqlite", expires_at=1)
        while True:
            await asyncio.sleep(0.05)
            with sqlite3.connect(tmp_path / "state.sqlite") as reader:
                [(expires_at,)] = reader.execute("SELECT expires_at FROM run_leases")
            reader.close()
            if expires_at > 1:
                return expires_at

    assert use(tmp_path, wait) > lease.LEASE_S

"""Two runs at once on one output folder."""

import asyncio
import os

import pytest

from newscrawl.outcomes import Outcome
from newscrawl.store import Run, Store
from tests.storing import candidates, crawl, key, manifests, policy, store_url, told, use

BOTH_ENGINES = True


async def beside(folder, work, **options):
    """Do *work* with the store of a second run, in this process."""
    other = await asyncio.to_thread(Store.open, store_url(), folder, Run.begin(), **{"policy": policy(), **options})
    try:
        return await work(other)
    finally:
        await other.publish({})
        await other.close()


def test_a_source_is_crawled_by_one_run_at_a_time(tmp_path):
    first = Run.begin()

    async def work(store: Store):
        await store.claim("s")
        held = await beside(tmp_path, lambda other: other.claim("s"))
        free = await beside(tmp_path, lambda other: other.claim("t"))
        return held, free

    assert use(tmp_path, work, run=first) == (first.id, None)
    assert use(tmp_path, lambda store: store.claim("s")) is None


def test_a_locked_source_cannot_be_crawled_all_the_same(tmp_path):
    async def work(store: Store):
        await store.claim("s")
        await beside(tmp_path, lambda other: other.discover("s", candidates([1])))

    with pytest.raises(ValueError, match="s is locked by run"):
        use(tmp_path, work)


def test_a_url_that_a_living_run_holds_is_not_fetched_by_another(tmp_path):
    async def work(store: Store):
        await store.claim("s")
        await store.discover("s", candidates([1, 2]))

        async def second(other: Store):
            await other.claim("t")
            found = await other.discover("t", candidates([1, 3]))
            return len(found.new), found.waiting, [pending.key for pending in await other.take(9)]

        return await beside(tmp_path, second)

    assert use(tmp_path, work) == (1, 1, [key(3)])


def test_a_story_that_two_runs_fetch_at_once_is_written_once(tmp_path):
    async def work(store: Store):
        mine = crawl(store, "s", range(1, 5))
        theirs = beside(tmp_path, lambda other: crawl(other, "t", range(1, 5), host="www.a.example"))
        return await asyncio.gather(mine, theirs)

    mine, theirs = use(tmp_path, work)

    assert told(tmp_path) == [1, 2, 3, 4]
    written = [answer.outcome for answer in (*mine, *theirs)].count(Outcome.WRITTEN)
    assert written == 4


def test_two_processes_write_each_story_once(tmp_path):
    children = []
    for host in ("a.example", "www.a.example"):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                use(tmp_path, lambda store, host=host: crawl(store, host, range(150), host=host))
                code = 0
            finally:
                os._exit(code)
        children.append(child)

    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0]
    use(tmp_path, lambda store: crawl(store, "a.example", []))

    assert len(told(tmp_path)) == len(set(told(tmp_path)))
    ends = ("written", "duplicate", "unchanged", "rejected", "failed", "pending")
    for manifest in manifests(tmp_path):
        figures = manifest["figures"]
        assert figures["discovered"] + figures["resumed"] == sum(figures[name] for name in ends)


def test_run_ids_differ_though_the_clock_stands_still():
    assert len({Run.begin().id for _ in range(200)}) == 200

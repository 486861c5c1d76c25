"""How workers that share a PostgreSQL divide sources and hosts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from newscrawl.store import Claims, DocumentState, Run, Store, Want
from tests.storing import candidates, crawl, finish, leave, policy, store_url, told, use

POSTGRES_ONLY = True
Work = Callable[..., Awaitable[Any]]


def together(tmp_path: Any, work: Work, count: int = 2) -> Any:
    """Do *work* with the stores of some workers, each with a folder of its own."""

    async def whole() -> Any:
        stores = [Store.open(store_url(), tmp_path / str(n), Run.begin(), policy=policy()) for n in range(count)]
        result = await work(*stores)
        for store in stores:
            await store.publish({})
            await store.close()
        return result

    return asyncio.run(whole())


def test_workers_take_sources_in_batches_and_none_twice(tmp_path):
    wants = [Want(f"s{number}", hosts=(f"{number}.example",)) for number in range(10)]

    async def work(one: Store, two: Store):
        first = await one.claim_next(wants, 4)
        second = await two.claim_next(wants, 4)
        third = await one.claim_next([want for want in wants if want.source not in first.taken], 4)
        return first, second, third, one.session.run.id, two.session.run.id

    first, second, third, one, two = together(tmp_path, work)

    assert first == Claims(("s0", "s1", "s2", "s3"), {})
    assert second == Claims(("s4", "s5", "s6", "s7"), dict.fromkeys(first.taken, one))
    assert third == Claims(("s8", "s9"), dict.fromkeys(second.taken, two))


def test_one_host_is_asked_by_one_worker_also_where_sources_share_it(tmp_path):
    politics, sport = Want("politics", hosts=("www.a.example",)), Want("sport", hosts=("a.example", "b.example"))

    async def work(one: Store, two: Store):
        first = await one.claim_next([politics], 5)
        second = await two.claim_next([sport, Want("other", hosts=("c.example",))], 5)
        third = await one.claim_next([sport], 5)
        return first.taken, second, third.taken, one.session.run.id

    first, second, third, one = together(tmp_path, work)

    assert (first, second.taken, second.holders) == (("politics",), ("other",), {"sport": one})
    assert third == ("sport",)
    assert use(tmp_path, lambda store: store.claim_next([sport], 1)).taken == ("sport",)


def test_urls_on_a_host_that_another_worker_asks_wait_for_a_later_run(tmp_path):
    async def work(one: Store, two: Store):
        await one.claim_next([Want("one", hosts=("a.example",))], 1)
        await two.claim("two")
        await two.discover("two", [*candidates(range(1, 80)), *candidates([100, 101], "b.example")])
        taken = await two.take(99)
        for pending in taken:
            await finish(two, pending)
        return [pending.candidate.url for pending in taken], await two.take(9), two.figures()["two"]["pending"]

    urls, more, pending = together(tmp_path, work)

    assert sorted(urls) == ["http://b.example/story/100", "http://b.example/story/101"]
    assert (more, pending) == ([], 79)
    use(tmp_path / "later", lambda store: crawl(store, "two", []))
    assert len(told(tmp_path / "later")) > 60


def test_what_a_dead_worker_had_goes_to_others(tmp_path):
    async def take(store: Store):
        await store.claim_next([Want("s", hosts=("a.example",)), Want("t", hosts=("b.example",))], 5)
        await store.discover("s", candidates([1, 2]))

    leave(tmp_path / "dead", take, Run.begin())

    async def work(store: Store):
        claims = await store.claim_next([Want("u", hosts=("www.a.example",)), Want("s"), Want("t")], 5)
        return claims, [pending.key for pending in await store.take(5)]

    claims, taken = use(tmp_path, work)

    assert (claims.taken, claims.holders, len(taken)) == (("u", "s", "t"), {}, 2)


def test_sources_are_due_since_their_first_document_was(tmp_path):
    now = datetime.now(UTC).replace(microsecond=0)

    async def work(store: Store):
        for name, hours in (("early", 3), ("late", 1), ("not yet", -1)):
            polled = DocumentState(f"http://{name}/", name, "feed", next_poll=now - timedelta(hours=hours))
            await store.record_poll(polled)
        return await store.due_sources(["early", "late", "not yet", "new"], now)

    found = use(tmp_path, work)

    assert sorted(found, key=found.__getitem__) == ["new", "early", "late"]


def test_what_one_worker_learned_of_a_host_the_others_know(tmp_path):
    from newscrawl.outcomes import Reason
    from newscrawl.store import HostState

    later = datetime.now(UTC) + timedelta(hours=2)

    async def work(one: Store, two: Store):
        await one.record_host(HostState("a.example", later, 1, str(Reason.RATE_LIMITED)))
        await one.remember("robots:a.example", b"Disallow: /", 3600)
        await crawl(one, "s", [1])
        return await two.resting_hosts(datetime.now(UTC)), await two.recall("robots:a.example")

    assert together(tmp_path, work) == (frozenset({"a.example"}), b"Disallow: /")

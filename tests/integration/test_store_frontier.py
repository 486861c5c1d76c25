"""A URL is pending from discovery until its outcome is durable."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.discovery.candidate import Candidate, Via
from newscrawl.outcomes import OUTCOME_OF, Outcome, Reason
from newscrawl.store import Run, Store
from newscrawl.store.frontier.rows import ATTEMPTS, LONGEST_PAUSE_S, pause_s
from tests.storing import advanced, candidates, crawl, fetched, key, manifests, refuse, use

BOTH_ENGINES = True


def test_every_reason_has_an_outcome_that_needs_one():
    assert set(OUTCOME_OF) == set(Reason)
    assert set(OUTCOME_OF.values()) == {Outcome.REJECTED, Outcome.SKIPPED, Outcome.FAILED}


def test_a_candidate_is_new_then_waiting_then_known(tmp_path):
    async def work(store: Store):
        await store.claim("s")
        first = await store.discover("s", candidates([1, 2, 1]))
        second = await store.discover("s", candidates([1, 2, 3]))
        await crawl(store, "s", [])
        return first, second, await store.discover("s", candidates([1, 2, 3]))

    first, second, third = use(tmp_path, work)

    assert [len(found.new) for found in (first, second, third)] == [2, 1, 0]
    assert (second.waiting, third.known) == (2, 3)


def test_a_row_keeps_all_that_is_known_of_its_candidate(tmp_path):
    moment = datetime(2026, 11, 3, 10, tzinfo=UTC)
    candidate = Candidate(
        "http://a.example/story/1", Via.NEWS_SITEMAP, "http://a.example/map", "A title", moment, moment, "guid-1"
    )

    async def work(store: Store):
        await store.claim("s")
        await store.discover("s", [candidate])
        return await store.take(5)

    [pending] = use(tmp_path, work)

    assert pending.candidate == candidate
    assert (pending.key, pending.source, pending.attempts) == (key(1), "s", 0)


def test_takes_the_newest_first_and_what_a_person_named_before_all(tmp_path):
    now = datetime.now(UTC)
    dated = [
        replace(c, published_at=now - timedelta(days=c_days))
        for c, c_days in zip(candidates([1, 2, 3]), (3, 1, 2), strict=True)
    ]
    seed = replace(candidates([4])[0], via=Via.SEED)
    old = replace(candidates([5])[0], via=Via.SITEMAP)
    undated = candidates([6, 7])

    async def work(store: Store):
        await store.claim("s")
        await store.discover("s", [old, *dated, *undated, seed])
        return [pending.candidate.url[-1] for pending in await store.take(50)]

    assert use(tmp_path, work) == ["4", "6", "7", "2", "3", "1", "5"]


def test_takes_from_each_source_in_turn(tmp_path):
    async def work(store: Store):
        for source, numbers in (("s", range(5)), ("t", range(5, 10))):
            await store.claim(source)
            await store.discover(source, candidates(numbers))
        return [pending.source for pending in await store.take(4)]

    assert use(tmp_path, work) == ["s", "t", "s", "t"]


def test_never_hands_out_a_url_twice_in_a_run(tmp_path):
    async def work(store: Store):
        await store.claim("s")
        await store.discover("s", candidates(range(200)))
        taken = [pending.key for _ in range(9) for pending in await store.take(30)]
        await store.discover("s", candidates(range(200)))
        return taken, await store.take(30)

    taken, more = use(tmp_path, work)

    assert len(taken) == len(set(taken)) == 200
    assert more == []


def test_a_seed_that_was_completed_is_not_handed_out(tmp_path):
    async def work(store: Store):
        await store.claim("s")
        await store.discover("s", candidates([1, 2]))
        [first] = await store.take(1)
        await fetched(store, 2)
        return first.key, [pending.key for pending in await store.take(5)]

    assert use(tmp_path, work) == (key(1), [])


def test_what_a_run_leaves_is_resumed_by_the_next(tmp_path):
    async def first(store: Store):
        await store.claim("s")
        await store.discover("s", candidates(range(1, 5)))

    async def second(store: Store):
        await crawl(store, "s", [])
        return store.figures()["s"]

    use(tmp_path, first)
    figures = use(tmp_path, second)

    assert (figures["resumed"], figures["discovered"], figures["written"]) == (4, 0, 4)
    assert [manifest["figures"]["pending"] for manifest in manifests(tmp_path)] == [4, 0]


def test_a_source_takes_up_what_another_one_left(tmp_path):
    async def first(store: Store):
        await store.claim("s")
        await store.discover("s", candidates([1, 2]))

    async def second(store: Store):
        await store.claim("t")
        found = await store.discover("t", candidates([1, 3]))
        return found, {pending.key for pending in await store.take(5)}, store.figures()["t"]

    use(tmp_path, first)
    found, taken, figures = use(tmp_path, second)

    assert (len(found.new), found.waiting) == (1, 1)
    assert taken == {key(1), key(3)}
    assert (figures["resumed"], figures["discovered"]) == (1, 1)


@pytest.mark.parametrize(("attempts", "pause"), [(1, 600), (2, 2400), (3, 9600), (4, 38400), (9, LONGEST_PAUSE_S)])
def test_each_failure_makes_the_pause_longer(attempts, pause):
    assert pause_s(attempts) == pause


def test_a_failure_is_tried_again_after_its_pause_and_not_before(tmp_path):
    async def fail(store: Store):
        await store.claim("s")
        await store.discover("s", candidates([1]))
        [pending] = await store.take(5)
        answer = await refuse(store, pending, Reason.CONNECTION)
        return answer.outcome, await store.take(5)

    async def look(store: Store):
        await store.claim("s")
        return [pending.attempts for pending in await store.take(5)]

    assert use(tmp_path, fail) == (Outcome.FAILED, [])
    assert use(tmp_path, look) == []
    assert use(tmp_path, look, policy=advanced(0.1)) == [1]


def test_a_url_that_keeps_failing_is_given_up(tmp_path):
    async def fail(store: Store):
        await store.claim("s")
        found = await store.discover("s", candidates([1]))
        taken = await store.take(5)
        return [(await refuse(store, pending, Reason.SERVER_ERROR)).outcome for pending in taken], found.known

    outcomes = [use(tmp_path, fail, policy=advanced(days)) for days in range(0, 8 * ATTEMPTS, 8)]

    assert outcomes == [([Outcome.FAILED], 0)] * (ATTEMPTS - 1) + [([Outcome.REJECTED], 0)]
    assert manifests(tmp_path)[-1]["figures"]["reasons"] == {"gave-up": 1}
    assert use(tmp_path, fail, policy=advanced(99)) == ([], 1)


def test_a_clock_set_back_loses_no_pause(tmp_path):
    async def fail(store: Store):
        await store.claim("s")
        await store.discover("s", candidates([1]))
        for pending in await store.take(5):
            await refuse(store, pending, Reason.DNS)

    async def look(store: Store):
        await store.claim("s")
        return len(await store.take(5))

    use(tmp_path, fail, policy=advanced(3650))

    assert use(tmp_path, look) == 1


def test_what_is_skipped_is_counted_once_and_kept_nowhere(tmp_path):
    async def work(store: Store):
        await store.claim("s")
        for _ in range(2):
            await store.discover("s", candidates([1, 2]), skip=Reason.SINCE)
        return store.figures()["s"], await store.take(5)

    figures, taken = use(tmp_path, work)

    assert (figures["discovered"], figures["skipped"], figures["reasons"]) == (2, 2, {"since": 2})
    assert taken == []

    async def again(store: Store):
        await store.claim("s")
        return len((await store.discover("s", candidates([1, 2]))).new)

    assert use(tmp_path, again) == 2


def test_what_one_document_skips_and_another_wants_ends_once(tmp_path):
    async def work(store: Store):
        await store.claim("s")
        await store.discover("s", candidates([1]), skip=Reason.SINCE)
        await crawl(store, "s", [1])
        return store.figures()["s"]

    figures = use(tmp_path, work)

    assert (figures["discovered"], figures["skipped"], figures["written"]) == (1, 0, 1)


def test_what_robots_refused_is_not_asked_for_again_in_the_run(tmp_path):
    async def work(store: Store):
        await store.claim("s")
        await store.discover("s", candidates([1]))
        [pending] = await store.take(5)
        await refuse(store, pending, Reason.ROBOTS)
        found = await store.discover("s", candidates([1]))
        return len(found.new), store.figures()["s"]["skipped"]

    assert use(tmp_path, work) == (0, 1)


def test_no_more_is_taken_than_the_limit_lets_be_written(tmp_path):
    async def work(store: Store):
        await crawl(store, "s", range(1, 9))
        return store.figures()["s"]

    figures = use(tmp_path, work, run=Run("r1", datetime.now(UTC), limit=3))

    assert (figures["written"], figures["pending"]) == (3, 5)
    assert manifests(tmp_path)[0]["figures"]["pending"] == 5


def test_what_is_fetched_beyond_the_limit_stays_pending(tmp_path):
    async def work(store: Store):
        await store.claim("s")
        await store.discover("s", candidates([1, 2, 3, 4]))
        return await asyncio.gather(*(fetched(store, number) for number in (1, 2, 3, 4)))

    answers = use(tmp_path, work, run=Run("r1", datetime.now(UTC), limit=3))

    assert [answer.outcome for answer in answers] == [Outcome.WRITTEN] * 3 + [Outcome.PENDING]
    assert manifests(tmp_path)[0]["figures"]["pending"] == 1


def test_many_candidates_are_taken_in_at_once(tmp_path):
    async def work(store: Store):
        await store.claim("s")
        began = asyncio.get_running_loop().time()
        found = await store.discover("s", candidates(range(10_000)))
        return len(found.new), asyncio.get_running_loop().time() - began

    new, seconds = use(tmp_path, work)

    assert new == 10_000
    assert seconds < 10  # 0.6 on an idle machine


def test_urls_that_were_done_a_year_ago_are_forgotten(tmp_path):
    async def look(store: Store):
        await store.claim("s")
        return (await store.discover("s", candidates([1]), skip=Reason.SINCE)).known

    use(tmp_path, lambda store: crawl(store, "s", [1]))
    days = range(7, 379, 7)
    known = [use(tmp_path, look, policy=advanced(day)) for day in days]

    assert known == [1] * (len(days) - 1) + [0]


def test_a_clock_that_leaps_ahead_forgets_nothing(tmp_path):
    async def look(store: Store):
        await store.claim("s")
        return (await store.discover("s", candidates([1]), skip=Reason.SINCE)).known

    use(tmp_path, lambda store: crawl(store, "s", [1]))
    for day in (4000, 4001, 4002, 4010):
        use(tmp_path, look, policy=advanced(day))

    assert use(tmp_path, look) == 1


def test_source_names_may_be_anything(tmp_path):
    name = "Zeitung 'Ä'; DROP TABLE runs -- \n"

    use(tmp_path, lambda store: crawl(store, name, [1]))

    assert list(manifests(tmp_path)[0]["sources"]) == [name]

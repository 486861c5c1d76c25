"""What a run leaves in the output folder."""

import asyncio
import hashlib
import json
from datetime import UTC, datetime

import pytest

from newscrawl.extraction import Observation, memory_key
from newscrawl.extraction.learned.site_memory import OBSERVATIONS as KEPT
from newscrawl.items import FIELDS
from newscrawl.outcomes import Outcome, Reason
from newscrawl.store import Pending, Run, Store
from tests.kill.feed import page, url_of
from tests.storing import advanced, candidates, crawl, fetched, key, lose_store, manifests, records, refuse, told, use

BOTH_ENGINES = True

STARTED = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
ENDS = ("written", "revised", "duplicate", "unchanged", "rejected", "skipped", "failed", "pending")


def test_files_appear_whole_under_the_runs_id(tmp_path, engine):
    use(tmp_path, lambda store: crawl(store, "s", range(12)), run=Run("r1", STARTED))

    assert told(tmp_path) == [0, 1, 2, 3, 4, 6, 7, 8, 9, 11]
    names = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    store = ["state.sqlite"] if engine == "sqlite" else []
    assert names == ["articles/dt=2026-11-23/r1.jsonl", "runs/r1.json", "runs/r1.rejected.jsonl", *store]


def test_a_line_is_a_record_with_its_ids(tmp_path):
    use(tmp_path, lambda store: crawl(store, "s", [1]), run=Run("r1", STARTED))

    [record] = records(tmp_path)
    assert tuple(record) == FIELDS
    assert record["id"] == record["story_id"]
    assert (record["run_id"], record["source"], record["version"]) == ("r1", "s", 1)


@pytest.mark.sqlite_only
def test_an_answer_comes_when_the_line_is_on_disk(tmp_path):
    async def work(store: Store):
        await store.claim("s")
        await store.discover("s", candidates([1]))
        await fetched(store, 1)
        [part] = tmp_path.glob("articles/*/*.part")
        return part.read_bytes().count(b"\n")

    assert use(tmp_path, work) == 1


def test_the_manifest_adds_up(tmp_path):
    async def work(store: Store):
        await crawl(store, "s", range(30))
        await store.discover("s", candidates(range(30, 35)), skip=Reason.SINCE)
        await store.discover("s", candidates(range(40, 43)))
        await crawl(store, "t", range(12), host="b.example")
        await store.publish({"finish_reason": "finished", "run_id": "no report may change this"})

    use(tmp_path, work, run=Run("r1", STARTED), publish=False)

    [manifest] = manifests(tmp_path)
    for figures in (manifest["figures"], *manifest["sources"].values()):
        assert figures["discovered"] + figures["resumed"] == sum(figures[name] for name in ENDS)
    assert manifest["sources"]["s"]["reasons"] == {"connection": 2, "section": 2, "since": 5}
    assert (manifest["run_id"], manifest["status"], manifest["finish_reason"]) == ("r1", "complete", "finished")
    for entry in manifest["files"]:
        data = (tmp_path / entry["path"]).read_bytes()
        assert (data.count(b"\n"), len(data)) == (entry["lines"], entry["bytes"])
        assert hashlib.sha256(data).hexdigest() == entry["sha256"]


def test_a_run_that_was_stopped_says_why_and_what_it_left(tmp_path):
    async def work(store: Store):
        await crawl(store, "s", [1])
        await store.discover("s", candidates([2, 3]))
        await store.publish({}, why="shutdown")

    use(tmp_path, work, publish=False)

    [manifest] = manifests(tmp_path)
    assert (manifest["status"], manifest["why"], manifest["figures"]["pending"]) == ("interrupted", "shutdown", 2)


def test_a_run_that_wrote_nothing_publishes_a_manifest_and_no_article_file(tmp_path):
    async def work(store: Store):
        await store.claim("s")
        return await store.publish({})

    assert use(tmp_path, work, publish=False) is None
    assert list(tmp_path.glob("articles/**/*.jsonl*")) == []
    assert manifests(tmp_path)[0]["files"] == []


def test_a_second_run_over_the_same_stories_writes_nothing(tmp_path):
    use(tmp_path, lambda store: crawl(store, "s", range(1, 5)))

    async def again(store: Store):
        await crawl(store, "s", range(1, 5))
        return store.figures()["s"]

    figures = use(tmp_path, again)

    assert (figures["known"], figures["discovered"]) == (4, 0)
    assert told(tmp_path) == [1, 2, 3, 4]


def test_the_rejected_log_says_why(tmp_path):
    async def work(store: Store):
        await store.claim("s")
        await store.discover("s", candidates([10]))
        await crawl(store, "s", [])
        await fetched(store, 1)
        await fetched(store, 1)

    use(tmp_path, work, run=Run("r1", STARTED))

    lines = [json.loads(line) for line in (tmp_path / "runs" / "r1.rejected.jsonl").read_text().splitlines()]
    assert [(line["outcome"], line["reason"], line["detail"]) for line in lines] == [
        ("rejected", "section", "42 links"),
        ("unchanged", None, None),
    ]
    assert {(line["run_id"], line["source"]) for line in lines} == {("r1", "s")}


def test_figures_are_told_while_the_run_goes_on(tmp_path):
    async def work(store: Store):
        await crawl(store, "s", [1, 2, 10])
        await store.discover("s", candidates([20, 22]))
        return store.figures()["s"]

    figures = use(tmp_path, work)

    assert (figures["written"], figures["rejected"], figures["pending"]) == (2, 1, 2)


def test_one_result_that_cannot_be_written_fails_alone(tmp_path):
    async def work(store: Store):
        await store.claim("s")
        await store.discover("s", candidates([1, 2, 3]))
        poison = page(Pending(key(3), candidates([3])[0], "s", STARTED, 0))
        poison.tags = {"a set is no JSON"}
        results = [store.complete(key(3), poison), *(fetched(store, number) for number in (1, 2))]
        return await asyncio.gather(*results, return_exceptions=True)

    error, *answers = use(tmp_path, work)

    assert isinstance(error, TypeError)
    assert [answer.outcome for answer in answers] == [Outcome.WRITTEN] * 2
    assert manifests(tmp_path)[0]["figures"]["pending"] == 1


def test_a_lone_surrogate_stops_no_run(tmp_path):
    async def work(store: Store):
        await store.claim("s")
        await store.discover("s", candidates([1]))
        [pending] = await store.take(1)
        article = page(pending)
        article.title = "Half \ud83d a sign"
        return await store.complete(pending.key, article)

    assert use(tmp_path, work).outcome is Outcome.WRITTEN
    assert records(tmp_path)[0]["title"] == "Half ? a sign"


def test_a_site_is_remembered_within_bounds(tmp_path):
    lessons = [Observation(story=number, lines=(1, 2, number)) for number in range(KEPT + 5)]

    async def learn(store: Store):
        await store.claim("s")
        await store.discover("s", candidates(range(20, 20 + 2 * len(lessons))))
        taken = zip(lessons, await store.take(len(lessons)), strict=True)
        await asyncio.gather(*(store.complete(pending.key, page(pending), lesson) for lesson, pending in taken))

    async def recall(store: Store):
        return await store.memory(memory_key(url_of("a.example", 1))), await store.memory("b.example")

    use(tmp_path, learn)

    assert use(tmp_path, recall) == (tuple(lessons[-KEPT:]), ())


def test_a_note_lives_until_it_expires(tmp_path):
    async def write(store: Store):
        await store.remember("robots:a.example", b"Disallow:", 86400)
        return await store.recall("robots:a.example")

    async def read(store: Store):
        return await store.recall("robots:a.example")

    assert use(tmp_path, write) == b"Disallow:"
    assert use(tmp_path, read) == b"Disallow:"
    assert use(tmp_path, read, policy=advanced(2)) is None


@pytest.mark.parametrize("before", ["nothing", "a store", "files alone"])
def test_a_dry_run_reads_and_writes_nothing(tmp_path, before):
    folder = tmp_path / "output"
    if before != "nothing":
        use(folder, lambda store: crawl(store, "s", [1, 2]))
    if before == "files alone":
        lose_store(folder)
    files = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    async def look(store: Store):
        await store.claim("s")
        found = await store.discover("s", candidates([1, 2, 3]))
        return [candidate.url[-1] for candidate in found.new], await store.publish({})

    new, path = use(folder, look, read_only=True, publish=False)

    assert (new, path) == ((["1", "2", "3"], None) if before == "nothing" else (["3"], None))
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == files


def test_a_dry_run_names_what_earlier_runs_left(tmp_path):
    async def leave(store: Store):
        await store.claim("s")
        await store.discover("s", candidates([1]))

    async def look(store: Store):
        await store.claim("s")
        return [pending.key for pending in await store.take(5)]

    use(tmp_path, leave)

    assert use(tmp_path, look, read_only=True) == [key(1)]
    assert use(tmp_path, look, read_only=True) == [key(1)]


def test_a_failure_within_the_run_is_no_second_outcome(tmp_path):
    async def work(store: Store):
        await store.claim("s")
        for _ in range(3):
            await store.discover("s", candidates([1]))
            for pending in await store.take(5):
                await refuse(store, pending, Reason.DNS)
        return store.figures()["s"]["failed"]

    assert use(tmp_path, work) == 1


def test_a_closed_store_answers_nothing_and_hangs_nobody(tmp_path):
    async def work(store: Store):
        await store.publish({})
        await store.close()
        await store.take(1)

    with pytest.raises(RuntimeError, match="the store is closed"):
        use(tmp_path, work, publish=False)

"""A run whose process is gone is completed by the next one."""

import asyncio
import json
import logging
import os
import shutil
import signal
import sqlite3
import warnings
from contextlib import closing
from datetime import UTC, datetime

import pytest

from newscrawl.errors import OutputError
from newscrawl.store import Run, Store
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.migrations import STEPS, migrate, read_meta, write_meta
from newscrawl.store.output.rebuild import StderrProgress
from tests.kill.crawls import killer
from tests.kill.feed import page
from tests.storing import (
    ask,
    candidates,
    crawl,
    dying,
    fetched,
    leave,
    lose_store,
    manifests,
    policy,
    prepare,
    records,
    store_url,
    told,
    use,
)

BOTH_ENGINES = True

DEAD = Run("r0", datetime(2026, 11, 23, 10, 15, tzinfo=UTC))


async def idle(store: Store) -> None:
    """A run that does nothing but open and publish."""


def part_of(folder):
    [part] = folder.glob("articles/*/*.part")
    return part


def dead_at(folder, step, work, run=DEAD):
    """Do *work* in a process that is killed at *step*."""
    child = os.fork()
    if child == 0:
        try:
            use(folder, work, run=run, policy=policy(step=killer(step, 1)))
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_a_dead_runs_file_is_published_under_its_id(tmp_path):
    leave(tmp_path, lambda store: crawl(store, "s", [1, 2, 3, 10]), run=DEAD)
    assert told(tmp_path) == []

    use(tmp_path, idle)

    assert told(tmp_path) == [1, 2, 3]
    recovered = manifests(tmp_path)[0]
    assert (recovered["run_id"], recovered["status"]) == ("r0", "recovered")
    assert (recovered["figures"]["written"], recovered["figures"]["rejected"]) == (3, 1)
    assert [path.name for path in tmp_path.rglob("*.part")] == []


@pytest.mark.sqlite_only
def test_lines_that_the_store_does_not_know_yet_are_adopted(tmp_path):
    dead_at(tmp_path, "synced", lambda store: crawl(store, "s", [1, 2, 3]))

    async def again(store: Store):
        await store.claim("s")
        return len(await store.take(9)), (await store.discover("s", candidates([1, 2, 3]))).known

    assert use(tmp_path, again) == (0, 3)
    assert told(tmp_path) == [1, 2, 3]
    assert manifests(tmp_path)[0]["figures"]["written"] == 3


@pytest.mark.sqlite_only
def test_a_torn_tail_is_cut_and_its_story_stays_pending(tmp_path):
    dead_at(tmp_path, "synced", lambda store: crawl(store, "s", [1, 2, 3]))
    part = part_of(tmp_path)
    part.write_bytes(part.read_bytes()[:-20])

    use(tmp_path, idle)
    assert len(told(tmp_path)) == 2
    use(tmp_path, lambda store: crawl(store, "s", []))

    assert told(tmp_path) == [1, 2, 3]


@pytest.mark.sqlite_only
def test_what_another_run_told_meanwhile_is_not_adopted(tmp_path):
    dead_at(tmp_path, "synced", lambda store: crawl(store, "s", [1, 2]))
    with closing(sqlite3.connect(tmp_path / "state.sqlite")) as store:  # as if r0 lived on when the other came
        store.execute("UPDATE runs SET status = 'stopped'")
        store.commit()
    use(tmp_path, lambda store: fetched(store, 1))
    with closing(sqlite3.connect(tmp_path / "state.sqlite")) as store:
        store.execute("UPDATE runs SET status = 'running' WHERE id = 'r0'")
        store.commit()

    use(tmp_path, lambda store: crawl(store, "s", []))

    assert told(tmp_path) == [1, 2]


@pytest.mark.sqlite_only
def test_a_recovery_adopts_no_line_whose_url_another_run_has_by_now(tmp_path):
    dead_at(tmp_path, "synced", lambda store: crawl(store, "s", [1, 2]))
    with closing(sqlite3.connect(tmp_path / "state.sqlite")) as store:
        store.execute("UPDATE frontier SET taken_by = 'another', source = 'another'")
        store.commit()

    use(tmp_path, lambda store: store.claim("s"))

    assert told(tmp_path) == []
    with closing(sqlite3.connect(tmp_path / "state.sqlite")) as store:
        assert store.execute("SELECT count(*) FROM frontier WHERE taken_by = 'another'").fetchone() == (2,)


@pytest.mark.parametrize("step", ["decided", "appended", "synced", "recorded", "committed", "renamed", "numbered"])
def test_a_revision_is_written_once_though_its_run_is_killed(tmp_path, step):
    use(tmp_path, lambda store: crawl(store, "s", [1]))

    async def revisit(store: Store):
        await store.claim("s")
        await store.discover("s", candidates([1]), again=True)
        for pending in await store.take(5):
            article = page(pending)
            article.source, article.title, article.minhash = "s", "A corrected headline of the story", ""
            await store.complete(pending.key, article)
        await store.publish({})

    dead_at(tmp_path, step, revisit)
    use(tmp_path, revisit)
    use(tmp_path, revisit)

    lines = [(record["version"], record["changed"]) for record in records(tmp_path)]
    assert sorted(lines) == [(1, []), (2, ["title"])]
    assert len({(record["id"], record["story_id"]) for record in records(tmp_path)}) == 1


def test_a_living_run_is_left_alone(tmp_path, engine):
    async def living(store: Store):
        await crawl(store, "s", [1, 2])
        other = await asyncio.to_thread(Store.open, store_url(), tmp_path, Run.begin(), policy=policy())
        holder = await other.claim("s")
        await other.publish({})
        await other.close()
        return holder, engine == "postgres" or part_of(tmp_path).exists()

    assert use(tmp_path, living, run=DEAD) == ("r0", True)
    assert [manifest["status"] for manifest in manifests(tmp_path)] == ["complete", "complete"]
    assert told(tmp_path) == [1, 2]


def test_a_dead_runs_source_can_be_claimed_at_once(tmp_path):
    async def discover(store: Store):
        await store.claim("s")
        await store.discover("s", candidates([1, 2, 3]))

    die = dying(tmp_path, discover, DEAD)

    async def living(store: Store):
        die()
        return await store.claim("s"), store.figures()["s"]["resumed"]

    assert use(tmp_path, living) == (None, 3)


@pytest.mark.parametrize("step", ["renamed", "manifested", "released"])
def test_a_kill_while_a_run_ends_loses_nothing(tmp_path, step):
    dead_at(tmp_path, step, lambda store: crawl(store, "s", [1, 2, 5]))

    use(tmp_path, idle)

    assert told(tmp_path) == [1, 2]
    status = "recovered" if step == "renamed" else "complete"
    assert [manifest["status"] for manifest in manifests(tmp_path) if manifest["run_id"] == "r0"] == [status]
    for table in ("run_counters", "source_locks", "run_leases", "lines"):
        assert ask(tmp_path, f"SELECT count(*) FROM {table}") == 0, table


@pytest.mark.parametrize("step", ["renamed", "numbered", "manifested"])
def test_a_kill_while_a_run_is_published_by_another_loses_nothing(tmp_path, step):
    dead_at(tmp_path, "committed", lambda store: crawl(store, "s", [1, 2, 3]))

    dead_at(tmp_path, step, idle, run=Run.begin())
    use(tmp_path, lambda store: crawl(store, "s", []))

    assert told(tmp_path) == [1, 2, 3]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("step", ["begun", "appended", "synced", "committed", "renamed", "manifested"])
def test_a_kill_while_a_run_is_recovered_loses_nothing(tmp_path, step):
    dead_at(tmp_path, "synced", lambda store: crawl(store, "s", [1, 2, 3]))

    dead_at(tmp_path, step, idle, run=Run.begin())
    use(tmp_path, lambda store: crawl(store, "s", []))

    assert told(tmp_path) == [1, 2, 3]


def test_a_child_process_does_not_keep_a_dead_run_alive(tmp_path):
    children = tmp_path / "children"

    def work() -> None:
        store = Store.open(store_url(), tmp_path, DEAD, policy=policy())
        warnings.simplefilter("ignore")  # a fork beside threads: what a pool of processes may do
        child = os.fork()
        if child == 0:
            signal.pause()
        children.write_text(str(child))
        assert store
        os._exit(0)

    prepare(work)()
    try:
        use(tmp_path, idle)
    finally:
        os.kill(int(children.read_text()), signal.SIGKILL)

    assert manifests(tmp_path)[0]["status"] == "recovered"


def test_a_deleted_store_is_rebuilt_from_the_files(tmp_path):
    use(tmp_path, lambda store: crawl(store, "s", [1, 2, 3]))
    lose_store(tmp_path)

    async def again(store: Store):
        found = await store.discover("s", candidates([1, 2, 3, 4]))
        known = await fetched(store, 2)
        await crawl(store, "s", [])
        return len(found.new), known.outcome

    assert use(tmp_path, again) == (1, "unchanged")
    assert told(tmp_path) == [1, 2, 3, 4]


@pytest.mark.sqlite_only
def test_a_store_older_than_the_files_learns_what_it_lacks(tmp_path):
    use(tmp_path, lambda store: crawl(store, "s", [1]))
    shutil.copy(tmp_path / "state.sqlite", tmp_path / "backup")
    use(tmp_path, lambda store: crawl(store, "s", [2, 3]))
    shutil.copy(tmp_path / "backup", tmp_path / "state.sqlite")

    use(tmp_path, lambda store: crawl(store, "s", [1, 2, 3, 4]))

    assert told(tmp_path) == [1, 2, 3, 4]


@pytest.mark.sqlite_only
def test_an_unfinished_file_survives_the_loss_of_the_store(tmp_path):
    leave(tmp_path, lambda store: crawl(store, "s", [1, 2, 10]), run=DEAD)
    with part_of(tmp_path).open("ab") as part:
        part.write(b'{"url": "half a li')
    with (tmp_path / "runs" / "r0.rejected.jsonl.part").open("ab") as part:
        part.write(b"\0\0\0\0\n{")
    for path in tmp_path.glob("state.sqlite*"):
        path.unlink()

    use(tmp_path, lambda store: crawl(store, "s", [1, 2, 3]))

    assert told(tmp_path) == [1, 2, 3]
    recovered = next(manifest for manifest in manifests(tmp_path) if manifest["run_id"] == "r0")
    assert (recovered["figures"]["written"], recovered["figures"]["rejected"]) == (2, 1)


def test_a_file_without_manifest_gets_one_when_the_store_is_lost(tmp_path):
    dead_at(tmp_path, "renamed", lambda store: crawl(store, "s", [1, 2]))
    for path in tmp_path.glob("state.sqlite*"):
        path.unlink()

    use(tmp_path, idle)

    recovered = next(manifest for manifest in manifests(tmp_path) if manifest["run_id"] == "r0")
    assert (recovered["status"], recovered["figures"]["written"]) == ("recovered", 2)
    assert recovered["files"][0]["lines"] == 2


def test_a_spoilt_line_of_a_published_file_is_passed_over(tmp_path, caplog):
    use(tmp_path, lambda store: crawl(store, "s", [1, 2]), run=DEAD)
    lose_store(tmp_path)
    [path] = tmp_path.glob("articles/*/r0.jsonl")
    path.write_bytes(b"no record\n[5]\n" + path.read_bytes())

    async def again(store: Store):
        return (await store.discover("s", candidates([1, 2]), skip=None)).known

    with caplog.at_level(logging.WARNING):
        assert use(tmp_path, again) == 2
    assert "r0.jsonl:1 is no record" in caplog.text


@pytest.mark.sqlite_only
def test_a_store_that_was_promised_more_than_the_disk_holds_says_so(tmp_path):
    leave(tmp_path, lambda store: crawl(store, "s", [1, 2]), run=DEAD)
    part = part_of(tmp_path)
    part.write_bytes(part.read_bytes()[:100])

    with pytest.raises(OutputError, match=r"has lost lines that the store knows .* move the store .* away"):
        use(tmp_path, idle)

    for path in tmp_path.glob("state.sqlite*"):
        path.rename(tmp_path / f"{path.name}.away")
    use(tmp_path, lambda store: crawl(store, "s", [1, 2]))
    assert told(tmp_path) == [1, 2]


def test_a_long_rebuild_says_how_far_it_is(tmp_path, capsys):
    use(tmp_path, lambda store: crawl(store, "s", [1, 2]))
    lose_store(tmp_path)
    progress = StderrProgress()
    progress.next = 0.0

    use(tmp_path, idle, policy=policy(progress=progress))

    assert "indexing the articles on disk: 100%" in capsys.readouterr().err


@pytest.mark.sqlite_only
def test_an_older_store_is_brought_up_step_by_step(tmp_path):
    url = f"sqlite:///{tmp_path / 'state.sqlite'}"
    steps = [lambda connection, name=name: write_meta(connection, name, "done") for name in ("two", "three")]
    for count in (0, 1, 2, 2):
        database = Database(url)
        migrate(database, steps[:count])
        with database.read() as connection:
            state = [read_meta(connection, name) for name in ("version", "two", "three")]
        database.close()
        assert state == [str(1 + count), "done" if count > 0 else None, "done" if count > 1 else None]


def test_a_newer_store_is_refused_in_one_sentence(tmp_path):
    use(tmp_path, idle)
    ask(tmp_path, "UPDATE meta SET value = '99' WHERE name = 'version'")

    with pytest.raises(OutputError, match=r"written by a newer newscrawl \(its version is 99, this one knows \d+\)"):
        use(tmp_path, idle)

    ask(tmp_path, f"INSERT INTO meta VALUES ('oldest_reader', '{1 + len(STEPS)}')")
    use(tmp_path, idle)


def test_a_record_says_which_run_wrote_it_after_a_recovery_too(tmp_path):
    dead_at(tmp_path, "committed", lambda store: crawl(store, "s", [1]))

    use(tmp_path, idle)

    assert [record["run_id"] for record in records(tmp_path)] == ["r0"]
    assert json.loads((tmp_path / "runs" / "r0.json").read_text())["files"][0]["lines"] == 1

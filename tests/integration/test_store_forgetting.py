"""An article that is taken down leaves the files of every folder, and no run that shares the store writes it again."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from newscrawl.outcomes import Outcome, Reason
from newscrawl.store import Store
from newscrawl.store.backend.existing import existing_store
from newscrawl.store.forgetting import forget, other_folders
from newscrawl.store.output.forgotten import read_forgotten
from newscrawl.urls import article_id
from tests.kill.feed import url_of
from tests.storing import HOST, ask, candidates, crawl, finish, manifests, policy, records, store_url, told, use

POSTGRES_ONLY = True
SECOND = article_id(url_of(HOST, 2))


def take_down(folder: Path, *ids: str) -> int:
    """Forget articles as the command does, on the machine of *folder*; return how many lines left its files."""
    folder.mkdir(exist_ok=True)
    with existing_store(store_url(), folder) as database:
        return forget(database, folder, ids, lambda _folder, manifest: manifest).files.lines


def lines_of_files(folder: Path) -> list[int]:
    """Return the lines of each published file: on the disk, in the store and in the manifest."""
    [manifest] = manifests(folder)
    stored = int(ask(folder, f"SELECT lines FROM files WHERE run_id = '{manifest['run_id']}'"))
    return [len(records(folder)), stored, sum(entry["lines"] for entry in manifest["files"])]


def test_each_folder_takes_it_out_of_its_own_files(tmp_path):
    use(tmp_path / "one", lambda store: crawl(store, "s", [1]))
    use(tmp_path / "two", lambda store: crawl(store, "t", [2, 3]))

    assert take_down(tmp_path / "one", SECOND) == 0
    assert told(tmp_path / "two") == [2, 3]
    use(tmp_path / "two", lambda store: store.claim("u"))

    assert told(tmp_path / "two") == [3]
    assert read_forgotten(tmp_path / "two") == {SECOND: True}
    assert ask(tmp_path, "SELECT min(lines) FROM files") == 1


def test_the_folders_that_follow_are_named(tmp_path):
    use(tmp_path / "two", lambda store: crawl(store, "t", [2]))

    with existing_store(store_url(), tmp_path / "one") as database:
        assert other_folders(database, tmp_path / "one") == [str(tmp_path / "two")]
        assert other_folders(database, tmp_path / "two") == []


def test_a_line_that_is_not_published_yet_never_is(tmp_path):
    async def work(store: Store):
        await crawl(store, "s", [1, 2, 3])
        await asyncio.to_thread(take_down, tmp_path / "other", SECOND)

    use(tmp_path / "one", work)

    assert told(tmp_path / "one") == [1, 3]
    assert lines_of_files(tmp_path / "one") == [2, 2, 2]


@pytest.mark.parametrize("numbers", [[1, 2, 3], [2]])
def test_a_file_that_was_written_just_before_is_written_again(tmp_path, numbers):
    done: list[str] = []

    def once(name: str) -> None:
        if name == "renamed" and not done:
            done.append(name)
            take_down(tmp_path / "other", SECOND)

    use(tmp_path / "one", lambda store: crawl(store, "s", numbers), policy=policy(step=once))

    left = len(numbers) - 1
    assert done
    assert 2 not in told(tmp_path / "one")
    assert lines_of_files(tmp_path / "one") == [left, left, left]


def test_a_worker_that_is_at_work_writes_it_no_more(tmp_path):
    async def work(store: Store):
        await store.claim("s")
        await store.discover("s", candidates([1, 2]))
        taken = await store.take(2)
        await asyncio.to_thread(take_down, tmp_path / "other", SECOND)
        return {pending.candidate.url: await finish(store, pending) for pending in taken}

    answers = use(tmp_path / "one", work)

    second = answers[url_of(HOST, 2)]
    assert (second.outcome, second.reason) == (Outcome.REJECTED, Reason.FORGOTTEN)
    assert told(tmp_path / "one") == [1]


def test_a_store_that_is_made_anew_takes_the_list_from_the_folders(tmp_path):
    use(tmp_path, lambda store: crawl(store, "s", [1, 2]))
    take_down(tmp_path, SECOND)
    ask(tmp_path, "DELETE FROM forgotten")

    use(tmp_path, lambda store: crawl(store, "s", [2]))

    assert ask(tmp_path, "SELECT id FROM forgotten") == SECOND
    assert told(tmp_path) == [1]

"""Every failure of the disk or the store is one sentence, loses no story and tears no line."""

import asyncio
import json
import os
import resource
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newscrawl.errors import OutputError
from newscrawl.store import Run, Store
from newscrawl.store.backend import sqlite
from newscrawl.store.backend.faults import output_error
from tests.kill.feed import is_article
from tests.storing import candidates, crawl, finish, manifests, policy, told, use

NOBODY = 65534


async def idle(store: Store) -> None:
    """A run that does nothing but open and publish."""


async def crawl_until_it_fails(store: Store, count: int) -> tuple[int, list[OutputError]]:
    """Crawl *count* stories; return how many got an answer, and what the others got."""
    await store.claim("s")
    await store.discover("s", candidates(range(count)))
    answered, errors = 0, []
    try:
        while taken := await store.take(20):
            for result in await asyncio.gather(*(finish(store, item) for item in taken), return_exceptions=True):
                answered += not isinstance(result, BaseException)
                if isinstance(result, OutputError):
                    errors.append(result)
    except OutputError as error:
        errors.append(error)
    return answered, errors


def let_pass(folder: Path) -> None:
    """Let everybody look into *folder*, which pytest made for its own user, as it made some above it."""
    for path in (folder, *folder.parents):
        if path.stat().st_mode & 0o055 != 0o055:
            path.chmod(0o755)


def in_child(work, prepare) -> str:
    """Run *work* in a process that *prepare* restricted; return what it printed."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            prepare()
            os.write(write, str(work()).encode())
        except BaseException as error:
            os.write(write, f"{type(error).__name__}: {error}".encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "output").touch()

    with pytest.raises(OutputError, match=r"cannot be made: a file stands where a folder should"):
        use(tmp_path / "output", idle)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody who may not write")
def test_a_folder_that_may_not_be_written(tmp_path):
    folder = tmp_path / "output"
    folder.mkdir(mode=0o755)
    let_pass(tmp_path)

    said = in_child(lambda: use(folder, idle), lambda: os.setuid(NOBODY))

    assert said.startswith(f"OutputError: {folder}/runs cannot be written: give yourself the right")
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody who may not write")
def test_a_store_that_may_not_be_written(tmp_path):
    folder = tmp_path / "output"
    use(folder, idle)
    let_pass(tmp_path)
    (folder / "runs").chmod(0o777)

    said = in_child(lambda: use(folder, idle), lambda: os.setuid(NOBODY))

    assert said.startswith(f"OutputError: the store {folder}/state.sqlite cannot be")
    assert [path.suffix for path in (folder / "runs").iterdir()] == [".json"]


def test_a_store_that_is_no_store(tmp_path):
    (tmp_path / "state.sqlite").write_text("This is a shopping list, and no database at all.")

    with pytest.raises(OutputError, match=r"is no SQLite file: move it away; the next run rebuilds it"):
        use(tmp_path, idle)


def test_a_damaged_store(tmp_path):
    use(tmp_path, lambda store: crawl(store, "s", range(40)))
    path = tmp_path / "state.sqlite"
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * (path.stat().st_size - 4096))

    with pytest.raises(OutputError, match=r"is damaged: move it away; the next run rebuilds it"):
        use(tmp_path, idle)

    path.rename(tmp_path / "away")
    before = told(tmp_path)
    use(tmp_path, lambda store: crawl(store, "s", range(40)))
    assert before == sorted(set(told(tmp_path)) & set(before)) == sorted(set(before))
    assert len(told(tmp_path)) == len(set(told(tmp_path)))


def test_a_store_that_another_program_locks(tmp_path, monkeypatch):
    use(tmp_path, idle)
    monkeypatch.setattr(sqlite, "BUSY_S", 0.2)
    with closing(sqlite3.connect(tmp_path / "state.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")

        with pytest.raises(OutputError, match=r"state.sqlite is locked by another program"):
            use(tmp_path, idle)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("state.sqlite", "NEWSCRAWL_STORE is no SQLAlchemy URL: 'state.sqlite'"),
        ("mysql://host/db", "NEWSCRAWL_STORE names 'mysql'; set it to sqlite:////path or postgresql+psycopg://user@"),
        (
            "postgresql+psycopg://a:secret@127.0.0.1:9/db",
            "postgresql+psycopg://a:***@127.0.0.1:9/db cannot be reached",
        ),
        ("sqlite:////nowhere/at/all/state.sqlite", "the store /nowhere/at/all/state.sqlite cannot be opened"),
    ],
)
def test_a_store_url_that_cannot_be_used(tmp_path, url, sentence, monkeypatch):
    monkeypatch.setattr("newscrawl.store.backend.postgres.SILENT_S", 0.1)
    with pytest.raises(OutputError) as raised:
        Store.open(url, tmp_path, Run.begin(), policy=policy())

    assert sentence in str(raised.value)
    assert list(tmp_path.glob("runs/*")) == []


def test_a_store_that_is_deleted_under_a_run(tmp_path):
    async def work(store: Store):
        await crawl(store, "s", [1, 2])
        for path in tmp_path.glob("state.sqlite*"):
            path.unlink()
        await crawl(store, "s", [3])

    with pytest.raises(OutputError, match="was deleted or replaced while this run used it"):
        use(tmp_path, work)
    use(tmp_path, lambda store: crawl(store, "s", [1, 2, 3]))

    assert told(tmp_path) == [1, 2, 3]


def test_an_unknown_fault_is_told_as_the_system_says_it():
    assert str(output_error(OSError(5, "Input/output error"), "output")) == "output cannot be used: Input/output error"


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A disk of 2 MB, where mounting is allowed."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if os.getuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting a small tmpfs is not allowed here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_fails_what_is_not_written_and_tears_nothing(small_disk):
    async def work(store: Store):
        answered, errors = await crawl_until_it_fails(store, 2000)
        with pytest.raises(OutputError, match="is full: make room"):
            await store.publish({})
        return answered, errors

    answered, errors = use(small_disk, work, publish=False)
    assert errors
    assert {type(error) for error in errors} == {OutputError}
    assert "is full: make room and start again" in str(errors[0])

    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    use(small_disk, idle)
    written = told(small_disk)  # each line is read as JSON
    recovered = manifests(small_disk)[0]
    assert sum(recovered["figures"][name] for name in ("written", "rejected", "failed")) >= answered > 0
    assert len(written) == len(set(written)) == recovered["figures"]["written"]

    use(small_disk, lambda store: crawl(store, "s", []))
    failing = [number for number in range(2000) if is_article(number) and number % 13 == 5]
    assert told(small_disk) == [number for number in range(2000) if is_article(number) and number not in failing]


def test_a_file_that_may_not_grow_fails_what_is_not_written_and_tears_nothing(tmp_path):
    async def work(store: Store):
        answered, errors = await crawl_until_it_fails(store, 800)
        try:
            await store.publish({})
        except OutputError as error:
            errors.append(error)
        return json.dumps([answered, str(errors[0])])

    size = 700_000
    said = in_child(
        lambda: use(tmp_path, work, publish=False),
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )

    answered, sentence = json.loads(said)
    assert 0 < answered < 800
    assert "state.sqlite" in sentence or "as large as a file may be" in sentence
    use(tmp_path, lambda store: crawl(store, "s", []))
    assert len(told(tmp_path)) == len(set(told(tmp_path)))
    assert sum(manifest["figures"]["discovered"] for manifest in manifests(tmp_path)) == 800

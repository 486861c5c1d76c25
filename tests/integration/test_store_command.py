"""``scrapy store`` on both engines: what it finds, completes, counts and moves."""

from __future__ import annotations

import json
from typing import Any

import pytest

from newscrawl.commands.store import Command
from newscrawl.store import PublishedFiles, Run
from newscrawl.store.backend import copying
from newscrawl.store.backend.database import Database, sqlite_url
from newscrawl.store.backend.migrations import migrate
from newscrawl.store.moving import move_store
from newscrawl.store.output import liveness
from tests import storing
from tests.storing import ask, candidates, crawl, leave, store_url, told, use

BOTH_ENGINES = True
TABLES = ("seen", "known", "postings", "stories")


def run(folder: Any, *args: str, as_json: bool = False) -> int:
    """Run the command in this process; return its exit code."""
    import argparse

    command = Command()
    command.settings = {"NEWSCRAWL_OUTPUT_DIR": str(folder), "NEWSCRAWL_STORE": store_url()}  # type: ignore[assignment]
    try:
        command.run([*args], argparse.Namespace(json=as_json))
    except SystemExit as ended:
        return int(ended.code or 0)
    return command.exitcode


def test_a_store_that_fits_is_right_and_what_does_not_fit_is_told(tmp_path, capsys):
    use(tmp_path, lambda store: crawl(store, "s", range(1, 20)))
    assert run(tmp_path, "check") == 0
    assert capsys.readouterr().out.endswith(" is right\n")

    ask(tmp_path, "INSERT INTO source_locks VALUES ('s', 'nobody')")
    ask(tmp_path, "UPDATE files SET bytes = 1")

    assert run(tmp_path, "check") == 1
    said = capsys.readouterr().out
    assert "1 sources are locked by run nobody, which has ended" in said
    assert "bytes, and 1 were published" in said


def test_what_a_dead_run_left_is_completed_at_once(tmp_path, capsys):
    leave(tmp_path, lambda store: crawl(store, "s", [1, 2]), Run.begin())

    assert run(tmp_path, "rebuild") == 0

    assert told(tmp_path) == [1, 2]
    assert run(tmp_path, "check") == 0


def test_the_figures_of_a_store(tmp_path, capsys):
    use(tmp_path, lambda store: crawl(store, "s", [1, 2, 10]))
    capsys.readouterr()

    assert run(tmp_path, "stats", as_json=True) == 0

    figures = json.loads(capsys.readouterr().out)
    assert (figures["articles"], figures["published"], figures["rows"]["runs"]) == (2, 1, 1)
    assert figures["bytes"] > 100_000
    assert run(tmp_path, "stats") == 0
    assert "2 articles in 1 files" in capsys.readouterr().out


def test_mistakes_are_told_in_one_sentence(tmp_path, capsys):
    assert [run(tmp_path, "chekc"), run(tmp_path, "move"), run(tmp_path)] == [2, 2, 2]
    assert "did you mean 'check'?" in capsys.readouterr().err


@pytest.mark.sqlite_only
def test_a_store_is_moved_to_postgresql_and_back(tmp_path, postgres_url, monkeypatch, capsys):
    monkeypatch.setattr(liveness, "GRACE_S", 0)
    folder = tmp_path / "output"

    async def some(store: Any) -> None:
        await crawl(store, "s", range(1, 30))
        await store.discover("s", candidates([40]))

    use(folder, some)
    before = told(folder)

    assert run(folder, "move", postgres_url) == 0
    monkeypatch.setattr(storing, "STORE_URL", postgres_url)
    assert run(folder, "check") == 0
    use(folder, lambda store: crawl(store, "s", range(1, 31)))  # 30 is new, 40 was pending
    assert told(folder) == sorted([*before, 30, 40])

    (folder / "state.sqlite").unlink()
    assert run(folder, "move", sqlite_url(folder / "state.sqlite")) == 0
    monkeypatch.setattr(storing, "STORE_URL", "")
    assert run(folder, "check") == 0
    with PublishedFiles.open("", folder) as published:
        assert [file.sequence for file in published.after()] == [1, 2]
    use(folder, lambda store: crawl(store, "s", range(1, 31)))
    assert told(folder) == sorted([*before, 30, 40])


@pytest.mark.sqlite_only
def test_a_move_that_was_killed_goes_on_where_it_stood(tmp_path, postgres_url, monkeypatch):
    monkeypatch.setattr(copying, "AT_ONCE", 3)
    use(tmp_path, lambda store: crawl(store, "s", range(1, 30)))
    source, target = Database(sqlite_url(tmp_path / "state.sqlite")), Database(postgres_url)
    migrate(target)
    copied: list[tuple[str, int]] = []

    def dies(table: str, done: int, total: int) -> None:
        copied.append((table, done))
        if len(copied) == 9:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move_store(source, target, tmp_path, dies)
    again: list[tuple[str, int]] = []
    move_store(source, target, tmp_path, lambda table, done, _: again.append((table, done)))
    counts = []
    for database in (source, target):
        with database.read() as connection:
            counts.append([connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in TABLES])
    for database in (source, target):
        database.close()

    assert counts[0] == counts[1]
    assert not {*copied} & {*again}

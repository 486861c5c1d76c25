"""Whether a run will have anything to do, before its store is opened."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from newscrawl.store.schedule.peek import seems_due


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that polled two documents."""
    path = tmp_path / "state of #1?.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE documents (url TEXT, next_poll INTEGER)")
        connection.execute("INSERT INTO documents VALUES ('a', 1000), ('b', 2000)")
        connection.commit()
    return path


def test_a_document_whose_time_has_come_is_due(store: Path) -> None:
    assert seems_due(store, 1500)


def test_nothing_is_due_before_its_time(store: Path) -> None:
    assert not seems_due(store, 999)


def test_a_document_that_was_never_polled_is_due(store: Path) -> None:
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("INSERT INTO documents VALUES ('c', NULL)")
        connection.commit()
    assert seems_due(store, 0)


def test_the_first_run_has_everything_to_do(tmp_path: Path) -> None:
    assert seems_due(tmp_path / "none.sqlite", 0)
    assert not list(tmp_path.iterdir()), "a look makes no file"


def test_a_file_that_is_no_store_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "text.sqlite").write_text("no database at all " * 100)
    (tmp_path / "empty.sqlite").touch()
    assert not seems_due(tmp_path / "text.sqlite", 0)
    assert not seems_due(tmp_path / "empty.sqlite", 0)

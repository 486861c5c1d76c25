"""A folder that a scheduler fills for years stays readable, and small where nothing happens."""

from __future__ import annotations

import gzip
import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.export.records import read_records
from newscrawl.store.output.compaction import compact, prune
from newscrawl.store.output.lines import article_files
from newscrawl.store.output.shelves import find_run_file, manifests, shelve

NOW = int(datetime(2026, 11, 26, 12, tzinfo=UTC).timestamp())
OLD, LATE, TODAY = "20261101T120000Z-aaaaaa", "20261125T235959Z-bbbbbb", "20261126T110000Z-cccccc"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number, run in enumerate((OLD, LATE, TODAY)):
        day = f"{run[:4]}-{run[4:6]}-{run[6:8]}"
        (tmp_path / f"articles/dt={day}").mkdir(parents=True)
        line = {"id": f"n{number:016x}", "url": f"https://a.example/{number}", "title": "Ny færge", "body": "Æ " * 500}
        (tmp_path / f"articles/dt={day}/{run}.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n", "utf-8")
        (tmp_path / "runs").mkdir(exist_ok=True)
        for suffix in (".json", ".html", ".rejected.jsonl"):
            (tmp_path / f"runs/{run}{suffix}").write_text("{}\n", "utf-8")
    (tmp_path / f"runs/{OLD}.lock").write_text("")
    return tmp_path


def test_files_of_earlier_days_move_to_the_folder_of_their_day_and_are_found_there(folder):
    assert shelve(folder, NOW) == 3
    assert shelve(folder, NOW) == 0

    assert {path.name for path in (folder / "runs/dt=2026-11-01").iterdir()} == {
        f"{OLD}.json",
        f"{OLD}.html",
        f"{OLD}.rejected.jsonl",
    }
    assert [path.stem for path in manifests(folder)] == [OLD, LATE, TODAY]
    assert find_run_file(folder, OLD, ".json").parent.name == "dt=2026-11-01"
    assert find_run_file(folder, TODAY, ".json").parent.name == "runs"
    assert (folder / f"runs/{OLD}.lock").exists()


def test_files_of_a_run_that_is_not_closed_stay_where_recovery_looks_for_them(folder):
    (folder / f"runs/{OLD}.json").rename(folder / "manifest.json")
    assert shelve(folder, NOW) == 0
    assert prune(folder, datetime(2026, 11, 20, tzinfo=UTC)) == (0, 0)

    (folder / "manifest.json").rename(folder / f"runs/{OLD}.json")
    assert shelve(folder, NOW, running={OLD}) == 0
    assert shelve(folder, NOW) == 3


@pytest.mark.parametrize("form", ["zst", "gz"])
def test_packed_files_say_what_the_plain_ones_said(folder, form):
    before = list(read_records(article_files(folder)))
    shelve(folder, NOW)

    count, plain, packed = compact(folder, datetime(2026, 11, 20, tzinfo=UTC), form)

    assert (count, packed < plain) == (2, True)
    assert list(read_records(article_files(folder))) == before
    assert [path.suffix for path in article_files(folder)] == [f".{form}", ".jsonl", ".jsonl"]
    assert find_run_file(folder, OLD, ".rejected.jsonl").name == f"{OLD}.rejected.jsonl.{form}"
    assert compact(folder, datetime(2026, 11, 20, tzinfo=UTC), form)[0] == 0


def test_a_file_that_was_being_packed_when_the_machine_died_is_packed_again(folder):
    path = article_files(folder)[0]
    path.with_name(path.name + ".zst.tmp").write_bytes(b"half of it")
    path.with_name(path.name + ".zst").write_bytes(b"")  # not ours: the plain one counts

    assert [record["title"] for record in read_records(article_files(folder))] == ["Ny færge"] * 3
    compact(folder, datetime(2026, 11, 20, tzinfo=UTC))
    assert [record["title"] for record in read_records(article_files(folder))] == ["Ny færge"] * 3


def test_reports_and_rejected_logs_go_and_articles_and_manifests_stay(folder):
    (folder / f"runs/{OLD}.rejected.jsonl").unlink()
    (folder / f"runs/{OLD}.rejected.jsonl.gz").write_bytes(gzip.compress(b"{}\n"))

    assert prune(folder, datetime(2026, 11, 26, tzinfo=UTC))[0] == 4

    assert len(article_files(folder)) == len(manifests(folder)) == 3
    assert [path.name for path in folder.glob("runs/*.html")] == [f"{TODAY}.html"]


def test_nothing_is_moved_whose_name_is_no_runs(tmp_path):
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs/mine-TZ-1.json").write_text("{}")

    assert shelve(tmp_path, int(time.time())) == 0

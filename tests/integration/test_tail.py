"""A reader gets each record once, whenever it is killed and whichever run ended first."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import pytest

from newscrawl.store.output.published import Cursor, PublishedFiles
from tests.commands import run, start
from tests.crawling import crawl
from tests.kill import tail as kill_tail

LINES = 400


def tail(output: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run("tail", *arguments, "-s", f"NEWSCRAWL_OUTPUT_DIR={output}")


@contextmanager
def following(output: Path, *arguments: str) -> Iterator[TextIO]:
    """What ``scrapy tail --follow`` prints while it runs; it is killed at the end."""
    ours, theirs = os.pipe()
    with (
        os.fdopen(ours, encoding="utf-8") as printed,
        start("tail", "--follow", *arguments, "-s", f"NEWSCRAWL_OUTPUT_DIR={output}", stdout=theirs) as process,
    ):
        os.close(theirs)
        yield printed
        process.kill()


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    """The output of a crawl of the sample."""
    done = crawl("sample", tmp_path_factory.mktemp("tail") / "output")
    assert done.code == 0, done.stderr
    return done.output


@pytest.fixture
def output(tmp_path) -> Path:
    """An output folder with one published file of many records."""
    folder = tmp_path / "output"
    done = crawl("sample", folder, limit=1)
    (path,) = done.output.glob("articles/*/*.jsonl")
    record = json.loads(path.read_text("utf-8"))
    path.write_text("".join(json.dumps(record | {"id": f"n{number}"}) + "\n" for number in range(LINES)), "utf-8")
    with sqlite3.connect(folder / "state.sqlite") as store:
        store.execute("UPDATE files SET lines = ?", (LINES,))
    store.close()
    return folder


def test_every_record_comes_as_it_was_written(sample):
    (path,) = sample.glob("articles/*/*.jsonl")

    assert tail(sample).stdout == path.read_text("utf-8")
    assert tail(sample, "--after", "1").stdout == ""


def test_a_consumer_gets_each_record_once_and_others_do_not_disturb_it(output):
    first = tail(output, "--consumer", "search")

    assert len(first.stdout.splitlines()) == LINES
    assert tail(output, "--consumer", "search").stdout == ""
    assert tail(output, "--consumer", "archive").stdout == first.stdout


def test_a_consumer_goes_on_within_a_file(output):
    with PublishedFiles.open("", output) as files:
        files.advance("search", Cursor(1, LINES - 2))

    assert [json.loads(line)["id"] for line in tail(output, "--consumer", "search").stdout.splitlines()] == [
        f"n{LINES - 2}",
        f"n{LINES - 1}",
    ]


def test_a_file_that_was_compressed_since_is_read(output):
    (path,) = output.glob("articles/*/*.jsonl")
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()

    assert len(tail(output).stdout.splitlines()) == LINES


def test_a_file_that_is_gone_is_said_and_skipped(output):
    (path,) = output.glob("articles/*/*.jsonl")
    path.unlink()
    done = tail(output)

    assert (done.returncode, done.stdout) == (0, "")
    assert f"is gone: its {LINES} records are skipped" in done.stderr


def test_a_torn_file_is_one_sentence(output):
    (path,) = output.glob("articles/*/*.jsonl")
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes())[:-100])
    path.unlink()
    done = tail(output)

    assert done.returncode == 1
    assert "cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--after", "last"], "--after last is no position"),
        (["--after", "1", "--consumer", "a"], "give one of them"),
        (["file"], "usage: scrapy tail"),
        (["--consumer", "../a"], "a name is made of letters"),
    ],
    ids=["position", "two beginnings", "file", "name"],
)
def test_a_mistake_is_one_sentence(sample, arguments, sentence):
    done = tail(sample, *arguments)

    assert done.returncode == 2
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_folder_without_store_is_one_sentence(tmp_path):
    done = tail(tmp_path)

    assert done.returncode == 1
    assert "there is no store" in done.stderr


def test_following_prints_what_a_later_run_publishes(tmp_path):
    output = tmp_path / "output"
    crawl("sample", output, limit=1)
    with following(output) as printed:
        first = json.loads(printed.readline())
        later = crawl("sample", output, limit=1)
        second = json.loads(printed.readline())

    assert [first["id"], second["id"]] == [record["id"] for record in later.records]


def test_two_processes_do_not_read_as_one_consumer(output):
    with following(output, "--consumer", "search") as printed:
        printed.readline()
        second = tail(output, "--consumer", "search")

    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == "newscrawl: another scrapy tail reads as search: end it, or take another name\n"
    assert tail(output, "--consumer", "search").returncode == 0  # a killed one holds nothing


def test_killed_readers_lose_nothing_and_one_that_commits_its_position_repeats_nothing(tmp_path):
    result = kill_tail.run(3, tmp_path, lines=300)

    assert result["consumer"]["lost"] == 0
    assert result["transactional_sink"] == {"lost": 0, "again": 0}

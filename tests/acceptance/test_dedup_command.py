"""``scrapy dedup`` over files of anybody's."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.commands import run
from tests.integration.test_stories import prose

LINES = [
    {
        "id": 7,
        "url": "https://a.example/2026/wall-falls-in-the-night",
        "title": "Wall falls",
        "body": prose(1),
        "x": [1],
    },
    {
        "id": 8,
        "url": "https://b.example/port-in-ruins-after-storm",
        "title": "Port in ruins",
        "body": prose(1),
        "y": "é",
    },
    {"id": 9, "url": "https://a.example/2026/mayor-resigns-at-last", "title": "Mayor resigns", "body": prose(2)},
    {"id": 10, "url": "http://a.example/2026/mayor-resigns-at-last?utm_source=x", "title": "Other", "body": prose(3)},
]


def dedup(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run("dedup", *arguments)


def write(path: Path, lines) -> str:
    dated = [{**line, "published_at": "2026-11-16T08:00:00Z"} if isinstance(line, dict) else line for line in lines]
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in dated), "utf-8")
    return str(path)


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_each_story_is_written_once_as_it_came(tmp_path):
    source, out = write(tmp_path / "in.jsonl", LINES), tmp_path / "out.jsonl"

    done = dedup(tmp_path, source, "-o", str(out))

    assert read(out) == [record for record in read(Path(source)) if record["id"] in (7, 9)]
    assert done.stderr == f"2 stories, 2 duplicates (1 copy, 1 url): {out}\n"
    assert done.returncode == 0
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_keep_marks_every_line_with_the_ids_of_the_input(tmp_path):
    first, second = write(tmp_path / "1.jsonl", LINES[:1]), write(tmp_path / "2.jsonl", LINES[1:])
    out = tmp_path / "out.jsonl"

    assert dedup(tmp_path, first, second, "-o", str(out), "--keep").returncode == 0
    keys = ("id", "story_id", "duplicate_of", "duplicate_kind", "similarity")
    assert [tuple(record[key] for key in keys) for record in read(out)] == [
        (7, 7, None, None, None),
        (8, 7, 7, "copy", 1.0),
        (9, 9, None, None, None),
        (10, 9, 9, "url", None),
    ]
    assert read(out)[1]["y"] == "é"


def test_a_line_without_an_id_gets_one(tmp_path):
    lines = [{key: value for key, value in line.items() if key != "id"} for line in LINES]
    out = tmp_path / "out.jsonl"
    dedup(tmp_path, write(tmp_path / "in.jsonl", lines), "-o", str(out), "--keep")

    records = read(out)
    assert records[1]["story_id"] == records[1]["duplicate_of"] == records[0]["id"] == records[0]["story_id"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{not json", "not JSON"),
        ("[1]", "a JSON object was expected, not list"),
        ('{"title": "no url"}', "no url"),
        ('{"url": "https://a.example/1", "title": ["x"]}', "title is not a string but list"),
        ("[" * 100_000, "not JSON"),
    ],
    ids=["broken", "list", "no url", "wrong type", "deep"],
)
def test_a_bad_line_is_named_and_the_others_are_written(tmp_path, line, why):
    source, out = write(tmp_path / "in.jsonl", [LINES[0], line, "", LINES[2]]), tmp_path / "out.jsonl"

    done = dedup(tmp_path, source, "-o", str(out))

    assert [record["id"] for record in read(out)] == [7, 9]
    assert f"in.jsonl:2: {why}" in done.stderr
    assert "1 bad lines left out" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 1


def test_bytes_that_are_no_text_and_dates_that_are_none_are_no_crash(tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    odd = [
        {**LINES[0], "published_at": value}
        for value in ("soon", 17, None, "0001-01-01T00:00:00", "Mon, 16 Nov 2026 08:00:00 GMT")
    ]
    text = "".join(json.dumps({**line, "url": f"https://a.example/{n}-x"}) + "\n" for n, line in enumerate(odd))
    source.write_bytes(
        b"\xff\xfe\x00\n" + text.encode() + json.dumps({"url": "u", "title": "\ud800", "body": "\ud800"}).encode()
    )

    done = dedup(tmp_path, str(source), "-o", str(out), "--keep")

    assert "in.jsonl:1: not UTF-8" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(out.read_bytes().splitlines()) == 6


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        ([], 2, "usage: scrapy dedup IN.jsonl... -o OUT.jsonl [--keep]"),
        (["in.jsonl"], 2, "usage: scrapy dedup IN.jsonl... -o OUT.jsonl [--keep]"),
        (["/no/such/file", "-o", "out.jsonl"], 2, "newscrawl: /no/such/file cannot be read: No such file or directory"),
    ],
    ids=["nothing", "no output", "no input"],
)
def test_a_mistake_is_one_sentence(tmp_path, arguments, code, sentence):
    done = dedup(tmp_path, *arguments)

    assert (done.returncode, done.stderr.strip()) == (code, sentence)


def test_an_output_that_cannot_be_written_is_one_sentence(tmp_path):
    source = write(tmp_path / "in.jsonl", LINES)

    done = dedup(tmp_path, source, "-o", str(tmp_path / "no" / "out.jsonl"))

    assert done.returncode == 1
    assert done.stderr.strip() == f"newscrawl: {tmp_path}/no/out.jsonl cannot be written: No such file or directory"

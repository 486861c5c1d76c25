"""``scrapy extract`` as a person runs it: files in, records out."""

from __future__ import annotations

import asyncio
import dataclasses
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from scrapy.exceptions import DropItem

from newscrawl.items import FIELDS
from newscrawl.settings import ITEM_PIPELINES
from tests import commands

HERE = "tests.acceptance.test_extract_command"
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "tests/pages/wordpress-double-h1/page.html").read_text("utf-8")


class AsyncDictPipeline:
    """Puts a dict with a field of its own in the article's place, after a pause as for a service that is asked."""

    async def process_item(self, item):
        await asyncio.sleep(0.01)
        return dataclasses.asdict(item) | {"rating": 4, "title": item.title.upper()}


class PickyPipeline:
    def process_item(self, item):
        if item.url.endswith("-1"):
            raise DropItem("not to my taste")
        if item.url.endswith("-2"):
            raise RuntimeError("a fault of the pipeline's own")
        return None if item.url.endswith("-3") else item


def run(*args: str, stdin: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    return commands.run("extract", *args, input=stdin or "", env=os.environ | env)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_writes_one_record_per_article_in_input_order(tmp_path: Path) -> None:
    rows = [{"source": f"s{n}", "url": f"https://a.example/story-{n}", "html": PAGE} for n in range(3)]
    rows.insert(1, {"source": "pdf", "url": "https://a.example/pdf", "html": "%PDF-1.7"})
    rows.append({"source": "gone", "url": "https://a.example/gone", "path": "missing.html"})
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    out, rejected = tmp_path / "out.jsonl", tmp_path / "rejected.jsonl"

    done = run(str(tmp_path / "in.jsonl"), "-o", str(out), "--rejected", str(rejected))

    assert done.returncode == 0, done.stderr
    assert [record["source"] for record in lines(out)] == ["s0", "s1", "s2"]
    assert lines(out)[0]["title"] == "Harbour ferry returns after winter repairs"
    assert [(row["source"], row["reason"]) for row in lines(rejected)] == [("pdf", "not-html"), ("gone", "not-found")]
    assert "3 articles of 5 pages" in done.stderr


def test_reads_a_folder_of_pages_and_names_them_by_their_own_address(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").write_text(PAGE, "utf-8")

    done = run(str(tmp_path / "pages"))

    record = json.loads(done.stdout)
    assert record["source"].endswith("a.html")
    assert record["url"] == "https://quaypost.example/2026/03/harbour-ferry-returns/"


def test_reads_a_warc_file(tmp_path: Path) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE.encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/story\r\n"
        "WARC-Date: 2026-03-05T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:6f4c1c3e-8d5f-4b53-9b3a-6b8d0c1f2e3a>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(head.encode() + answer + b"\r\n\r\n"))

    done = run(str(tmp_path / "a.warc.gz"))

    record = json.loads(done.stdout)
    assert (record["source"], record["fetched_at"]) == ("https://a.example/story", "2026-03-05T10:00:00Z")


def test_a_mistake_is_one_sentence_and_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"url": 3}\n')

    for args in (["nowhere.jsonl"], [str(tmp_path / "in.jsonl")], []):
        done = run(*args)

        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1


def test_no_article_at_all_is_exit_code_3(tmp_path: Path) -> None:
    done = run("-", stdin=json.dumps({"url": "https://a.example/", "html": "%PDF-1.7"}) + "\n")

    assert done.returncode == 3
    assert done.stdout == ""


def stories(count: int) -> str:
    rows = [{"source": f"s{n}", "url": f"https://a.example/story-{n}", "html": PAGE} for n in range(count)]
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_pipelines_of_a_users_own_run_too_and_what_they_return_counts() -> None:
    pipelines = json.dumps(ITEM_PIPELINES | {f"{HERE}.AsyncDictPipeline": 150})

    done = run("-", "-s", f"ITEM_PIPELINES={pipelines}", stdin=stories(2))

    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert [record["title"] for record in records] == ["HARBOUR FERRY RETURNS AFTER WINTER REPAIRS"] * 2
    assert [tuple(record) for record in records] == [(*FIELDS, "rating")] * 2
    assert all(record["minhash"] and record["run_id"] == "extract" for record in records)
    assert [record["source"] for record in records] == ["s0", "s1"]


def test_what_pipelines_drop_lose_or_break_on_is_named_and_a_fault_is_exit_code_1(tmp_path: Path) -> None:
    pipelines = json.dumps(ITEM_PIPELINES | {f"{HERE}.PickyPipeline": 150})
    rejected = tmp_path / "rejected.jsonl"

    done = run("-", "--rejected", str(rejected), "-s", f"ITEM_PIPELINES={pipelines}", stdin=stories(5))

    assert done.returncode == 1
    assert [json.loads(line)["source"] for line in done.stdout.splitlines()] == ["s0", "s4"]
    assert [(row["source"], row["reason"], row["detail"]) for row in lines(rejected)] == [
        ("s1", "dropped", "not to my taste"),
        ("s2", "dropped", "a pipeline failed: RuntimeError: a fault of the pipeline's own"),
        ("s3", "dropped", "a pipeline gave a NoneType without url, title, body"),
    ]


def test_what_of_the_input_cannot_be_read_is_named_and_costs_nothing_else(tmp_path: Path) -> None:
    rejected = tmp_path / "rejected.jsonl"

    done = run("-", "--rejected", str(rejected), stdin=stories(1) + "no JSON\n" + stories(1))

    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2
    assert "not read: stdin, line 2: not JSON" in done.stderr
    assert [(row["source"], row["reason"]) for row in lines(rejected)] == [("stdin", "bad-response")]


def test_records_are_utf_8_whatever_the_locale_is() -> None:
    page = PAGE.replace("Harbour ferry returns", "Hafenfähre kehrt zurück").replace("harbour", "Häfen \ud800")

    done = run("-", stdin=json.dumps({"url": "https://a.example/1", "html": page}) + "\n", PYTHONIOENCODING="ascii")

    assert done.returncode == 0, done.stderr
    assert "ä" in json.loads(done.stdout)["title"]


def test_a_reader_that_has_enough_ends_it_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(stories(300))
    command = [sys.executable, "-m", "scrapy", "extract", str(tmp_path / "in.jsonl")]

    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()

    assert (process.returncode, errors) == (141, "")


def test_a_full_disk_behind_stdout_is_one_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scrapy", "extract", "-"]

    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, input=stories(1), check=False
        )

    assert done.returncode == 1
    assert done.stderr.splitlines() == ["newscrawl: cannot write to stdout: No space left on device"]

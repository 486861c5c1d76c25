"""``scrapy extract`` as a person runs it: files in, records out."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "tests/pages/wordpress-double-h1/page.html").read_text("utf-8")


def run(*args: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", "extract", *args]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, input=stdin, timeout=100, check=False)


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

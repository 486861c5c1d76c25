"""A cluster extracts archives to the records of the single process, bit for bit."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newscrawl.batch import extract_archives, names
from newscrawl.errors import UsageError
from tests.commands import run
from tests.crawling import ROOT
from tests.newspaper import article

pytest.importorskip("distributed", reason="Dask is not installed: pip install 'newscrawl[batch]'")

CLUSTER = """
import sys
from distributed import LocalCluster
with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster:
    print(cluster.scheduler_address, flush=True)
    sys.stdin.read()
"""
ARCHIVES, PAGES = 3, 6


@pytest.fixture(scope="module")
def archives(tmp_path_factory) -> list[str]:
    """Archives of one site, whose pages teach each other what is boilerplate."""
    folder = tmp_path_factory.mktemp("archives")
    for number in range(ARCHIVES):
        records = [
            warc_record(f"https://a.example/{number}/{page}", article(number * PAGES + page)) for page in range(PAGES)
        ]
        records.append(warc_record(f"https://a.example/{number}/", "<html><body><p>nothing</p></body></html>"))
        (folder / f"news-{number}.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
    return [str(path) for path in sorted(folder.iterdir())]


def warc_record(url: str, page: Any) -> bytes:
    html = page if isinstance(page, bytes) else str(page).encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-11-20T10:00:00Z\r\n"
    return f"{head}Content-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n"


@pytest.fixture(scope="module")
def single(archives, tmp_path_factory) -> dict[str, bytes]:
    """What the single process makes of each archive."""
    folder = tmp_path_factory.mktemp("single")
    for archive in archives:
        records = folder / f"{Path(archive).name.removesuffix('.warc.gz')}.jsonl"
        done = run("extract", archive, "-o", records, "--rejected", records.with_suffix(".rejected.jsonl"))
        assert done.returncode == 0, done.stderr
    return contents(folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def client() -> Iterator[Any]:
    """A cluster of two workers on loopback, in processes that end with their parent's stdin."""
    from distributed import Client

    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-c", CLUSTER]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(line, env=environment, text=True, **pipes) as cluster:
        assert cluster.stdout is not None
        with Client(cluster.stdout.readline().strip(), set_as_default=False) as client:
            yield client
        assert cluster.stdin is not None
        cluster.stdin.close()
        cluster.wait(60)


def test_a_cluster_whose_workers_are_killed_writes_the_bytes_of_the_single_process(client, archives, single, tmp_path):
    broken, out = tmp_path / "broken.warc.gz", tmp_path / "out"
    broken.write_bytes(b"no archive")
    batch = extract_archives(client, [archives[0], str(broken), *archives[1:]], str(out))
    done = [next(batch)]
    for pid in client.run(os.getpid).values():  # while other archives are being extracted
        os.kill(pid, signal.SIGKILL)
    done += batch

    assert contents(out) == single
    assert [archive.code for archive in done] == [0, 2, 0, 0]
    assert "6 articles of 7 pages" in done[0].said
    assert "newscrawl:" in done[1].said
    assert list(extract_archives(client, archives, str(out))) == []  # their records are there


def test_two_archives_of_one_name_are_a_mistake():
    assert names(["s3://b/x/a.warc.gz", "c.jsonl.zst"], "out/") == {
        "s3://b/x/a.warc.gz": "out/a.jsonl",
        "c.jsonl.zst": "out/c.jsonl",
    }
    with pytest.raises(UsageError, match="same name"):
        names(["x/a.warc.gz", "y/a.warc"], "out")

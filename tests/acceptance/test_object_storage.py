"""Exports and published files reach an S3-compatible server whole, or not at all."""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.commands import Started, order_of, run
from tests.crawling import ROOT
from tests.objects import BUCKET, KEYS, ObjectStore


@pytest.fixture(scope="module")
def records(tmp_path_factory) -> Path:
    """A file whose export as CSV is an upload of several parts."""
    path = tmp_path_factory.mktemp("objects") / "records.jsonl"
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as file:
        for number in range(1200):
            body = chance.randbytes(15_000).hex()
            file.write(json.dumps({"id": f"n{number}", "url": f"https://a.example/{number}", "body": body}) + "\n")
    return path


def export(bucket: ObjectStore, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return run("export", *arguments, env={**os.environ, **bucket.environment, **environment})


def rows(data: bytes) -> list[dict[str, Any]]:
    csv.field_size_limit(1 << 20)
    return [*csv.DictReader(data.decode("utf-8-sig").splitlines())]


def test_an_export_to_s3_is_one_object_that_parquet_readers_open(bucket, records):
    parquet = pytest.importorskip("pyarrow.parquet")
    import pyarrow

    done = export(bucket, "--format", "parquet", "-o", f"s3://{BUCKET}/week/x.parquet", records)

    assert done.returncode == 0, done.stderr
    assert bucket.names() == ["week/x.parquet"]
    assert parquet.read_table(pyarrow.BufferReader(bucket.read("week/x.parquet"))).num_rows == 1200


def test_append_to_s3_adds_what_is_not_there(bucket, tmp_path):
    file = tmp_path / "more.jsonl"
    said = []
    for number in (1, 2, 2):
        lines = [json.dumps({"id": f"n{one}", "url": f"https://a.example/{one}"}) + "\n" for one in range(number)]
        file.write_text("".join(lines))
        said.append(export(bucket, "--format", "csv", "--append", "-o", f"s3://{BUCKET}/x.csv", file).stderr)

    assert [line.split(" to ")[0] for line in said] == ["1 records added", "1 records added", "0 records added"]
    assert [row["url"] for row in rows(bucket.read("x.csv"))] == ["https://a.example/0", "https://a.example/1"]


def test_an_export_that_is_killed_in_mid_upload_leaves_what_stood_there(bucket, records, tmp_path):
    old, small = f"s3://{BUCKET}/x.csv", tmp_path / "small.jsonl"
    small.write_text(json.dumps({"id": "n1", "url": "https://a.example/1"}) + "\n")
    assert export(bucket, "--format", "csv", "-o", old, small).returncode == 0
    bucket.hold = lambda name, method: method == "PUT" and "partNumber=2" in name
    order = order_of(
        ["export", "--format", "csv", "-o", old, str(records)], "scrapy", ROOT, {**os.environ, **bucket.environment}
    )
    with open(os.devnull, "r+b") as null, Started([null.fileno()] * 3, order) as process:  # noqa: PTH123
        assert bucket.waiting.wait(120), "no second part was sent"
        process.kill()
    bucket.go_on.set()

    assert bucket.names() == ["x.csv"]
    assert len(rows(bucket.read("x.csv"))) == 1
    assert export(bucket, "--format", "csv", "-o", old, records).returncode == 0
    assert len(rows(bucket.read("x.csv"))) == 1200


@pytest.mark.parametrize(
    ("target", "environment"),
    [
        ("s3://no-such-bucket/x.csv", {}),
        (f"s3://{BUCKET}/x.csv", {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}),
        (f"s3://{BUCKET}/x.csv", {**dict.fromkeys(KEYS, ""), "AWS_EC2_METADATA_DISABLED": "true"}),
    ],
    ids=["no bucket", "no server", "no key"],
)
def test_a_bucket_that_cannot_be_written_is_one_sentence(bucket, tmp_path, target, environment):
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps({"id": "n1", "url": "https://a.example/1"}) + "\n")
    done = export(bucket, "--format", "csv", "-o", target, file, HOME=str(tmp_path), **environment)

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(f"newscrawl: {target} cannot be written: ")
    assert "Traceback" not in done.stderr
    assert bucket.names() == []

"""Published files stand in object storage, whole and once, whatever dies while they are copied there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from newscrawl.store.output.forgotten import note_forgotten
from newscrawl.urls import article_id
from tests.commands import Started, order_of, run
from tests.crawling import FAST, ROOT
from tests.integration.conftest import postgres_server, postgres_url  # noqa: F401
from tests.newspaper import article, headline, rss
from tests.objects import BUCKET, ObjectStore
from tests.site import Site

FRIDAY = "Fri, 20 Nov 2026 08:00:00 GMT"


@pytest.fixture
def paper(site) -> Site:
    """A site with a feed of three stories and one that is not there."""
    site.pages["/feed.xml"] = rss([(f"{site.url}/story/{number}", headline(number), FRIDAY) for number in range(1, 5)])
    site.pages |= {f"/story/{number}": article(number) for number in range(1, 4)}
    return site


def words(paper: Site, output: Path, **settings: str) -> list[str]:
    """Return the command that crawls *paper* into *output* and the bucket."""
    chosen = FAST | {"NEWSCRAWL_ALLOW_PRIVATE": "1", "NEWSCRAWL_UPLOAD": f"s3://{BUCKET}/news"} | settings
    chosen |= {"NEWSCRAWL_OUTPUT_DIR": str(output)}
    options = [word for name, value in chosen.items() for word in ("-s", f"{name}={value}")]
    return ["crawl", "news", "-a", f"url={paper.url}/feed.xml", *options]


def crawl(bucket: ObjectStore, line: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    return run(*line, env={**os.environ, **bucket.environment, **environment})


def crawl_and_kill(bucket: ObjectStore, line: list[str], path: str) -> None:
    """Crawl, and kill the crawl when it uploads what has *path* in its name."""
    bucket.hold = lambda name, method: method == "PUT" and path in name
    with open(os.devnull, "r+b") as null:  # noqa: PTH123
        order = order_of(line, "scrapy", ROOT, {**os.environ, **bucket.environment})
        with Started([null.fileno()] * 3, order) as process:
            assert bucket.waiting.wait(120), "nothing was uploaded"
            process.kill()
    bucket.hold = lambda _name, _method: False
    bucket.go_on.set()


def stories(bucket: ObjectStore) -> list[str]:
    """Return the titles in all article files of the bucket."""
    files = [name for name in bucket.names() if name.startswith("news/articles/")]
    return sorted(json.loads(line)["title"] for name in files for line in bucket.read(name).splitlines())


def manifests(bucket: ObjectStore) -> list[dict[str, Any]]:
    names = [name for name in bucket.names() if name.startswith("news/runs/") and not name.endswith("jsonl")]
    return [json.loads(bucket.read(name)) for name in names]


ALL = sorted(map(headline, (1, 2, 3)))


def test_the_files_of_a_run_stand_in_the_bucket_as_in_the_folder(bucket, paper, tmp_path):
    done = crawl(bucket, words(paper, tmp_path))
    local = [path for path in tmp_path.glob("*/**/*.js*") if path.is_file()]

    assert done.returncode == 0, done.stderr
    assert {name: bucket.read(name) for name in bucket.names()} == {
        f"news/{path.relative_to(tmp_path).as_posix()}": path.read_bytes() for path in local
    }
    assert [manifest["files"][0]["sequence"] for manifest in manifests(bucket)] == [1]
    assert stories(bucket) == ALL


@pytest.mark.parametrize("path", ["/articles/dt=", ".rejected.jsonl", "Z-"], ids=["articles", "rejected", "any"])
def test_a_run_that_is_killed_while_it_uploads_is_uploaded_by_the_next(bucket, paper, tmp_path, path):
    crawl_and_kill(bucket, words(paper, tmp_path), path)
    again = crawl(bucket, words(paper, tmp_path))

    assert again.returncode == 0, again.stderr
    assert stories(bucket) == ALL
    assert "recovered" in [manifest["status"] for manifest in manifests(bucket)]
    (file,) = tmp_path.glob("articles/*/*.jsonl")
    assert bucket.read(f"news/{file.relative_to(tmp_path).as_posix()}") == file.read_bytes()


def test_a_bucket_that_is_away_costs_no_story(bucket, paper, tmp_path):
    away = crawl(bucket, words(paper, tmp_path), AWS_ENDPOINT_URL="http://127.0.0.1:9", AWS_MAX_ATTEMPTS="1")
    back = crawl(bucket, words(paper, tmp_path))

    assert away.returncode == 1
    assert f"newscrawl: s3://{BUCKET}/news/articles/" in away.stderr
    assert "Traceback" not in away.stderr
    assert back.returncode == 0, back.stderr
    assert stories(bucket) == ALL


def test_a_machine_that_is_lost_while_it_uploads_takes_no_story_with_it(bucket, paper, tmp_path, postgres_url):  # noqa: F811
    lost, other = (words(paper, tmp_path / name, NEWSCRAWL_STORE=postgres_url) for name in ("lost", "other"))
    crawl_and_kill(bucket, lost, "/articles/dt=")
    shutil.rmtree(tmp_path / "lost")
    bucket.empty()  # as if the upload had never been completed
    for _ in range(30):  # a dead worker is given up some 15 seconds after its connection is gone
        done = crawl(bucket, other)
        if "recovered" in [manifest["status"] for manifest in manifests(bucket)]:
            break
        time.sleep(1)

    assert done.returncode == 0, done.stderr
    assert stories(bucket) == ALL
    assert [manifest["files"][0]["sequence"] for manifest in manifests(bucket) if manifest["files"]] == [1]


def test_what_is_forgotten_leaves_the_bucket_too(bucket, paper, tmp_path):
    assert crawl(bucket, words(paper, tmp_path)).returncode == 0
    settings = ("-s", f"NEWSCRAWL_OUTPUT_DIR={tmp_path}", "-s", f"NEWSCRAWL_UPLOAD=s3://{BUCKET}/news")
    done = run("forget", f"{paper.url}/story/2", *settings, env={**os.environ, **bucket.environment})

    assert done.returncode == 0, done.stderr
    assert stories(bucket) == sorted(map(headline, (1, 3)))
    assert manifests(bucket)[0]["files"][0]["lines"] == 2
    assert len(bucket.names()) == 3


def test_what_is_forgotten_leaves_the_copy_of_a_folder_that_is_lost(bucket, paper, tmp_path, postgres_url):  # noqa: F811
    """On another machine; what a killed takedown left of it, the next run in its folder does."""
    store = {"NEWSCRAWL_STORE": postgres_url}
    assert crawl(bucket, words(paper, tmp_path / "lost", **store)).returncode == 0
    shutil.rmtree(tmp_path / "lost")
    other, url = tmp_path / "other", f"{paper.url}/story/2"
    other.mkdir()
    settings = {**store, "NEWSCRAWL_OUTPUT_DIR": str(other), "NEWSCRAWL_UPLOAD": f"s3://{BUCKET}/news"}
    options = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]

    done = run("forget", url, *options, env={**os.environ, **bucket.environment})
    note_forgotten(other, [article_id(f"{paper.url}/story/3")], "", done=False)
    assert crawl(bucket, words(paper, other, **store)).returncode == 0

    assert done.stdout.splitlines()[:2] == [
        "1 article forgotten: 0 lines left 0 files; no run writes it again",
        f"and 1 line left 1 copy in s3://{BUCKET}/news",
    ]
    assert stories(bucket) == [headline(1)]
    assert manifests(bucket)[0]["files"][0]["lines"] == 1


def test_an_address_that_is_none_is_one_sentence(paper, tmp_path):
    done = run(*words(paper, tmp_path, NEWSCRAWL_UPLOAD="bucket/news"))

    assert done.returncode == 2
    assert "set it to an address of object storage" in done.stderr

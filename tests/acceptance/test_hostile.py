"""Crawls with every hostile case beside good stories: what they must give, and what they must not take."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest

from tests.hostile.cases import CASES
from tests.hostile.server import Asked, HostileSite
from tests.hostile.sources import SOURCES, rss
from tests.hostile.words import article, sentinel

UNCLEAN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
QUICK = {
    "DOWNLOAD_DELAY": 0.001,
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_TIMEOUT": 5,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "NEWSCRAWL_LOOP_WATCH": True,
    "LOG_LEVEL": "INFO",
}
GOOD = range(1, 11)
pytestmark = pytest.mark.timeout(600)


@dataclass
class Crawled:
    """What a crawl left behind."""

    records: list[dict[str, Any]]
    log: str
    code: int
    peak_mib: int
    site: HostileSite
    inner: HostileSite
    by_path: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for record in self.records:
            self.by_path.setdefault(urlsplit(record["url"]).path, []).append(record)


def crawl(folder: Path, seeds: list[str], site: HostileSite, inner: HostileSite) -> Crawled:
    good = folder / "good.txt"
    good.write_text("".join(f"{site.url}/good/{n}\n" for n in GOOD))
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "crawl",
        "news",
        "-a",
        f"url={','.join(site.url + path for path in seeds)}",
    ]
    command += ["-a", f"urls={good}", "-s", f"NEWSCRAWL_OUTPUT_DIR={folder}"]
    for name, value in QUICK.items():
        command += ["-s", f"{name}={value}"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=Path(__file__).parents[2])
        peak = watch(process)
    lines = [line for file in folder.glob("articles/**/*.jsonl") for line in file.read_text("utf-8").splitlines()]
    text = (folder / "log").read_text("utf-8", "replace")
    return Crawled([json.loads(line) for line in lines], text, process.returncode, peak, site, inner)


def watch(process: subprocess.Popen[Any]) -> int:
    """Wait for the end; return the peak memory of all its processes together in MiB, what they share counted once."""
    peak = 0
    family = psutil.Process(process.pid)
    while process.poll() is None:
        size = 0
        for member in [family, *_children(family)]:
            try:
                size += member.memory_full_info().pss if sys.platform == "linux" else member.memory_info().rss
            except (psutil.Error, OSError):
                continue
        peak = max(peak, size >> 20)
        threading.Event().wait(0.3)  # a look reads all their page tables: ten a second take half a core
    return peak


def _children(family: psutil.Process) -> list[psutil.Process]:
    try:
        return family.children(recursive=True)
    except psutil.Error:
        return []


async def good_story(asked: Asked) -> None:
    await asked.send(article(f"good-{asked.path.rpartition('/')[2]}"))


async def secret(asked: Asked) -> None:
    await asked.send(article("SECRET"))


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    cases = {f"/{name}": case for name, (_, case) in CASES.items()}
    with HostileSite({"*": secret}) as inner, HostileSite({**cases, "/good/*": good_story}) as site:
        site.inner = inner.port
        seeds = [f"/{name}" for name in CASES if name != "credentials-end"]
        yield crawl(tmp_path_factory.mktemp("pages"), seeds, site, inner)


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    cases = {path: case for path, (_, case) in SOURCES.items()}
    with HostileSite({"*": secret}) as inner, HostileSite({**cases, "/good/*": good_story}) as site:
        site.inner = inner.port
        seeds = [path for path in SOURCES if not path.endswith(("*", "loop-b.xml"))]
        yield crawl(tmp_path_factory.mktemp("sources"), seeds, site, inner)


@pytest.fixture(params=["pages", "sources"])
def crawled(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("name", CASES)
def test_a_page_gives_what_it_must(pages, name):
    expect = CASES[name][0]
    records = pages.by_path.get(f"/{name}", [])

    if expect == "none":
        assert not records
    if expect == "record" and not name.startswith("to-"):
        assert [record for record in records if name == "credentials-end" or sentinel(name) in record["body"]]
    assert len(records) <= 1


@pytest.mark.parametrize("path", SOURCES)
def test_a_source_costs_what_it_may(sources, path):
    stem = path.rstrip("*")
    asked = sum(count for hit, count in sources.site.hits.items() if hit.startswith(stem))

    assert asked <= SOURCES[path][0]


def test_a_host_of_dead_links_is_parked(tmp_path):
    async def feed(asked: Asked) -> None:
        await asked.send(rss(f"/nothing/{n}" for n in range(2000)), content_type="application/xml")

    with HostileSite({"*": secret}) as inner, HostileSite({"/feed": feed, "/good/*": good_story}) as site:
        crawled = crawl(tmp_path, ["/feed"], site, inner)

    assert 100 <= site.hits.total() < 300
    assert "Budget of 127.0.0.1 used up (parked)" in crawled.log
    assert "Traceback" not in crawled.log


def test_good_articles_of_bad_sources_are_found(sources):
    found = {int(path.rpartition("/")[2]) for path in sources.by_path if path.startswith("/good/")}

    assert found >= {101, 103, 104, 105, 106, 201, 202, 203}


def test_no_good_story_is_lost(crawled):
    for number in GOOD:
        assert sentinel(f"good-{number}") in crawled.by_path[f"/good/{number}"][0]["body"]


def test_nothing_private_is_asked_for_or_written(crawled):
    text = json.dumps(crawled.records) + crawled.log

    assert not crawled.inner.hits
    assert "KEPT-SECRET" not in text
    assert "root:" not in text
    assert "hunter2" not in text
    assert not any("authorization" in headers for _, headers in crawled.site.seen)


def test_what_is_written_is_clean(crawled):
    for record in crawled.records:
        for name in ("title", "body", "description", "section", "publisher", "language"):
            assert not UNCLEAN.search(record[name] or ""), (record["url"], name)
        for name in ("title", "section", "publisher"):
            assert "\n" not in (record[name] or "")
        assert len(record["title"]) <= 500
        assert all(len(text) <= 300 and not UNCLEAN.search(text) for text in (*record["authors"], *record["tags"]))
        assert len(record["tags"]) <= 200
        links = [record["canonical_url"], record["image_url"], *(link["url"] for link in record["related_links"])]
        assert all(urlsplit(link).scheme in ("http", "https") for link in links if link)
        assert len(json.dumps(record)) < 3_000_000


def test_the_log_is_safe_to_look_at(crawled):
    assert "Traceback" not in crawled.log
    assert not UNCLEAN.search(crawled.log.replace("\n", ""))


def test_the_crawl_stays_small_and_ends(crawled):
    assert crawled.code == 0
    assert crawled.peak_mib <= 600


def test_the_loop_is_never_busy_for_long(crawled):
    busy = re.search(r"'newscrawl/loop/max_busy_ms': (\d+)", crawled.log)

    assert busy is not None
    assert int(busy[1]) <= 1000

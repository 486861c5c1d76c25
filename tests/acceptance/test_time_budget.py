"""A source that is dead or hangs does not hold the run of the others, and is named."""

from __future__ import annotations

import threading

import pytest

from tests.benchmarks.troubled_sources import after, publish, write_sites_file
from tests.crawling import FAST, crawl, scrapy
from tests.site import Site


@pytest.fixture
def sites():
    """Two sources that are well, one that is dead, one that hangs, and one whose stories hang."""
    event = threading.Event()
    with Site() as sound, Site() as other, Site() as dead, Site() as hanging, Site() as stories:
        named = {"sound": sound, "other": other, "dead": dead, "hanging": hanging, "stories": stories}
        for number, site in enumerate(named.values()):
            publish(site, 100 * number, 3)
        dead.pages = dict.fromkeys(("/robots.txt", *dead.pages), (503, {}, b""))
        feed = stories.pages["/feed.xml"]
        for site in (hanging, stories):
            after(site, event, None)
        stories.pages |= {"/feed.xml": feed, "/robots.txt": (404, {}, b""), "/.well-known/tdmrep.json": (404, {}, b"")}
        yield named
        event.set()


def test_the_run_ends_without_them_and_says_what_waits_and_health_names_them(sites, tmp_path):
    path, output = write_sites_file(tmp_path / "sites.toml", sites), tmp_path / "output"
    patient = {**FAST, "DOWNLOAD_TIMEOUT": "600"}

    first = crawl("news", output, settings=patient, timeout=90, sites=path)

    (manifest,) = first.manifests
    assert first.code == 0, first.stderr
    assert {record["source"] for record in first.records} == {"sound", "other"}
    assert manifest["discovery"]["hanging"]["put_off"].startswith("no answer for ")
    assert manifest["discovery"]["hanging"]["failures"][0]["reason"] == "put-off"
    assert manifest["sources"]["stories"]["pending"] == 3
    assert manifest["sources"]["stories"].get("failed", 0) == 0
    assert "stories: put off: no answer for " in first.stderr
    assert "; 3 pages wait for the next run" in first.stderr

    second = crawl("news", output, settings=patient, timeout=90, sites=path, force=1)
    health = scrapy("health", "-s", f"NEWSCRAWL_OUTPUT_DIR={output}", cwd=tmp_path)

    assert second.code == 0
    assert "put off in 2 runs in a row" in second.stderr
    assert [name for name in sites if f"{name}:" in health.stdout] == ["dead", "hanging", "stories"]


def test_pages_that_hang_take_no_place_from_other_sources(sites, tmp_path):
    """Of the eight requests at once they would hold all, and the sound sources would wait for a time-out."""
    for number, name in enumerate(("sound", "stories")):
        publish(sites[name], 1000 * number, 20)
    feed = sites["stories"].pages["/feed.xml"]
    after(sites["stories"], threading.Event(), None)
    sites["stories"].pages |= dict.fromkeys(("/robots.txt", "/.well-known/tdmrep.json"), (404, {}, b""))
    sites["stories"].pages["/feed.xml"] = feed
    path = write_sites_file(tmp_path / "sites.toml", {name: sites[name] for name in ("stories", "sound")})
    few = {"CONCURRENT_REQUESTS": "8", "CONCURRENT_REQUESTS_PER_DOMAIN": "4", "DOWNLOAD_TIMEOUT": "600"}

    done = crawl("news", tmp_path / "output", settings=few, timeout=120, sites=path)

    assert len(done.records) == 20, done.stderr
    assert "20 pages wait for the next run" in done.stderr

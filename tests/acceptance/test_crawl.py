"""The main job, as a person starts it: over HTTP on loopback, into files on disk."""

from __future__ import annotations

import json
import os
import re
import signal
import threading
import time

import pytest
from scrapy.exceptions import DropItem

from newscrawl.items import FIELDS
from newscrawl.settings import ITEM_PIPELINES
from tests.commands import start
from tests.crawling import FAST, crawl
from tests.newspaper import article, headline, listing, rss
from tests.site import Site


class PickyPipeline:
    def process_item(self, item):
        raise DropItem("not to my taste")


class BrokenPipeline:
    def process_item(self, item):
        raise RuntimeError("a fault of the pipeline's own")


OUTCOMES = ("written", "revised", "duplicate", "unchanged", "rejected", "skipped", "failed", "pending")


def newspaper(site: Site, count: int = 32) -> None:
    """A paper whose home page names the first stories and four sections, which name the rest."""
    stories = [(f"/news/2026/11/20/{headline(n).lower().replace(' ', '-')}", headline(n)) for n in range(count)]
    for number, (path, _) in enumerate(stories):
        site.pages[path] = article(number)
    sections = "".join(
        f'<nav><a href="/section-{name}/">{name.title()}</a></nav>' for name in ("world", "sport", "money", "arts")
    )
    site.pages["/"] = listing(stories[: count // 2]).replace("<main>", sections + "<main>")
    for position, name in enumerate(("world", "sport", "money", "arts")):
        site.pages[f"/section-{name}/"] = listing(stories[count // 2 + position :: 4] + stories[:3], name=name.title())


def adds_up(manifest: dict) -> bool:
    figures = manifest["figures"]
    return figures["discovered"] + figures["resumed"] == sum(figures[name] for name in OUTCOMES)


def test_a_home_page_gives_every_story_of_the_site_with_few_requests(site, tmp_path):
    newspaper(site)

    done = crawl("news", tmp_path, url=site.url)

    assert done.code == 0, done.stderr
    assert {r["title"] for r in done.records} == {headline(n) for n in range(32)}
    assert len(done.records) == 32
    assert sum(site.hits.values()) < 46, site.hits
    assert all(tuple(r) == FIELDS for r in done.records)
    assert adds_up(done.manifests[0])


def test_a_second_run_writes_nothing_and_downloads_no_known_article(site, tmp_path):
    newspaper(site, 8)
    crawl("news", tmp_path, url=site.url)
    site.hits.clear()

    done = crawl("news", tmp_path, url=site.url)

    assert done.code == 0, done.stderr
    assert len(done.records) == 8
    assert not [path for path in site.hits if path.startswith("/news/")]
    assert "0 new" in done.stderr
    assert "8 known" in done.stderr
    assert all(adds_up(manifest) for manifest in done.manifests)


def test_what_the_limit_leaves_is_pending_and_the_next_run_takes_it_up(site, tmp_path):
    newspaper(site, 12)

    first = crawl("news", tmp_path, url=site.url, limit=5)
    assert (first.code, len(first.records)) == (0, 5)
    assert "7 pending" in first.stderr

    second = crawl("news", tmp_path, url=site.url)

    assert (second.code, len(second.records)) == (0, 12)
    assert len({r["id"] for r in second.records}) == 12
    assert all(adds_up(manifest) for manifest in second.manifests)
    assert second.manifests[1]["figures"]["resumed"] == 7


def test_scrapys_own_export_writes_the_same_records(site, tmp_path):
    site.pages["/story/1"] = article(1)
    feed = tmp_path / "feed.jsonl"

    done = crawl(
        "news",
        tmp_path / "output",
        url=f"{site.url}/story/1",
        settings=FAST | {"FEEDS": json.dumps({str(feed): {"format": "jsonlines"}})},
    )

    assert [json.loads(line) for line in feed.read_text("utf-8").splitlines()] == done.records != []


def test_what_a_pipeline_of_ones_own_drops_is_in_the_rejected_log_and_not_fetched_again(site, tmp_path):
    site.pages["/feed.xml"] = rss([(f"{site.url}/story/1", headline(1), "Fri, 20 Nov 2026 08:00:00 GMT")])
    site.pages["/story/1"] = article(1)
    pipelines = json.dumps(ITEM_PIPELINES | {"tests.acceptance.test_crawl.PickyPipeline": 500})

    crawl("news", tmp_path, url=f"{site.url}/feed.xml", settings=FAST | {"ITEM_PIPELINES": pipelines})
    done = crawl("news", tmp_path, url=f"{site.url}/feed.xml", settings=FAST | {"ITEM_PIPELINES": pipelines})

    assert [(r["reason"], r["detail"]) for r in done.rejected] == [("dropped", "not to my taste")]
    assert site.hits["/story/1"] == 1


def test_a_pipeline_that_fails_leaves_the_story_pending_and_the_exit_code_is_1(site, tmp_path):
    site.pages["/feed.xml"] = rss([(f"{site.url}/story/1", headline(1), "Fri, 20 Nov 2026 08:00:00 GMT")])
    site.pages["/story/1"] = article(1)
    pipelines = json.dumps(ITEM_PIPELINES | {"tests.acceptance.test_crawl.BrokenPipeline": 500})

    broken = crawl("news", tmp_path, url=f"{site.url}/feed.xml", settings=FAST | {"ITEM_PIPELINES": pipelines})
    mended = crawl("news", tmp_path, url=f"{site.url}/feed.xml")

    assert (broken.code, broken.manifests[0]["figures"]["pending"]) == (1, 1)
    assert (mended.code, len(mended.records)) == (0, 1)


def test_since_skips_what_the_feed_dates_before_it_without_a_download(site, tmp_path):
    stories = [("Mon, 02 Nov 2026 08:00:00 GMT", 1), ("Fri, 20 Nov 2026 08:00:00 GMT", 2)]
    for _, number in stories:
        site.pages[f"/story/{number}"] = article(number)
    site.pages["/feed.xml"] = rss([(f"{site.url}/story/{number}", headline(number), date) for date, number in stories])

    done = crawl("news", tmp_path, url=f"{site.url}/feed.xml", since="2026-11-10")

    assert [r["title"] for r in done.records] == [headline(2)]
    assert "/story/1" not in site.hits
    assert done.manifests[0]["figures"]["skipped"] == 1
    assert adds_up(done.manifests[0])


def test_since_believes_the_feed_before_the_home_page_has_its_stories_fetched(site, tmp_path):
    old, new, undated = (f"/news/{headline(n).lower().replace(' ', '-')}" for n in (1, 2, 3))
    for number, path in ((1, old), (2, new), (3, undated)):
        site.pages[path] = article(number)
    feed = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    site.pages["/"] = listing([(old, headline(1)), (new, headline(2)), (undated, headline(3))], head=feed)
    dates = ((old, 1, "Mon, 02 Nov 2026 08:00:00 GMT"), (new, 2, "Fri, 20 Nov 2026 08:00:00 GMT"))
    site.pages["/feed.xml"] = rss([(site.url + path, headline(number), date) for path, number, date in dates])

    done = crawl("news", tmp_path, url=site.url, since="2026-11-10")

    assert {(r["title"], r["discovered_via"]) for r in done.records} == {
        (headline(2), "feed"),
        (headline(3), "listing"),
    }
    assert old not in site.hits
    assert adds_up(done.manifests[0])


def test_since_skips_what_only_the_page_dates_before_it_and_does_not_fetch_it_again(site, tmp_path):
    site.pages["/"] = listing([(f"/news/{headline(n).lower().replace(' ', '-')}", headline(n)) for n in (1, 2)])
    site.pages[f"/news/{headline(1).lower().replace(' ', '-')}"] = article(1, date="2026-11-02T08:00:00Z")
    site.pages[f"/news/{headline(2).lower().replace(' ', '-')}"] = article(2, date="2026-11-20T08:00:00Z")

    done = crawl("news", tmp_path, url=site.url, since="2026-11-10")
    assert [r["title"] for r in done.records] == [headline(2)]
    site.hits.clear()
    again = crawl("news", tmp_path, url=site.url, since="2026-11-10")
    assert not [path for path in site.hits if path.startswith("/news/")]
    assert all(adds_up(manifest) for manifest in again.manifests)

    wider = crawl("news", tmp_path, url=site.url)

    assert {r["title"] for r in wider.records} == {headline(1), headline(2)}


def test_a_dry_run_prints_what_it_would_fetch_and_keeps_nothing(site, tmp_path):
    newspaper(site, 8)

    done = crawl("news", tmp_path / "output", url=site.url, dry_run=1)

    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert done.code == 0, done.stderr
    assert {line[3] for line in lines} == {headline(n) for n in range(8)}
    assert {line[2] for line in lines} == {"listing"}
    assert not (tmp_path / "output").exists()
    assert not [path for path in site.hits if path.startswith("/news/")]


def test_a_dry_run_prints_what_an_earlier_run_left_pending(site, tmp_path):
    site.pages["/feed.xml"] = rss(
        [(f"{site.url}/story/{n}", headline(n), "Fri, 20 Nov 2026 08:00:00 GMT") for n in (1, 2)]
    )
    site.pages |= {f"/story/{n}": article(n) for n in (1, 2)}
    crawl("news", tmp_path, url=f"{site.url}/feed.xml", limit=1)

    done = crawl("news", tmp_path, url=f"{site.url}/feed.xml", dry_run=1)

    assert len(done.stdout.splitlines()) == 1
    assert len(done.records) == 1


def test_a_second_interrupt_ends_at_once_and_the_next_run_completes_it(site, tmp_path):
    newspaper(site, 12)
    slow = [path for path in site.pages if path.startswith("/news/")][2:]
    gate = threading.Event()
    for path in slow:
        site.pages[path] = lambda handler: (gate.wait(240), (404, {}, b""))[1]
    settings = [f"-s{name}={value}" for name, value in (FAST | {"NEWSCRAWL_OUTPUT_DIR": str(tmp_path)}).items()]
    ours, theirs = os.pipe()
    with start("crawl", "news", "-a", f"url={site.url}", *settings, "-L", "INFO", stderr=theirs) as process:
        os.close(theirs)
        while not any(site.hits[path] for path in slow):
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        with os.fdopen(ours, encoding="utf-8", errors="replace") as said:
            while "shutting down gracefully" not in said.readline():
                assert process.poll() is None
            process.send_signal(signal.SIGINT)
            stderr = said.read()
    gate.set()
    newspaper(site, 12)

    done = crawl("news", tmp_path, url=site.url)

    assert process.returncode == 1
    assert "newscrawl: stopped at once" in stderr
    assert done.code == 0
    assert len({r["title"] for r in done.records}) == len(done.records) == 12


def test_urls_come_from_a_file_or_standard_input_beside_a_site(site, tmp_path):
    site.pages["/feed.xml"] = rss([(f"{site.url}/story/1", headline(1), "Fri, 20 Nov 2026 08:00:00 GMT")])
    for number in (1, 2, 3):
        site.pages[f"/story/{number}"] = article(number)

    done = crawl(
        "news", tmp_path, url=f"{site.url}/feed.xml", urls="-", stdin=f"{site.url}/story/2\n{site.url}/story/3\n"
    )

    assert {(r["title"], r["source"], r["discovered_via"]) for r in done.records} == {
        (headline(1), f"{site.url}/feed.xml", "feed"),
        (headline(2), f"{site.url}/story/2", "seed"),
        (headline(3), f"{site.url}/story/3", "seed"),
    }


def test_a_sites_file_names_the_source_of_each_record(site, tmp_path):
    site.pages["/a.xml"] = rss([(f"{site.url}/story/1", headline(1), "Fri, 20 Nov 2026 08:00:00 GMT")])
    site.pages["/b.xml"] = rss([(f"{site.url}/story/2", headline(2), "Fri, 20 Nov 2026 08:00:00 GMT")])
    site.pages |= {f"/story/{number}": article(number) for number in (1, 2)}
    (tmp_path / "sites.toml").write_text(
        f'[first]\nurl = "{site.url}/a.xml"\n[second]\nurl = "{site.url}/b.xml"\n', "utf-8"
    )

    done = crawl("news", tmp_path / "output", sites=tmp_path / "sites.toml")

    assert {(r["source"], r["title"]) for r in done.records} == {("first", headline(1)), ("second", headline(2))}
    assert {name: figures["written"] for name, figures in done.manifests[0]["sources"].items()} == {
        "first": 1,
        "second": 1,
    }


def test_a_page_that_fails_is_asked_for_again_in_a_later_run(site, tmp_path):
    site.pages["/feed.xml"] = rss(
        [(f"{site.url}/story/{n}", headline(n), "Fri, 20 Nov 2026 08:00:00 GMT") for n in (1, 2)]
    )
    site.pages["/story/1"] = article(1)
    site.pages["/story/2"] = (500, {}, b"oops")

    done = crawl(
        "news", tmp_path, url=f"{site.url}/feed.xml", settings={"RETRY_ENABLED": "False", "DOWNLOAD_DELAY": "0"}
    )

    assert (done.code, len(done.records)) == (0, 1)
    assert done.manifests[0]["figures"]["failed"] == 1
    assert adds_up(done.manifests[0])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({}, "usage: scrapy crawl news"),
        ({"ulr": "a.example"}, "newscrawl: unknown argument 'ulr'; did you mean 'url'?"),
        ({"urls": "/no/such/file"}, "newscrawl: urls=/no/such/file cannot be read: No such file or directory"),
    ],
)
def test_a_mistake_is_answered_with_a_sentence_and_exit_code_2(tmp_path, arguments, sentence):
    done = crawl("news", tmp_path / "output", **arguments)

    assert done.code == 2
    assert done.stderr.startswith(sentence)
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "output").exists()


def test_a_setting_with_a_wrong_value_is_answered_with_a_sentence(site, tmp_path):
    done = crawl("news", tmp_path / "output", url=site.url, settings={"NEWSCRAWL_DUPLICATES": "both"})

    assert (done.code, done.stderr) == (2, "newscrawl: NEWSCRAWL_DUPLICATES is 'both'; set it to drop or keep\n")
    assert not (tmp_path / "output").exists()


def test_kept_duplicates_are_written_and_marked(site, tmp_path):
    site.pages |= {"/story/1": article(1), "/story/2": article(1)}
    (tmp_path / "urls.txt").write_text(f"{site.url}/story/1\n{site.url}/story/2\n", "utf-8")

    done = crawl(
        "news", tmp_path / "output", urls=tmp_path / "urls.txt", settings=FAST | {"NEWSCRAWL_DUPLICATES": "keep"}
    )

    first, second = done.records
    assert (second["duplicate_of"], second["story_id"], second["duplicate_kind"]) == (first["id"], first["id"], "title")
    assert first["duplicate_of"] is None
    assert adds_up(done.manifests[0])


def test_an_unknown_spider_is_answered_with_the_nearest_name(tmp_path):
    done = crawl("mews", tmp_path)

    assert (done.code, done.stderr) == (
        2,
        "newscrawl: no spider is called 'mews'; did you mean 'news'?; there are news, sample\n",
    )


def test_no_answer_is_exit_code_3_and_says_so(tmp_path):
    with Site() as site:
        address = site.url

    done = crawl("news", tmp_path, url=address, settings={"RETRY_ENABLED": "False"})

    assert done.code == 3
    assert re.search(r"no answer \(.*connection", done.stderr)


def test_a_site_without_articles_is_exit_code_3_and_names_the_empty_stage(site, tmp_path):
    site.pages["/"] = "<html><head><title>Nothing here</title></head><body><p>Under construction.</p></body></html>"

    done = crawl("news", tmp_path, url=site.url)

    assert done.code == 3
    assert "no feed, sitemap or article link found" in done.stderr


def test_robots_that_forbid_everything_are_obeyed_and_named(site, tmp_path):
    newspaper(site, 4)
    site.pages["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /\n")

    done = crawl("news", tmp_path, url=site.url)

    assert done.code == 3
    assert set(site.hits) == {"/robots.txt"}
    assert "robots" in done.stderr


def test_an_output_that_cannot_be_written_ends_the_run_before_any_request(site, tmp_path):
    newspaper(site, 4)
    (tmp_path / "output").write_text("a file where the folder should be", "utf-8")

    done = crawl("news", tmp_path / "output", url=site.url)

    assert done.code == 1
    assert done.stderr.startswith("newscrawl: ")
    assert "Traceback" not in done.stderr
    assert not site.hits

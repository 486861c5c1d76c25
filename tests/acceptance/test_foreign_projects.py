"""Projects that are not ours: their spiders keep their code, and the add-on gives them clean lines, each once."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests import commands
from tests.browser import browser_path
from tests.crawling import ROOT, Crawl
from tests.newspaper import article, headline, listing, paragraphs, rss
from tests.site import Site

DATE = "Fri, 20 Nov 2026 08:00:00 GMT"
PRIVATE = "http://127.0.0.2:1/"
NAMED = "127.0.0.1"


def run(project: str, spider: str, tmp_path: Path, *options: str, **arguments: str) -> Crawl:
    """Run *spider* inside a copy of *project*, as its owner does."""
    folder, output = tmp_path / project, tmp_path / project / "output"
    if not folder.exists():
        shutil.copytree(ROOT / "tests/projects" / project, folder)
    words = ["crawl", spider, "-s", f"NEWSCRAWL_ALLOW_PRIVATE={NAMED}", *options]
    for name, value in arguments.items():
        words += ["-a", f"{name}={value}"]
    done = commands.run(*words, cwd=folder, env=commands.at_root(os.environ))
    return Crawl(done.returncode, done.stdout, done.stderr, output)


def story(number: int) -> str:
    return f"/news/{number}.html"


@pytest.fixture
def newspaper(site: Site) -> Site:
    """Four stories, one of them under two URLs, and a link that redirects to a private address."""
    site.pages |= {story(number): article(number) for number in range(4)}
    site.pages["/news/copy.html"] = article(2)
    site.pages["/news/trap.html"] = (302, {"Location": PRIVATE}, b"")
    links = [(story(number), headline(number)) for number in range(4)]
    site.pages["/"] = listing([*links, ("/news/copy.html", headline(2)), ("/news/trap.html", "A trap for a crawler")])
    site.pages["/feed.xml"] = rss([(site.url + path, title, DATE) for path, title in links])
    return site


def test_a_crawl_spiders_own_items_become_one_line_a_story_with_their_own_fields(newspaper, tmp_path):
    result = run("crawlspider", "gazette", tmp_path, start=newspaper.url + "/")

    assert result.code == 0, result.stderr
    assert sorted(record["title"] for record in result.records) == sorted(headline(number) for number in range(4))
    assert {record["desk"] for record in result.records} == {"LOCAL"}
    assert [manifest["sources"]["gazette"]["duplicate"] for manifest in result.manifests] == [1]


def test_a_second_run_of_a_foreign_spider_writes_nothing_again(newspaper, tmp_path):
    for _ in range(2):
        result = run("crawlspider", "gazette", tmp_path, start=newspaper.url + "/")

    assert len(result.records) == 4


def test_the_guard_refuses_a_redirect_of_a_foreign_spider_to_a_private_address(newspaper, tmp_path):
    result = run("crawlspider", "gazette", tmp_path, start=newspaper.url + "/")

    assert "'newscrawl/private_address/refused': 1" in result.stderr


def test_a_spider_that_opts_out_keeps_its_own_output_and_opens_no_store(newspaper, tmp_path):
    feed = tmp_path / "plain.jsonl"
    result = run("crawlspider", "plain", tmp_path, "-O", str(feed), start=newspaper.url + "/")

    assert len(feed.read_text("utf-8").splitlines()) == 5
    assert json.loads(feed.read_text("utf-8").splitlines()[0]).keys() == {"url", "title", "body", "desk"}
    assert not result.output.exists()


def test_an_xml_feed_spider_gets_whole_articles_from_the_extractor(newspaper, tmp_path):
    newspaper.pages[story(3)] = "<title>Contact</title><h1>Contact</h1><p>Write to us.</p>"
    result = run("xmlfeed", "wire", tmp_path, feed=newspaper.url + "/feed.xml")

    assert result.code == 0, result.stderr
    bodies = {record["url"].removeprefix(newspaper.url): record["body"] for record in result.records}
    assert bodies == {story(number): "\n\n".join(paragraphs(number)) for number in range(3)}
    assert [record["url"].removeprefix(newspaper.url) for record in result.rejected] == [story(3)]


def test_pages_that_a_browser_draws_are_extracted_behind_the_guard(site, tmp_path):
    browser_path()
    pytest.importorskip("scrapy_playwright")
    for number in range(2):
        script = json.dumps(article(number).partition("<body>")[2]).replace("</", "<\\/")
        site.pages[story(number)] = (
            f"<!doctype html><title>{headline(number)}</title><body><script>document.body.innerHTML = {script}</script>"
        )
    with Site("127.0.0.2") as private:
        private.pages["/"] = article(2)
        site.pages["/trap"] = (302, {"Location": private.url + "/"}, b"")
        urls = [site.url + path for path in (story(0), story(1), "/trap")]
        result = run("browser", "scripted", tmp_path, urls=",".join(urls))

    assert sorted(record["title"] for record in result.records) == sorted(headline(number) for number in range(2))
    assert "ScrapyPlaywrightDownloadHandler resolves host names by itself" in result.stderr

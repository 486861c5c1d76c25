"""A person's own rules for a site, from a folder, a sites file and an installed package: in every command."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.commands import run
from tests.crawling import ROOT, crawl
from tests.newspaper import headline, listing, paragraphs
from tests.site import Site

SITES = ROOT / "tests/sites"
RULES = """
[site."127.0.0.1"]
title = "div.head"
body = "div.text"
authors = ".nobody"
cookies = { consent = "yes" }
"""


def command(*arguments: object, cwd: Path = ROOT, path: str = "") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), path)))}
    return run(*arguments, module="newscrawl", cwd=cwd, env=environment)


def page(number: int) -> str:
    """Return a page whose template hides what it shows: a headline that is none, and the text in a box."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs(number))
    head = f'<html lang="en"><title>News</title><h1>The day</h1><div class="head">{headline(number)}</div>'
    return (
        f'{head}<div class="text">{text}</div><p>{"Read all of our promises, which we make every day. " * 3}</p></html>'
    )


def test_a_folder_of_pages_tests_the_rules_of_a_folder():
    done = command("sites", "test", SITES / "pages", "-s", f"NEWSCRAWL_SITES_DIR={SITES / 'gazette'}")

    assert done.stdout == "2 of 2 pages are as expected\n", done.stdout + done.stderr
    assert done.returncode == 0


def test_pages_that_are_not_as_expected_are_shown_field_by_field():
    done = command("sites", "test", SITES / "pages")

    assert done.returncode == 1
    assert "pages/story: title\n  expected 'Lighthouse sold for one crown'\n  got      None" in done.stdout
    assert done.stdout.endswith("of 2 pages are as expected\n")


def test_an_installed_package_brings_rules_by_its_entry_point(tmp_path):
    (tmp_path / "shop_rules.py").write_text((SITES / "gazette/gazette.py").read_text("utf-8"), "utf-8")
    info = tmp_path / "shop_rules-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shop-rules\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[newscrawl.sites]\ngazette = shop_rules:Gazette\n", "utf-8")

    listed = command("sites", path=str(tmp_path))
    tested = command("sites", "test", SITES / "pages", path=str(tmp_path))

    fields = "title,body,published_at,authors,is_article"
    assert listed.stdout == f"gazette.example\t{fields}\tshop-rules, shop_rules:Gazette, Gazette\n", listed.stderr
    assert tested.stdout == "2 of 2 pages are as expected\n"


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """Crawl a site twice with rules in its sites file, and keep the site's requests and a page of it."""
    folder = tmp_path_factory.mktemp("crawled")
    with Site() as site:
        for number in range(7):
            site.pages[f"/news/{number}.html"] = page(number)
        links = [(f"/news/{number}.html", headline(number)) for number in range(6)]
        site.pages["/"] = listing(links)
        (folder / "sites.toml").write_text(f'[paper]\nurl = "{site.url}/"\n{RULES}', "utf-8")
        (folder / "one.jsonl").write_text(json.dumps({"url": f"{site.url}/news/0.html", "html": page(0)}), "utf-8")
        result = crawl("news", folder / "output", sites=folder / "sites.toml", force=1)
        shown = command("show", f"{site.url}/news/6.html", "--sites", folder / "sites.toml")
        extracted = command("extract", folder / "one.jsonl", "--sites", folder / "sites.toml")
        headers = site.headers
    return result, shown, extracted, headers


def test_a_crawl_takes_what_the_rules_of_its_sites_file_find_and_warns_once_of_one_that_finds_nothing(crawled):
    result, *_ = crawled

    assert result.code == 0, result.stderr
    assert sorted(record["title"] for record in result.records) == sorted(map(headline, range(6)))
    assert {record["body"] for record in result.records} == {"\n\n".join(paragraphs(number)) for number in range(6)}
    assert result.stderr.count("the rule of 127.0.0.1 for authors does not fit") == 1


def test_the_cookies_of_a_site_are_sent_to_it(crawled):
    *_, headers = crawled

    assert {sent.get("Cookie") for path in ("/", "/news/1.html") for sent in headers[path]} == {"consent=yes"}


def test_show_says_which_rules_won_and_which_found_nothing(crawled):
    _, shown, *_ = crawled

    assert "127.0.0.1: title, body won" in shown.stdout, shown.stderr
    assert "authors: it found nothing" in shown.stdout
    assert f"{headline(6)}  (site)" in shown.stdout


def test_extract_takes_the_rules_of_a_sites_file(crawled):
    _, _, extracted, _ = crawled

    assert json.loads(extracted.stdout)["title"] == headline(0), extracted.stderr

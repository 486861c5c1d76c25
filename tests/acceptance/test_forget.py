"""An article that is taken down is gone, stays gone, and costs no other story anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.crawling import ROOT, crawl, scrapy
from tests.newspaper import article, headline, rss

FRIDAY = "Fri, 20 Nov 2026 08:00:00 GMT"


def publish(site, numbers):
    site.pages["/feed.xml"] = rss([(f"{site.url}/story/{n}", headline(n), FRIDAY) for n in numbers])
    site.pages |= {f"/story/{n}": article(n) for n in numbers}


def texts(folder):
    paths = [path for path in folder.rglob("*") if path.is_file() and path.suffix in (".jsonl", ".html", ".json")]
    return "".join(path.read_text("utf-8") for path in paths if "rejected" not in path.name)


def test_a_forgotten_article_leaves_every_file_and_no_run_writes_it_again(site, tmp_path):
    output = tmp_path / "output"
    where = ("-s", f"NEWSCRAWL_OUTPUT_DIR={output}")
    publish(site, (1, 2, 3))
    crawl("news", output, url=f"{site.url}/feed.xml")
    scrapy("search", "the", *where, cwd=tmp_path)
    read = scrapy("tail", "--consumer", "me", *where, cwd=tmp_path)
    assert len(read.stdout.splitlines()) == 3

    done = scrapy("forget", f"{site.url}/story/2", *where, cwd=tmp_path)

    assert done.stdout == "1 article forgotten: 1 line left 1 file; no run writes it again\n", done.stderr
    assert headline(2) not in texts(output)
    assert headline(1) in texts(output)
    assert not (output / "search.sqlite").exists()
    (manifest,) = (json.loads(path.read_text("utf-8")) for path in output.glob("runs/*.json"))
    assert manifest["files"][0]["lines"] == 2

    named = crawl("news", output, url=f"{site.url}/story/2")
    for path in output.glob("state.sqlite*"):
        path.unlink()
    publish(site, (1, 2, 3, 4))
    rebuilt = crawl("news", output, url=f"{site.url}/feed.xml")

    assert "1 rejected (forgotten 1)" in named.stderr
    assert {record["title"] for record in rebuilt.records} == {headline(n) for n in (1, 3, 4)}, rebuilt.stderr
    assert len(scrapy("tail", *where, cwd=tmp_path).stdout.splitlines()) == 3


def test_what_is_not_known_is_told_and_is_on_the_list_all_the_same(site, tmp_path):
    output = tmp_path / "output"
    where = ("-s", f"NEWSCRAWL_OUTPUT_DIR={output}")
    publish(site, (1, 2, 3))
    crawl("news", output, url=f"{site.url}/feed.xml")

    named = [f"{site.url}/story/{number}" for number in (1, 2, 7)]
    mixed = scrapy("forget", *named, *where, cwd=tmp_path)
    again = scrapy("forget", *named, *where, cwd=tmp_path)

    assert (mixed.returncode, again.returncode) == (3, 0)
    assert mixed.stdout == "2 articles forgotten: 2 lines left 1 file; no run writes them again\n"
    assert mixed.stderr == f"{named[2]} is not known, nothing of it was there; no run will write it\n"
    assert again.stdout.startswith("3 articles forgotten: 0 lines left 0 files")


@pytest.mark.parametrize("step", ["journal", "transaction", "manifest", "rename"])
def test_a_takedown_that_was_killed_is_completed_by_the_next(site, tmp_path, step):
    output = tmp_path / "output"
    publish(site, (1, 2))
    crawl("news", output, url=f"{site.url}/feed.xml")
    place = {
        "journal": "from newscrawl.store import forgetting as place; name = 'take_down'",
        "transaction": "from newscrawl.store.output import takedown as place; name = 'shorten'",
        "manifest": "from newscrawl.store.output import takedown as place; name = 'find_run_file'",
        "rename": "from newscrawl.commands import forget as place; name = 'write_report'",
    }[step]
    code = (
        f"import os, sys; {place}; setattr(place, name, lambda *a, **k: os._exit(9)); "
        "sys.argv[1:] = ['forget', os.environ['URL'], '-s', 'NEWSCRAWL_OUTPUT_DIR=' + os.environ['OUT']]; "
        "from newscrawl.__main__ import main; main()"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT), "URL": f"{site.url}/story/2", "OUT": str(output)}
    killed = subprocess.run([sys.executable, "-c", code], env=environment, cwd=tmp_path, check=False)
    assert killed.returncode == 9

    done = scrapy("forget", "-s", f"NEWSCRAWL_OUTPUT_DIR={output}", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert headline(2) not in texts(output)
    again = crawl("news", output, url=f"{site.url}/feed.xml")
    assert [record["title"] for record in again.records] == [headline(1)], again.stderr
    nothing = scrapy("forget", "-s", f"NEWSCRAWL_OUTPUT_DIR={output}", cwd=tmp_path)
    assert (nothing.returncode, "usage: scrapy forget" in nothing.stderr) == (2, True)

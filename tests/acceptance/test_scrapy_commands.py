"""Scrapy's own commands behave as in any project, or say in one sentence what to use instead."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys

import pytest

from tests.commands import at_root, run
from tests.crawling import ROOT, crawl
from tests.newspaper import article, headline, listing


def newscrawl(*arguments: object, cwd, input: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    variables = at_root(os.environ | environment)
    return run(*arguments, module="newscrawl", cwd=cwd, env=variables, input=input, timeout=110)


def test_settings_are_printed_with_their_origin_the_later_before_the_earlier(tmp_path):
    (tmp_path / "newscrawl").mkdir()
    config = tmp_path / "newscrawl/config.toml"
    config.write_text('NEWSCRAWL_CONTACT = "file"\nNEWSCRAWL_MAX_FAILURES = 7\nNEWSCRAWL_WORKERS = 2\n', "utf-8")
    environment = {"XDG_CONFIG_HOME": str(tmp_path), "NEWSCRAWL_CONTACT": "environment", "NEWSCRAWL_WORKERS": "3"}
    store = "NEWSCRAWL_STORE=postgresql://me:secret@db.example/news"

    done = newscrawl("settings", "-s", "NEWSCRAWL_WORKERS=1", "-s", store, cwd=tmp_path, **environment)

    told = {name: (value, origin) for name, value, origin in (line.split("\t") for line in done.stdout.splitlines())}
    assert told["NEWSCRAWL_CONTACT"] == ("environment", "environment"), done.stderr
    assert told["NEWSCRAWL_MAX_FAILURES"] == ("7", str(config))
    assert told["NEWSCRAWL_WORKERS"] == ("1", "-s")
    assert told["NEWSCRAWL_DUPLICATES"] == ("drop", "default")
    assert told["NEWSCRAWL_STORE"] == ("postgresql://me:***@db.example/news", "-s")
    assert newscrawl("settings", "--get", "NEWSCRAWL_CONTACT", cwd=tmp_path, **environment).stdout == "environment\n"


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"NEWSCRAWL_CONTACTS": "x"}, "unknown setting NEWSCRAWL_CONTACTS; did you mean NEWSCRAWL_CONTACT?"),
        ({"NEWSCRAWL_VERBOSE": "1"}, "unknown setting NEWSCRAWL_VERBOSE"),
    ],
)
def test_an_unknown_name_in_the_environment_is_a_mistake(environment, said, tmp_path):
    done = newscrawl("crawl", "sample", cwd=tmp_path, **environment)

    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_fetch_and_shell_reach_the_very_host_that_a_person_names(site, tmp_path):
    site.pages["/story"] = article(3)
    fetched = newscrawl("fetch", f"{site.url}/story", cwd=tmp_path)
    shell = newscrawl("shell", f"{site.url}/story", "-c", "response.css('h1::text').get()", cwd=tmp_path)

    assert headline(3) in fetched.stdout, fetched.stderr
    assert shell.stdout.strip() == headline(3), shell.stderr


@pytest.mark.parametrize("options", [[], ["--spider", "news"]])
def test_parse_says_what_to_use_instead(options, tmp_path):
    done = newscrawl("parse", *options, "https://a.example/1", cwd=tmp_path)

    assert done.returncode == 2
    assert "use scrapy show https://a.example/1, or scrapy crawl news" in done.stderr
    assert done.stderr.count("\n") == 1


def test_bench_measures(tmp_path):
    done = newscrawl("bench", "-s", "CLOSESPIDER_TIMEOUT=1", cwd=tmp_path)

    assert "Crawled " in done.stderr
    assert "'downloader/response_status_count/200'" in done.stderr


def test_check_and_list_are_scrapys(tmp_path):
    assert newscrawl("check", cwd=tmp_path).returncode == 0
    assert newscrawl("list", cwd=tmp_path).stdout.split() == ["news", "sample"]


def test_a_dry_run_whose_reader_has_enough_ends_without_a_word(site, tmp_path):
    site.pages["/"] = listing([(f"/news/{number}.html", headline(number)) for number in range(300)])
    line = f"{sys.executable} -m newscrawl crawl news -a url={site.url}/ -a dry_run=1 | head -1"
    environment = at_root(os.environ | {"NEWSCRAWL_OUTPUT_DIR": str(tmp_path / "output")})
    done = subprocess.run(
        ["bash", "-c", line], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=110, check=False
    )

    assert done.stdout.startswith(site.url)
    assert "Traceback" not in done.stderr


def test_dedup_reads_stdin_and_packed_files_and_writes_stdout(tmp_path):
    rows = [{"url": f"https://a.example/{n}", "title": headline(n), "body": f"{headline(n)} " * 9} for n in (1, 2, 1)]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(lines.encode()))

    done = newscrawl("dedup", "-", "packed.jsonl.gz", "-o", "-", cwd=tmp_path, input=lines)

    assert [json.loads(line)["url"] for line in done.stdout.splitlines()] == [row["url"] for row in rows[:2]]
    assert done.stderr == "2 stories, 4 duplicates (4 url): -\n"
    assert done.returncode == 0


def test_a_list_of_urls_may_be_packed(site, tmp_path):
    site.pages["/news/1.html"] = article(1)
    (tmp_path / "list.txt.gz").write_bytes(gzip.compress(f"{site.url}/news/1.html\n".encode()))
    (tmp_path / "torn.txt.gz").write_bytes(gzip.compress(b"https://a.example/1\n" * 99)[:30])

    assert len(crawl("news", tmp_path / "output", urls=tmp_path / "list.txt.gz").records) == 1
    torn = crawl("news", tmp_path / "output", urls=tmp_path / "torn.txt.gz")
    assert (torn.code, "cannot be unpacked" in torn.stderr) == (2, True)

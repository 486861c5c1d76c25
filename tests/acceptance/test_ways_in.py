"""The ways to start a crawl give the same sentences and exit codes: newscrawl, runspider, a script, Scrapyd."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from tests.commands import at_root, run
from tests.crawling import FAST, ROOT
from tests.newspaper import article
from tests.site import Site

MY_SPIDER = """
from newscrawl.spiders.news import NewsSpider
class MySpider(NewsSpider):
    name = "mine"
"""
SCRIPT = """
import sys
from newscrawl.process import run
sys.exit(run(settings={settings!r}, **{arguments!r}))
"""
Way = Callable[[Path, dict[str, str], dict[str, str]], list[str]]


def options(settings: dict[str, str], arguments: dict[str, str]) -> list[str]:
    given = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    return given + [word for name, value in arguments.items() for word in ("-a", f"{name}={value}")]


def by_newscrawl(folder: Path, settings: dict[str, str], arguments: dict[str, str]) -> list[str]:
    return ["newscrawl", "crawl", "news", *options(settings, arguments)]


def by_runspider(folder: Path, settings: dict[str, str], arguments: dict[str, str]) -> list[str]:
    (folder / "mine.py").write_text(MY_SPIDER)
    return ["newscrawl", "runspider", "mine.py", *options(settings, arguments)]


def by_script(folder: Path, settings: dict[str, str], arguments: dict[str, str]) -> list[str]:
    (folder / "script.py").write_text(SCRIPT.format(settings=settings, arguments=arguments))
    return ["script"]


OWN_PROCESS = """
import sys
from scrapy.crawler import {process}
from scrapy.settings import Settings
from newscrawl import settings
from newscrawl.process import exit_code_of
chosen = Settings()
chosen.setmodule(settings)
chosen.setdict({settings!r}, priority="cmdline")
process = {process}(chosen)
crawler = process.create_crawler("news")
process.crawl(crawler, **{arguments!r})
process.start()
sys.exit(exit_code_of(crawler))
"""
WAYS = [by_newscrawl, by_runspider, by_script]


def start(way: Way, folder: Path, settings: dict[str, str], **arguments: str) -> subprocess.CompletedProcess[str]:
    """Start *way* outside of any project, as it is with an installed package."""
    module, *words = way(folder, settings, arguments)
    return run(*words, module=module, cwd=folder, env=at_root(os.environ))


@pytest.mark.parametrize("way", WAYS)
def test_a_mistake_in_arguments_or_settings_is_one_sentence_and_code_2(way, tmp_path):
    argument = start(way, tmp_path, {}, url="http://127.0.0.1:9/", limti="3")
    setting = start(way, tmp_path, {"NEWSCRAWL_WORKERS": "many"}, url="http://127.0.0.1:9/")

    assert (argument.returncode, setting.returncode) == (2, 2)
    assert argument.stderr.startswith("newscrawl: unknown argument 'limti'; did you mean 'limit'?")
    assert setting.stderr.startswith("newscrawl: NEWSCRAWL_WORKERS is 'many'; set it to a whole number")
    assert len((argument.stderr + setting.stderr).splitlines()) == 2


@pytest.mark.parametrize("way", WAYS)
def test_a_folder_that_cannot_be_made_is_one_sentence_and_code_1(way, tmp_path):
    (tmp_path / "file").write_text("")
    done = start(way, tmp_path, {"NEWSCRAWL_OUTPUT_DIR": "file"}, url="http://127.0.0.1:9/")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("newscrawl: file")


@pytest.mark.parametrize("way", WAYS)
def test_nothing_to_be_got_is_code_3_and_an_article_code_0(way, tmp_path):
    with Site() as site:
        site.pages["/2026/11/23/a-story"] = article(7)
        good = start(way, tmp_path, FAST, url=f"{site.url}/2026/11/23/a-story", _job="4711")
        bad = start(way, tmp_path, FAST, url=f"{site.url}/2026/11/23/nothing")

    assert good.returncode == 0, good.stderr
    assert "1 new" in good.stderr
    assert bad.returncode == 3, bad.stderr


def by_own(process: str) -> Way:
    def way(folder: Path, settings: dict[str, str], arguments: dict[str, str]) -> list[str]:
        script = OWN_PROCESS.format(process=process, settings=settings, arguments=arguments)
        # a name of its own: Python takes a module of the same second and size from its cache
        name = f"own_{len(list(folder.glob('own_*.py')))}"
        (folder / f"{name}.py").write_text(script)
        return [name]

    return way


@pytest.mark.parametrize("process", ["CrawlerProcess", "AsyncCrawlerProcess"])
def test_a_process_of_ones_own_can_pass_on_the_exit_code_and_says_what_it_is(process, tmp_path):
    with Site() as site:
        site.pages["/2026/11/23/a-story"] = article(7)
        good = start(by_own(process), tmp_path, FAST, url=f"{site.url}/2026/11/23/a-story")
        bad = start(by_own(process), tmp_path, FAST, url=f"{site.url}/2026/11/23/nothing")
    wrong = start(by_own(process), tmp_path, FAST, url="http://127.0.0.1:9/", limti="3")

    assert [done.returncode for done in (good, bad, wrong)] == [0, 3, 2]
    assert "exit code" not in good.stderr
    assert "newscrawl: this run's exit code is 3, which Scrapy does not pass on: end the script by" in bad.stderr
    assert "newscrawl: unknown argument 'limti'; did you mean 'limit'?" in wrong.stderr
    assert "this run's exit code is 2" in wrong.stderr


def test_runspider_says_in_a_sentence_what_is_wrong_with_a_file(tmp_path):
    (tmp_path / "none.py").write_text("x = 1\n")
    (tmp_path / "torn.py").write_text("class (:\n")
    for name, said in [("absent.py", "is no file"), ("none.py", "defines no spider"), ("torn.py", "cannot be loaded")]:
        done = start(lambda *_, name=name: ["newscrawl", "runspider", name], tmp_path, {})

        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
        assert said in done.stderr


def test_the_console_script_is_declared_and_exists():
    script = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]["newscrawl"]
    module, _, function = script.partition(":")

    assert callable(getattr(import_module(module), function))


def test_the_sample_takes_no_proxy(tmp_path):
    """A proxy of the environment has no way to a server on our loopback."""
    done = subprocess.run(
        [sys.executable, "-m", "newscrawl", "crawl", "sample"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://x:9"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert "24 new" in done.stderr


def command(*words: str) -> subprocess.CompletedProcess[str]:
    """Run ``scrapy`` with *words* in the project's folder."""
    return run(*words)


def test_a_bare_url_behind_the_spider_is_crawled(site, tmp_path):
    site.pages = {"/a.html": article(1)}
    done = command("crawl", "news", f"{site.url}/a.html", "-s", f"NEWSCRAWL_OUTPUT_DIR={tmp_path}")

    assert done.returncode == 0, done.stderr
    assert len(list(tmp_path.glob("articles/*/*.jsonl"))) == 1


def test_a_url_in_the_spiders_place_is_answered_with_the_line_to_write():
    done = command("crawl", "https://news.example/")

    assert done.returncode == 2
    assert done.stderr == (
        "newscrawl: https://news.example/ is no spider; write scrapy crawl news -a url=https://news.example/\n"
    )


def test_help_lists_arguments_and_exit_codes():
    done, long = command("crawl", "news", "-a", "help=1"), command("crawl", "--help")

    assert (done.returncode, long.returncode) == (0, 0)
    for text in (done.stdout, long.stdout):
        assert "since=2d|2026-11-01" in text
        assert "exit codes: 0 fine" in text

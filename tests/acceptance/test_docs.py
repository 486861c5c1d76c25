"""Every command of the tutorial and of the questions runs, in their order, on a site that stands for example.com."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawling import ROOT, scrapy
from tests.newspaper import article, headline, rss
from tests.site import Site

FRIDAY = "Fri, 20 Nov 2026 08:00:00 GMT"
DOCS = ROOT / "docs"
FAST = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False")


def commands(name: str) -> list[str]:
    """Return the lines of a page that begin with ``scrapy``."""
    return re.findall(r"^    (scrapy .+)$", (DOCS / name).read_text("utf-8"), re.M)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder in which every command of both pages ran, one after the other; each must have ended with 0."""
    folder = tmp_path_factory.mktemp("tutorial")
    with Site() as site:
        stories = [f"{site.url}/story/{number}" for number in range(1, 4)]
        site.pages["/"] = '<html><head><title>The Test Post</title><link rel="alternate" type="application/rss+xml"'
        site.pages["/"] += ' href="/feed.xml"></head><body><h1>The Test Post</h1></body></html>'
        site.pages["/feed.xml"] = rss([(url, headline(n), FRIDAY) for n, url in enumerate(stories, 1)])
        pages = {f"/story/{n}": article(n).replace(headline(n), f"Council: {headline(n)}") for n in range(1, 4)}
        site.pages |= pages
        for line in [*commands("tutorial.md"), *commands("questions.md")]:
            _, *arguments = shlex.split(line.replace("https://example.com", site.url))
            done = scrapy(*arguments, *FAST, cwd=folder)
            assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
            assert done.stdout or done.stderr or "crawl" in line, line
    return folder


def test_the_commands_leave_what_the_tutorial_says(folder):
    assert len((folder / "articles.csv").read_text("utf-8-sig").splitlines()) == 4
    assert "[" in (folder / "sites.toml").read_text("utf-8")
    assert (folder / "news.sqlite").exists()
    assert len(list(folder.glob("output/articles/*/*.jsonl"))) == 1


def test_the_dashboard_of_the_tutorial_shows_the_stories(folder):
    (script,) = re.findall(r"```python\n(.*?)```", (DOCS / "tutorial.md").read_text("utf-8"), re.S)
    subprocess.run([sys.executable, "-W", "ignore", "-c", script], cwd=folder, check=True)
    page = (folder / "dashboard.html").read_text("utf-8")

    assert page.count("<li>") == 3
    assert headline(1) in page


def test_the_site_builds_with_every_page_and_no_broken_link(tmp_path):
    pytest.importorskip("mkdocs")
    pytest.importorskip("material")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(tmp_path)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env={"NO_MKDOCS_2_WARNING": "1"}
    )
    named = (ROOT / "mkdocs.yml").read_text("utf-8")

    assert done.returncode == 0, done.stderr
    assert {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")} == {
        *re.findall(r": (\S+\.md)$", named, re.M)
    }


def test_the_readme_is_one_screen_and_its_links_lead_somewhere():
    text = (ROOT / "README.md").read_text("utf-8")

    assert len(text.splitlines()) < 60
    assert [name for name in re.findall(r"\]\((?!http)([^)#]+)", text) if not (ROOT / name).exists()] == []

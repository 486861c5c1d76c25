"""Pages that exist only after their scripts ran: a browser draws them, and none starts where none is needed."""

from __future__ import annotations

import json

import pytest

from tests.browser import browser_path
from tests.crawling import FAST, crawl
from tests.newspaper import article, headline, listing, paragraphs
from tests.site import Site

pytest.importorskip("scrapy_playwright", reason="pip install 'newscrawl[dev]'")

SHELL = (
    '<!doctype html><html lang="en"><head><title>The Script</title></head>'
    '<body><div id="app"></div><script>{}</script></body></html>'
)
SHOW = "document.getElementById('app').innerHTML ="
HOME = f"""fetch('/api/all.json').then(r => r.json()).then(all => {{ {SHOW} '<ul>' +
 all.map(s => `<li><h2><a href="/news/${{s.id}}.html">${{s.title}}</a></h2></li>`).join('') + '</ul>' }})"""
STORY = f"""const id = location.pathname.match(/\\d+/)[0];
 setTimeout(() => fetch(`/api/${{id}}.json`).then(r => r.json()).then(s => {{ document.title = s.title; {SHOW}
 `<article><h1>${{s.title}}</h1><time datetime="2026-11-20T08:00:00Z"></time>` +
 s.text.map(p => `<p>${{p}}</p>`).join('') + '</article>' }}), 50)"""
STATS = {"LOG_LEVEL": "INFO"}


def newsroom(site: Site, count: int = 10) -> None:
    """Fill *site* with a newsroom of which nothing is to be seen without scripts."""
    told = [{"id": number, "title": headline(number), "text": paragraphs(number)} for number in range(count)]
    as_json = {"Content-Type": "application/json"}
    site.pages["/"] = SHELL.format(HOME)
    site.pages["/api/all.json"] = (200, as_json, json.dumps(told).encode())
    for story in told:
        site.pages[f"/news/{story['id']}.html"] = SHELL.format(STORY)
        site.pages[f"/api/{story['id']}.json"] = (200, as_json, json.dumps(story).encode())


def sources(folder, site: Site, render: str) -> str:
    path = folder / "sites.toml"
    path.write_text(f'[paper]\nurl = "{site.url}/"\nrender = {render}\n', "utf-8")
    return str(path)


def test_auto_draws_a_whole_newsroom_and_remembers_that_it_has_to(site, tmp_path):
    browser_path()
    newsroom(site)
    with Site("127.0.0.2") as private:
        site.pages["/news/0.html"] = SHELL.format(STORY + f"; fetch('{private.url}/x')")
        site.pages["/news/77.html"] = SHELL.format(f"location.href = '{private.url}/secret'")
        site.pages["/news/78.html"] = (302, {"Location": f"{private.url}/secret"}, b"")
        (tmp_path / "list.txt").write_text(f"{site.url}/news/77.html\n{site.url}/news/78.html\n", "utf-8")
        path = sources(tmp_path, site, '"auto"\nurls = "list.txt"')
        result = crawl("news", tmp_path / "output", settings=FAST | STATS, sites=path)

        assert sorted(record["title"] for record in result.records) == sorted(map(headline, range(10))), result.stderr
        assert not private.hits
    assert "'newscrawl/browser/starts': 1" in result.stderr
    assert {record["body"] for record in result.records} == {"\n\n".join(paragraphs(number)) for number in range(10)}
    drawn = site.hits["/news/3.html"]

    newsroom(site, 12)
    again = crawl("news", tmp_path / "output", settings=FAST | STATS, sites=path, force=1)

    assert len(again.records) == 12, again.stderr
    assert drawn in (1, 2)
    assert site.hits["/news/11.html"] == 1


def test_no_browser_starts_on_a_site_that_needs_none(site, tmp_path):
    site.pages |= {f"/news/{number}.html": article(number) for number in range(4)}
    site.pages["/"] = listing([(f"/news/{number}.html", headline(number)) for number in range(4)])
    result = crawl("news", tmp_path / "output", settings=FAST | STATS, sites=sources(tmp_path, site, '"auto"'))

    assert len(result.records) == 4, result.stderr
    assert "newscrawl/browser" not in result.stderr


@pytest.mark.parametrize("render", ["true"])
def test_true_draws_every_page(site, tmp_path, render):
    browser_path()
    newsroom(site, 2)
    result = crawl("news", tmp_path / "output", settings=FAST | STATS, sites=sources(tmp_path, site, render))

    assert len(result.records) == 2, result.stderr
    assert site.hits["/news/1.html"] == 1

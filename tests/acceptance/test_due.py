"""A sites file, run after run: only what is due is asked for."""

from __future__ import annotations

import sqlite3

import pytest

from tests.crawling import crawl
from tests.newspaper import article, headline, rss
from tests.site import Site

FRIDAY = "Fri, 20 Nov 2026 08:00:00 GMT"


@pytest.fixture
def papers(tmp_path):
    """Three papers with a feed each, in a sites file."""
    sites = [Site(host) for host in ("127.0.0.1", "127.0.0.2", "127.0.0.3")]
    lines = []
    for number, site in enumerate(sites):
        site.__enter__()
        site.pages["/feed.xml"] = feed(site, [number])
        site.pages |= {f"/story/{n}": article(n) for n in range(20)}
        lines.append(f'[paper{number}]\nfeeds = "{site.url}/feed.xml"\n')
    (tmp_path / "sites.toml").write_text("\n".join(lines))
    yield sites
    for site in sites:
        site.__exit__()


def feed(site, numbers):
    return rss([(f"{site.url}/story/{n}", headline(n), FRIDAY) for n in numbers])


def run(tmp_path, **more):
    return crawl("news", tmp_path / "out", sites=tmp_path / "sites.toml", **more)


def make_due(tmp_path, name):
    with sqlite3.connect(tmp_path / "out" / "state.sqlite") as store:
        store.execute("UPDATE documents SET next_poll = 1 WHERE source = ?", (name,))


def hits(papers):
    counted = [dict(site.hits) for site in papers]
    for site in papers:
        site.hits.clear()
    return counted


def test_of_a_sites_file_only_what_is_due_is_asked_for(papers, tmp_path):
    first = run(tmp_path)
    hits(papers)
    nothing = run(tmp_path)
    silence = hits(papers)
    make_due(tmp_path, "paper1")
    papers[1].pages["/feed.xml"] = feed(papers[1], [10, 1])
    one = run(tmp_path)
    asked = hits(papers)

    assert (first.code, nothing.code, one.code) == (0, 0, 0), (first.stderr, nothing.stderr, one.stderr)
    assert silence == [{}, {}, {}]
    assert [sorted(paper) for paper in asked] == [[], ["/feed.xml", "/story/10"], []]
    assert [record["title"] for record in one.records].count(headline(10)) == 1
    assert len(one.records) == 4


def test_a_big_sites_file_is_crawled_from_its_index(papers, tmp_path):
    """The manifest names those of its sources with which something was done, and counts the others."""
    sites = tmp_path / "sites.toml"
    sites.write_text(sites.read_text("utf-8") + "# nothing\n" * 30_000, "utf-8")

    run(tmp_path)
    hits(papers)
    make_due(tmp_path, "paper1")
    papers[1].pages["/feed.xml"] = feed(papers[1], [10, 1])
    one = run(tmp_path)

    assert sorted(record["source"] for record in one.records) == ["paper0", "paper1", "paper1", "paper2"]
    assert hits(papers) == [{}, {"/feed.xml": 1, "/story/10": 1}, {}]
    assert (one.manifests[-1]["not_due"], one.manifests[-1]["unlisted"]) == ([], 2)
    assert [*(tmp_path / "out" / ".sites").iterdir()]


def test_force_and_url_ask_for_what_is_not_due(papers, tmp_path):
    run(tmp_path)
    hits(papers)
    run(tmp_path, force=1)
    forced = hits(papers)
    crawl("news", tmp_path / "out", url=f"{papers[0].url}/feed.xml")

    assert [paper["/feed.xml"] for paper in forced] == [1, 1, 1]
    assert papers[0].hits["/feed.xml"] == 1


def test_a_home_page_that_is_due_comes_with_its_feed_and_without_guesses(papers, tmp_path):
    site = papers[0]
    head = f'<link rel="alternate" type="application/rss+xml" href="{site.url}/feed.xml">'
    site.pages["/"] = f'<html><head>{head}</head><body><main><a href="/story/5">{headline(5)}</a></main></body></html>'
    (tmp_path / "sites.toml").write_text(f'[paper]\nurl = "{site.url}/"\n')
    first = run(tmp_path)
    hits(papers)
    with sqlite3.connect(tmp_path / "out" / "state.sqlite") as store:
        store.execute("UPDATE documents SET next_poll = 1 WHERE kind = 'page'")
    run(tmp_path)
    asked = hits(papers)[0]

    assert len(first.records) == 2, first.stderr
    assert (asked["/"], asked["/feed.xml"]) == (1, 1)
    assert not [path for path in asked if "sitemap" in path]  # usual paths that gave nothing rest


def test_what_an_earlier_run_left_pending_makes_a_source_due(papers, tmp_path):
    papers[0].pages["/feed.xml"] = feed(papers[0], [3, 4, 0])
    run(tmp_path, limit=1)
    done = run(tmp_path)

    assert len(done.records) == 5, done.stderr


def test_two_tables_with_one_url_are_both_polled_and_both_rest(site, tmp_path):
    site.pages["/feed.xml"] = rss([(f"{site.url}/story/1", headline(1), "Fri, 20 Nov 2026 08:00:00 GMT")])
    site.pages["/story/1"] = article(1)
    path, output = tmp_path / "sites.toml", tmp_path / "out"
    path.write_text("".join(f'[{name}]\nfeeds = "{site.url}/feed.xml"\n' for name in ("one", "two")), "utf-8")

    first = crawl("news", output, sites=path)
    asked = site.hits["/feed.xml"]
    second = crawl("news", output, sites=path)
    forced = crawl("news", output, sites=path, force=1)

    (manifest, *_) = first.manifests
    assert {name: found["named"] for name, found in manifest["discovery"].items()} == {"one": 1, "two": 1}
    assert sum(source["written"] for source in manifest["sources"].values()) == manifest["figures"]["written"] == 1
    assert site.hits["/feed.xml"] > asked, forced.stderr
    assert (second.code, "0 new" in second.stderr) == (0, True)
    assert site.headers["/feed.xml"][asked:] == site.headers["/feed.xml"][-1:]

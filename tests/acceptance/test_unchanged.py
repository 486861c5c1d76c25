"""Run after run over a site that did not change: nothing is downloaded twice, and what changes is seen."""

from __future__ import annotations

import pytest

from tests.crawling import FAST, crawl
from tests.newspaper import article, headline, rss

FRIDAY = "Fri, 20 Nov 2026 08:00:00 GMT"


def conditional(text: str, name: str, value: str, *, lying: bool = False):
    """Return a page that answers 304 to its own validator; *lying*: ignores it and sends the same bytes again."""
    header = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[name]

    def answer(handler):
        if handler.headers.get(header) == value and not lying:
            return 304, {name: value}, b""
        return 200, {name: value}, text.encode()

    return answer


def feed(site, numbers):
    return rss([(f"{site.url}/story/{n}", headline(n), FRIDAY) for n in numbers])


@pytest.mark.parametrize(("name", "value"), [("ETag", '"one"'), ("ETag", 'W/"x"'), ("Last-Modified", FRIDAY)])
def test_an_unchanged_feed_is_asked_for_conditionally_and_no_trouble(site, tmp_path, name, value):
    site.pages |= {f"/story/{n}": article(n) for n in (1, 2)}
    site.pages["/feed.xml"] = conditional(feed(site, (1, 2)), name, value)
    crawl("news", tmp_path, url=f"{site.url}/feed.xml")
    site.hits.clear()

    done = crawl("news", tmp_path, url=f"{site.url}/feed.xml", settings=FAST | {"LOG_LEVEL": "INFO"})

    assert (done.code, len(done.records)) == (0, 2), done.stderr
    assert not [path for path in site.hits if path.startswith("/story/")]
    assert f"{site.url}/feed.xml: unchanged" in done.stderr


def test_a_feed_that_changed_brings_its_new_story(site, tmp_path):
    site.pages |= {f"/story/{n}": article(n) for n in (1, 2)}
    site.pages["/feed.xml"] = conditional(feed(site, (1,)), "ETag", '"one"')
    crawl("news", tmp_path, url=f"{site.url}/feed.xml")
    site.pages["/feed.xml"] = conditional(feed(site, (2, 1)), "ETag", '"two"')

    done = crawl("news", tmp_path, url=f"{site.url}/feed.xml")

    assert {record["title"] for record in done.records} == {headline(1), headline(2)}


def test_behind_an_unchanged_home_page_its_feed_is_polled_all_the_same(site, tmp_path):
    head = f'<link rel="alternate" type="application/rss+xml" href="{site.url}/feed.xml">'
    home = f'<html><head>{head}</head><body><main><a href="/story/1">{headline(1)}</a></main></body></html>'
    site.pages |= {f"/story/{n}": article(n) for n in (1, 2)}
    site.pages["/"] = conditional(home, "ETag", '"home"')
    site.pages["/feed.xml"] = conditional(feed(site, (1,)), "ETag", '"one"')
    crawl("news", tmp_path, url=site.url)
    site.pages["/feed.xml"] = conditional(feed(site, (2, 1)), "ETag", '"two"')

    done = crawl("news", tmp_path, url=site.url)

    assert {record["title"] for record in done.records} == {headline(1), headline(2)}


def test_a_server_that_ignores_its_validator_is_seen_through_by_the_content(site, tmp_path):
    site.pages["/story/1"] = article(1)
    site.pages["/feed.xml"] = conditional(feed(site, (1,)), "ETag", '"one"', lying=True)
    crawl("news", tmp_path, url=f"{site.url}/feed.xml")

    done = crawl("news", tmp_path, url=f"{site.url}/feed.xml", settings=FAST | {"LOG_LEVEL": "INFO"})

    assert f"{site.url}/feed.xml: unchanged" in done.stderr


def test_a_run_that_wants_older_stories_reads_an_unchanged_feed_again(site, tmp_path):
    site.pages["/story/1"] = article(1)
    site.pages["/feed.xml"] = conditional(feed(site, (1,)), "ETag", '"one"')
    first = crawl("news", tmp_path, url=f"{site.url}/feed.xml", since="2026-11-25")
    assert (first.code, first.records) == (0, [])

    done = crawl("news", tmp_path, url=f"{site.url}/feed.xml")

    assert len(done.records) == 1


def test_a_source_that_was_dead_last_time_is_tried_once(site, tmp_path):
    site.pages["/feed.xml"] = (500, {}, b"oops")
    crawl("news", tmp_path, url=f"{site.url}/feed.xml", settings=FAST)
    first = site.hits.pop("/feed.xml")

    done = crawl("news", tmp_path, url=f"{site.url}/feed.xml", settings=FAST)

    assert (done.code, first, site.hits["/feed.xml"]) == (3, 3, 1)


def test_a_known_article_that_a_person_names_is_looked_at_again(site, tmp_path):
    site.pages["/story/1"] = page = article(1)
    crawl("news", tmp_path, url=f"{site.url}/story/1")
    same = crawl("news", tmp_path, url=f"{site.url}/story/1")
    addition = "<p>Correction: the council voted on Tuesday and not on Monday, as an earlier version said.</p>"
    site.pages["/story/1"] = page.replace("</article>", f"{addition}</article>")

    done = crawl("news", tmp_path, url=f"{site.url}/story/1")

    assert (same.code, "0 new, 1 unchanged\n" in same.stderr) == (0, True), same.stderr
    assert [record["version"] for record in done.records] == [1, 2]


def test_a_feed_that_was_cut_off_is_told_and_asked_for_whole(site, tmp_path):
    site.pages |= {f"/story/{n}": article(n) for n in (1, 2)}
    whole = feed(site, (1, 2))
    site.pages["/feed.xml"] = conditional(whole[: whole.rindex("<item>")], "ETag", '"one"')
    first = crawl("news", tmp_path, url=f"{site.url}/feed.xml")
    site.pages["/feed.xml"] = conditional(whole, "ETag", '"one"')

    done = crawl("news", tmp_path, url=f"{site.url}/feed.xml")

    assert "cut off" in first.stderr
    (document,) = first.manifests[0]["discovery"][f"{site.url}/feed.xml"]["documents"]
    assert (document["outcome"], document["detail"], document["named"]) == ("read", "cut off: no end", 1)
    assert {record["title"] for record in done.records} == {headline(1), headline(2)}

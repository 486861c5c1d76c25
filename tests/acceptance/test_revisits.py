"""Known articles are looked at again: a true change is one more version, anything else is nothing."""

from __future__ import annotations

import sqlite3
from hashlib import sha256

import pytest

from tests.crawling import crawl
from tests.newspaper import article, headline, rss

FRIDAY = "Fri, 20 Nov 2026 08:00:00 GMT"
CORRECTION = "<p>Correction: the council voted on Tuesday and not on Monday, as an earlier version said.</p>"


def feed(site, numbers):
    return rss([(f"{site.url}/story/{n}", headline(n), FRIDAY) for n in numbers])


def atom(site, updated):
    entry = f'<title>{headline(1)}</title><link href="{site.url}/story/1"/><id>1</id>'
    dates = f"<published>2026-11-20T07:00:00Z</published><updated>{updated}</updated>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry>{entry}{dates}</entry></feed>'


def tagged(text):
    """Return a page that answers 304 to the ETag of its own bytes."""
    etag = f'"{sha256(text.encode()).hexdigest()[:12]}"'

    def answer(handler):
        if handler.headers.get("If-None-Match") == etag:
            return 304, {"ETag": etag}, b""
        return 200, {"ETag": etag}, text.encode()

    return answer


def make_due(tmp_path, which="1 = 1"):
    with sqlite3.connect(tmp_path / "state.sqlite") as store:
        store.execute(f"UPDATE visits SET due_at = 1, looked_at = 1 WHERE {which}")


def again(site, tmp_path, page, path="/story/1", **more):
    """Write story 1, put *page* in its place, and run once more when it is due."""
    site.pages |= {"/story/1": tagged(article(1)), "/feed.xml": feed(site, [1])}
    crawl("news", tmp_path, url=f"{site.url}/feed.xml", **more)
    site.pages[path] = page
    site.hits.clear()
    make_due(tmp_path)
    return crawl("news", tmp_path, url=f"{site.url}/feed.xml", **more)


CHANGED = article(1).replace("</article>", f"{CORRECTION}</article>")
RETITLED = article(1).replace(headline(1), "Ferry to Bergen sails again after a winter of repairs")


@pytest.mark.parametrize(("page", "changed"), [(CHANGED, ["body"]), (RETITLED, ["title"])], ids=["body", "title"])
def test_a_true_change_is_one_more_version_of_the_same_article(site, tmp_path, page, changed):
    done = again(site, tmp_path, tagged(page))
    last = crawl("news", tmp_path, url=f"{site.url}/feed.xml")
    one, two = last.records

    assert done.manifests[1]["figures"]["revised"] == 1, done.stderr
    assert (two["id"], two["story_id"], two["version"], two["changed"]) == (one["id"], one["story_id"], 2, changed)


COSMETIC = {
    "counter": article(1, foot="<p>12,004 readers</p>"),
    "markup": article(1).replace("<p>", '<p class="text" data-test="7">').replace("<article>", "<article><!-- v2 -->"),
    "related": article(1, foot='<aside><h3>Related</h3><ul><li><a href="/story/2">More of it</a></li></ul></aside>'),
    "head": article(1, head='<meta name="build" content="20261126">'),
}


@pytest.mark.parametrize("name", COSMETIC)
def test_a_change_of_markup_or_boilerplate_is_none(site, tmp_path, name):
    done = again(site, tmp_path, tagged(COSMETIC[name]))

    assert (site.hits["/story/1"], len(done.records)) == (1, 1), done.stderr
    assert "0 new, 1 unchanged\n" in done.stderr
    assert done.rejected == []


def test_an_article_that_did_not_change_is_not_downloaded(site, tmp_path):
    done = again(site, tmp_path, tagged(article(1)))

    assert site.headers["/story/1"][-1]["If-None-Match"]
    assert (done.code, len(done.records), done.rejected) == (0, 1, [])
    assert "0 new, 1 unchanged\n" in done.stderr


def test_an_article_that_is_gone_and_restored_writes_nothing(site, tmp_path):
    done = again(site, tmp_path, (410, {}, b"gone"))
    with sqlite3.connect(tmp_path / "state.sqlite") as store:
        removed = store.execute("SELECT removed_at FROM visits").fetchall()
    site.pages["/story/1"] = tagged(article(1))
    make_due(tmp_path)
    last = crawl("news", tmp_path, url=f"{site.url}/feed.xml")
    with sqlite3.connect(tmp_path / "state.sqlite") as store:
        restored = store.execute("SELECT removed_at FROM visits").fetchall()

    assert (done.code, last.code, len(last.records)) == (0, 0, 1), done.stderr
    assert [(line["reason"], line["outcome"]) for line in last.rejected] == [("gone", "rejected")]
    assert removed[0][0] > 0
    assert restored == [(None,)]


def test_a_page_that_fails_keeps_its_article_known(site, tmp_path):
    done = again(site, tmp_path, (403, {}, b"no"))
    site.pages["/story/1"] = tagged(CHANGED)
    make_due(tmp_path)
    last = crawl("news", tmp_path, url=f"{site.url}/feed.xml")

    assert done.manifests[1]["figures"]["failed"] == 1
    assert [record["version"] for record in last.records] == [1, 2]


def test_no_article_is_looked_at_again_where_that_is_off(site, tmp_path):
    settings = {"NEWSCRAWL_REVISIT_HOURS": "", "DOWNLOAD_DELAY": "0", "AUTOTHROTTLE_ENABLED": "False"}
    done = again(site, tmp_path, tagged(CHANGED), settings=settings)

    assert (site.hits["/story/1"], len(done.records)) == (0, 1)


def test_an_update_in_the_feed_brings_the_article_at_once(site, tmp_path):
    site.pages |= {"/story/1": tagged(article(1)), "/feed.xml": atom(site, "2026-11-20T07:00:00Z")}
    crawl("news", tmp_path, url=f"{site.url}/feed.xml")
    site.pages |= {"/story/1": tagged(CHANGED), "/feed.xml": atom(site, "2026-11-26T09:00:00Z")}
    with sqlite3.connect(tmp_path / "state.sqlite") as store:
        store.execute("UPDATE visits SET looked_at = 1")
    second = crawl("news", tmp_path, url=f"{site.url}/feed.xml")
    site.hits.clear()
    third = crawl("news", tmp_path, url=f"{site.url}/feed.xml", force=1)

    assert [record["version"] for record in second.records] == [1, 2], second.stderr
    assert len(third.records) == 2
    assert site.hits["/story/1"] == 0


def test_a_later_pub_date_in_the_feed_brings_the_article_at_once(site, tmp_path):
    site.pages |= {"/story/1": tagged(article(1)), "/feed.xml": feed(site, [1])}
    crawl("news", tmp_path, url=f"{site.url}/feed.xml")
    later = rss([(f"{site.url}/story/1", headline(1), "Thu, 26 Nov 2026 09:00:00 GMT")])
    site.pages |= {"/story/1": tagged(CHANGED), "/feed.xml": later}
    second = crawl("news", tmp_path, url=f"{site.url}/feed.xml")
    site.hits.clear()
    third = crawl("news", tmp_path, url=f"{site.url}/feed.xml")

    assert [record["version"] for record in second.records] == [1, 2], second.stderr
    assert (len(third.records), site.hits["/story/1"]) == (2, 0)


def test_a_known_article_that_is_named_is_asked_for_conditionally(site, tmp_path):
    site.pages["/story/1"] = tagged(article(1))
    (tmp_path / "list.txt").write_text(f"{site.url}/story/1\n")
    crawl("news", tmp_path / "out", url=f"{site.url}/story/1")
    same = crawl("news", tmp_path / "out", url=f"{site.url}/story/1")
    asked = dict(site.headers["/story/1"][-1])
    site.pages["/story/1"] = tagged(CHANGED)
    listed = crawl("news", tmp_path / "out", urls=tmp_path / "list.txt")

    assert asked["If-None-Match"]
    assert (same.code, "0 new, 1 unchanged\n" in same.stderr) == (0, True), same.stderr
    assert [record["version"] for record in listed.records] == [1, 2], listed.stderr

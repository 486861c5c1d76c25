"""``scrapy sources``: the sites file is checked, listed, extended and exchanged."""

from __future__ import annotations

import time
import tomllib

import pytest

from tests.crawling import crawl, scrapy
from tests.newspaper import article, headline, rss

FRIDAY = "Fri, 20 Nov 2026 08:00:00 GMT"
HOME = """<!DOCTYPE html><html lang="da-DK"><head><title>Fyns Tidende - nyheder</title>
<meta property="og:site_name" content="Fyns Tidende"><link rel="alternate" type="application/rss+xml" href="/feed.xml">
</head><body><h1>Fyns Tidende</h1><a href="/story/1">{}</a></body></html>"""


def test_a_site_is_looked_at_and_its_entry_written_beside_what_is_there(site, tmp_path):
    site.pages |= {"/": HOME.format(headline(1)), "/story/1": article(1)}
    site.pages["/feed.xml"] = rss([(f"{site.url}/story/1", headline(1), FRIDAY)])
    site.pages["/robots.txt"] = (200, {"Content-Type": "text/plain"}, f"Sitemap: {site.url}/news.xml".encode())
    site.pages["/news.xml"] = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<url><loc>{site.url}/story/1</loc><lastmod>2026-11-20</lastmod></url></urlset>"
    )
    path = tmp_path / "sites.toml"
    path.write_text('# mine\n[b]\nurl = "https://b.example"\n', "utf-8")

    done = scrapy("sources", "add", site.url, path, "--name", "fyn", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert path.read_text("utf-8").startswith('# mine\n[b]\nurl = "https://b.example"\n')
    assert tomllib.loads(path.read_text("utf-8"))["fyn"] == {
        "url": site.url,
        "feeds": [f"{site.url}/feed.xml"],
        "sitemaps": [f"{site.url}/news.xml"],
        "label": "Fyns Tidende",
        "language": "da-dk",
    }
    assert not (tmp_path / "output").exists()
    again = scrapy("sources", "add", site.url, path, cwd=tmp_path)
    assert (again.returncode, "already" in again.stderr) == (2, True)


def test_a_site_that_does_not_answer_is_not_written(site, tmp_path):
    site.pages["/"] = (503, {"Retry-After": "0"}, b"")
    path = tmp_path / "sites.toml"

    done = scrapy("sources", "add", f"{site.url}/", path, cwd=tmp_path)

    assert done.returncode == 3, done.stderr
    assert "server-error" in done.stderr or "rate-limited" in done.stderr
    assert not path.exists()


def test_a_feed_is_added_as_a_feed_with_its_own_title(site, tmp_path):
    site.pages["/news.xml"] = rss([(f"{site.url}/story/1", headline(1), FRIDAY)], "The Harbour Post")

    done = scrapy("sources", "add", f"{site.url}/news.xml", "-s", "DOWNLOAD_DELAY=0", cwd=tmp_path)

    (table,) = tomllib.loads((tmp_path / "sites.toml").read_text("utf-8")).values()
    assert table == {"feeds": [f"{site.url}/news.xml"], "label": "The Harbour Post"}, done.stderr


def test_the_status_says_when_each_source_was_polled_and_what_failed(site, tmp_path):
    site.pages["/feed.xml"] = rss([(f"{site.url}/story/1", headline(1), FRIDAY)])
    site.pages |= {"/story/1": article(1), "/gone.xml": (404, {}, b"")}
    path = tmp_path / "sites.toml"
    path.write_text(
        f'[good]\nfeeds = "{site.url}/feed.xml"\n[bad]\nfeeds = "{site.url}/gone.xml"\n[new]\nurl = "https://n.example"\n'
        "enabled = false\n",
        "utf-8",
    )
    crawl("news", tmp_path / "output", sites=path, force=1)
    time.sleep(1.1)  # the status is by the second
    crawl("news", tmp_path / "output", sites=path, force=1)

    done = scrapy("sources", "status", path, "-s", f"NEWSCRAWL_OUTPUT_DIR={tmp_path / 'output'}", cwd=tmp_path)

    head, good, bad = done.stdout.splitlines()
    assert head.split() == [
        "source",
        "last",
        "poll",
        "next",
        "poll",
        "last",
        "answer",
        "last",
        "story",
        "failures",
        "why",
    ]
    assert good.split()[0] == "good"
    assert good.split()[2] > good.split()[1] > "2026"
    assert (
        good.split()[3] > good.split()[4] > "2026"
    )  # the last answer is of the second run, the last story of the first
    assert good.split()[-2:] == ["0", "-"]
    assert bad.split()[-4:] == ["-", "-", "2", "not-found"]


def test_lists_of_feeds_come_and_go(tmp_path):
    (tmp_path / "in.opml").write_text(
        '<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/f"/></body></opml>', "utf-8"
    )

    done = scrapy("sources", "import", "in.opml", cwd=tmp_path)
    listed = scrapy("sources", "list", cwd=tmp_path)
    exported = scrapy("sources", "export", cwd=tmp_path)

    assert done.stdout == "sites.toml: 1 sources added (A)\n", done.stderr
    assert listed.stdout == "A\tA\t-\t-\thttps://a.example/f\n"
    assert 'xmlUrl="https://a.example/f"' in exported.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        ((), 2, "usage: scrapy sources check"),
        (("chek",), 2, "did you mean 'check'?"),
        (("check", "none.toml"), 2, "sites=none.toml cannot be read"),
        (("check", "bad.toml"), 2, "sites=bad.toml, [a]: unknown key 'ulr'; did you mean 'url'?"),
        (("add",), 2, "usage: scrapy sources add URL"),
        (("add", "ftp://a.example"), 2, "is not an http or https URL"),
        (("import", "none.opml"), 2, "none.opml cannot be read"),
        (("status",), 1, "there is no store"),
    ],
)
def test_a_mistake_gets_one_sentence(tmp_path, arguments, code, sentence):
    (tmp_path / "bad.toml").write_text('[a]\nulr = "https://a.example"\n', "utf-8")

    done = scrapy("sources", *arguments, cwd=tmp_path)

    assert (done.returncode, sentence in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr

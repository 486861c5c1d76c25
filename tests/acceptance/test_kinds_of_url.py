"""Whatever kind of URL a person gives, the crawl finds out by itself what it is: over HTTP on loopback, into files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.crawling import Crawl, crawl
from tests.newspaper import article, headline, listing, rss
from tests.site import Site

DATE = "Fri, 20 Nov 2026 08:00:00 GMT"
PLAIN = {"Content-Type": "text/plain"}  # nothing is to be learned from it
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'

KINDS = (
    "home page with a feed",
    "home page with only a sitemap",
    "home page with only links",
    "home page whose feed is broken",
    "section",
    "RSS feed",
    "Atom feed",
    "JSON feed",
    "RDF feed",
    "broken feed",
    "HTML where a feed was promised",
    "sitemap",
    "zipped sitemap",
    "sitemap index",
    "Google News sitemap",
    "article",
    "no scheme",
    "localhost",
)
VIA = {
    "home page with a feed": {"feed"},
    "home page with only a sitemap": {"sitemap"},
    "home page with only links": {"listing"},
    "home page whose feed is broken": {"feed", "listing"},
    "section": {"listing"},
    "HTML where a feed was promised": {"listing"},
    "sitemap": {"sitemap"},
    "zipped sitemap": {"sitemap"},
    "sitemap index": {"sitemap"},
    "Google News sitemap": {"news-sitemap"},
    "article": {"seed"},
    "localhost": {"listing"},
}
"""How its stories are met; where nothing stands here, by feed."""


def numbers(kind: str) -> tuple[int, ...]:
    """Return what numbers the stories of *kind* have: its own, so that a record tells where it comes from."""
    first = 100 + 2 * KINDS.index(kind)
    return (first,) if kind == "article" else (first, first + 1)


def stories(kind: str) -> list[tuple[str, str]]:
    """Return path and headline of the stories of *kind*."""
    return [(f"/news/2026/11/20/{headline(n).lower().replace(' ', '-')}", headline(n)) for n in numbers(kind)]


def publish(site: Site, kind: str) -> list[tuple[str, str, str]]:
    """Serve the stories of *kind*; return URL, headline and date of each."""
    for number, (path, _) in zip(numbers(kind), stories(kind), strict=True):
        site.pages[path] = article(number)
    return [(site.url + path, title, DATE) for path, title in stories(kind)]


def urlset(links: list[tuple[str, str, str]]) -> str:
    rows = "".join(f"<url><loc>{url}</loc><lastmod>2026-11-20</lastmod></url>" for url, _, _ in links)
    return f"<urlset {XMLNS}>{rows}</urlset>"


def news_sitemap(links: list[tuple[str, str, str]]) -> str:
    rows = "".join(
        f"<url><loc>{url}</loc><news:news><news:publication_date>2026-11-20T08:00:00Z</news:publication_date>"
        f"<news:title>{title}</news:title></news:news></url>"
        for url, title, _ in links
    )
    return f"<urlset {XMLNS} {NEWS}>{rows}</urlset>"


def atom(links: list[tuple[str, str, str]]) -> str:
    rows = "".join(
        f'<entry><title>{title}</title><link href="{url}"/><published>2026-11-20T08:00:00Z</published></entry>'
        for url, title, _ in links
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>{rows}</feed>'


def rdf(links: list[tuple[str, str, str]]) -> str:
    rows = "".join(f"<item><title>{title}</title><link>{url}</link></item>" for url, title, _ in links)
    names = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    return f"<rdf:RDF {names}><channel><title>Post</title></channel>{rows}</rdf:RDF>"


def json_feed(links: list[tuple[str, str, str]]) -> str:
    items = [{"id": url, "url": url, "title": title} for url, title, _ in links]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": items})


def broken(links: list[tuple[str, str, str]]) -> str:
    return rss(links).replace("<channel>", "<channel><description>Bread & butter&nbsp;news</description>")[:-16]


def page(links: list[tuple[str, str, str]], head: str = "") -> str:
    return listing([(url, title) for url, title, _ in links], head)


DOCUMENTS = {
    "section": ("/politics/", page),
    "RSS feed": ("/a", rss),
    "Atom feed": ("/b", atom),
    "JSON feed": ("/c", json_feed),
    "RDF feed": ("/d", rdf),
    "broken feed": ("/e", broken),
    "HTML where a feed was promised": ("/f.rss", page),
    "sitemap": ("/g", urlset),
    "zipped sitemap": ("/h.xml.gz", lambda links: gzip.compress(urlset(links).encode())),
    "Google News sitemap": ("/i", news_sitemap),
    "no scheme": ("/j", rss),
}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    """One crawl that is given all of them."""
    with ExitStack() as stack:

        def new(host: str = "127.0.0.1") -> Site:
            return stack.enter_context(Site(host))

        site, given = new(), []
        for kind, (path, write) in DOCUMENTS.items():
            body = write(publish(site, kind))
            site.pages[path] = (200, PLAIN, body if isinstance(body, bytes) else body.encode())
            given.append(site.url.removeprefix("http://" if kind == "no scheme" else "") + path)

        site.pages["/parts/1"] = urlset(publish(site, "sitemap index"))
        site.pages["/index"] = f"<sitemapindex {XMLNS}><sitemap><loc>/parts/1</loc></sitemap></sitemapindex>"
        given.append(site.url + "/index")
        given.append(publish(site, "article")[0][0])

        home = new()
        home.pages["/news.rss"] = rss(publish(home, "home page with a feed"))
        home.pages["/"] = page([], '<link rel="alternate" type="application/rss+xml" href="/news.rss">')
        given.append(home.url)

        home = new()
        home.pages["/map"] = urlset(publish(home, "home page with only a sitemap"))
        home.pages["/robots.txt"] = (200, PLAIN, f"User-agent: *\nSitemap: {home.url}/map\n".encode())
        home.pages["/"] = page([])
        given.append(home.url)

        home = new()
        home.pages["/"] = page(publish(home, "home page with only links"))
        given.append(home.url)

        home = new()
        links = publish(home, "home page whose feed is broken")
        home.pages["/"] = page(links[1:], '<link rel="alternate" type="application/rss+xml" href="/news.rss">')
        home.pages["/news.rss"] = broken(links[:1])
        given.append(home.url)

        home = new("localhost")
        home.pages["/"] = page(publish(home, "localhost"))
        given.append(home.url)

        yield crawl("news", tmp_path_factory.mktemp("kinds"), url=",".join(given))


def test_the_run_ends_well(done):
    assert done.code == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert done.rejected == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_crawl_of_it_writes_its_stories(done, kind):
    titles = {title for _, title in stories(kind)}
    records = [record for record in done.records if record["title"] in titles]

    assert sorted(record["title"] for record in records) == sorted(titles), done.stderr
    assert {record["discovered_via"] for record in records} == VIA.get(kind, {"feed"})
    assert all(record["body"] and record["published_at"].startswith("2026-11-20") for record in records)


def test_nothing_else_is_written(done):
    assert {record["title"] for record in done.records} == {title for kind in KINDS for _, title in stories(kind)}

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.discovery import Via, read_document

NOW = datetime(2026, 11, 23, 22, tzinfo=UTC)
URL = "https://a.example/sitemap.xml"
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
IMAGE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'


def read(body, url=URL, content_type=""):
    return read_document(body if isinstance(body, bytes) else body.encode(), url, content_type, fetched_at=NOW)


def urlset(*locs, names=XMLNS):
    return (
        f'<?xml version="1.0"?><urlset {names}>' + "".join(f"<url><loc>{loc}</loc></url>" for loc in locs) + "</urlset>"
    )


def index(*rows):
    items = "".join(
        f"<sitemap><loc>{loc}</loc>{f'<lastmod>{date}</lastmod>' if date else ''}</sitemap>" for loc, date in rows
    )
    return f'<?xml version="1.0"?><sitemapindex {XMLNS}>{items}</sitemapindex>'


def urls(document):
    return [candidate.url for candidate in document.candidates]


NEWS_SITEMAP = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {XMLNS} {NEWS} {IMAGE}>
<url><loc>https://a.example/bridge</loc><lastmod>2026-11-23T12:00:00Z</lastmod>
<news:news><news:publication><news:name>The Post</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-11-22T10:00:00+01:00</news:publication_date>
<news:title>A bridge &amp;amp; its river</news:title></news:news>
<image:image><image:loc>https://a.example/bridge.jpg</image:loc><image:title>A picture</image:title></image:image></url>
<url><image:image><image:loc>https://a.example/ferry.jpg</image:loc></image:image><loc>https://a.example/ferry</loc>
<news:news><news:publication_date>2026-11-23T10:00:00+01:00</news:publication_date>
<news:title><![CDATA[The ferry
returns]]></news:title></news:news></url>
</urlset>"""


def test_a_news_sitemap_gives_title_and_date_of_every_url_newest_first():
    document = read(NEWS_SITEMAP)

    assert document.kind == "news-sitemap"
    ferry, bridge = document.candidates
    assert (ferry.url, ferry.title, ferry.via) == ("https://a.example/ferry", "The ferry returns", Via.NEWS_SITEMAP)
    assert ferry.published_at == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert (bridge.url, bridge.title) == ("https://a.example/bridge", "A bridge & its river")
    assert bridge.published_at == datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert bridge.modified_at == datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_news_sitemap_without_its_namespaces_is_read_too():
    document = read(NEWS_SITEMAP.replace(f"{XMLNS} {NEWS} {IMAGE}", ""))

    assert document.kind == "news-sitemap"
    assert [candidate.title for candidate in document.candidates] == ["The ferry returns", "A bridge & its river"]


def test_a_sitemap_gives_its_articles_newest_lastmod_first_and_the_undated_last():
    body = urlset("https://a.example/story/1", "https://a.example/story/2", "https://a.example/story/3")
    body = body.replace("story/2</loc>", "story/2</loc><lastmod>2026-11-21</lastmod>")
    body = body.replace("story/3</loc>", "story/3</loc><lastmod>2026-11-22</lastmod>")

    document = read(body)

    assert document.kind == "sitemap"
    assert [url[-1] for url in urls(document)] == ["3", "2", "1"]
    assert [c.modified_at and c.modified_at.day for c in document.candidates] == [22, 21, None]
    assert {candidate.published_at for candidate in document.candidates} == {None}


PLAIN = [
    "https://a.example/story/17",
    "https://a.example/good/601",
    "https://a.example/x/5",
    "https://a.example/p/123",
    "https://a.example/?p=12",
    "https://a.example/story.php?id=7",
    "https://a.example/article-7.html",
    "https://a.example/mayor-resigns",
    "https://a.example/news/ferry",
    "https://a.example/2026/11/23/budget-passed/",
    "https://a.example/%E6%96%B0%E8%81%9E/12345",
]
LISTS = [
    "https://a.example/",
    "https://a.example/about",
    "https://a.example/impressum",
    "https://a.example/tag/harbour",
    "https://a.example/category/politics/",
    "https://a.example/author/jane-doe",
    "https://a.example/politics/",
    "https://a.example/world/europe",
    "https://a.example/privacy-policy",
    "https://a.example/media/ferry.jpg",
]


def test_a_sitemap_keeps_plain_addresses_of_articles_and_leaves_out_sections_tags_and_house_pages():
    document = read(urlset(*PLAIN, *LISTS))

    assert urls(document) == PLAIN
    assert document.detail == f"{len(LISTS)} of {len(PLAIN) + len(LISTS)} URLs are no articles'"


def test_a_news_sitemap_keeps_addresses_that_look_like_sections():
    body = urlset("https://a.example/politics").replace(
        "</loc>", f"</loc><news:news {NEWS}><news:publication_date>2026-11-23</news:publication_date></news:news>"
    )

    assert urls(read(body)) == ["https://a.example/politics"]


@pytest.mark.parametrize(
    "body",
    [
        urlset("https://a.example/story/1", "/story/2", names=""),
        urlset("https://a.example/story/1", "\n  https://a.example/story/2 \n"),
        "\ufeff\n" + urlset("https://a.example/story/1", "https://a.example/story/2"),
        "<!-- by hand -->" + urlset("https://a.example/story/1", "https://a.example/story/2")[21:],
        urlset("https://a.example/story/1", "https://a.example/story/2").encode("utf-16"),
        urlset("https://a.example/story/1", "https://a.example/story/2")[:-9],
        urlset("https://a.example/story/1", "https://a.example/story/2", "https://a.example/sto")[:-21],
        urlset("https://a.example/story/1", "https://a.example/story/1", "https://a.example/story/2"),
        urlset("https://a.example/story/1", "mailto:a@a.example", "http://[", "https://a.example/story/2"),
        urlset("<![CDATA[https://a.example/story/1]]>", "https://a.example/story/2"),
        urlset("https://a.example/story/1", "https://a.example/story/2").replace("<urlset", "<!DOCTYPE urlset><urlset"),
        urlset("https://a.example/story/1", "https://a.example/story/2").replace("urlset", "s:urlset")
        .replace("xmlns=", "xmlns:s=").replace("url>", "s:url>").replace("loc>", "s:loc>"),
        urlset("https://a.example/story/1", "https://a.example/story/2").replace('"1.0"', '"1.0" encoding="nonsense"'),
        urlset("https://a.example/story/1<changefreq>\xff</changefreq>", "https://a.example/story/2").encode("latin-1"),
        b"<br>Notice: x in /srv/x.php<br>" + urlset("https://a.example/story/1", "https://a.example/story/2").encode(),
        gzip.compress(urlset("https://a.example/story/1", "https://a.example/story/2").encode()),
        gzip.compress(gzip.compress(urlset("https://a.example/story/1", "https://a.example/story/2").encode())),
        "https://a.example/story/1\r\nhttps://a.example/story/2\r\n",
        b"\xef\xbb\xbfhttps://a.example/story/1\nhttps://a.example/story/2",
    ],
    ids=[
        "no-namespace-relative", "blanks", "byte-order-mark", "comment-first", "utf-16", "no-end", "cut-in-an-entry",
        "repeated", "no-http", "cdata", "doctype", "prefixed", "unknown-charset", "wrong-charset", "warning-first",
        "gzip", "gzip-twice", "text", "text-with-mark",
    ],
)  # fmt: skip
def test_a_broken_or_odd_sitemap_gives_the_articles_it_has(body):
    document = read(body)

    assert document.kind == "sitemap"
    assert urls(document) == ["https://a.example/story/1", "https://a.example/story/2"]


@pytest.mark.parametrize(
    "loc",
    ["/story?a=1&b=2", "/story?a=1&amp;b=2", "/story?a=1&amp;amp;b=2", "<![CDATA[/story?a=1&b=2]]>"],
    ids=["bare", "escaped", "escaped twice", "cdata"],
)
def test_an_ampersand_in_a_url_survives(loc):
    assert urls(read(urlset(loc))) == ["https://a.example/story?a=1&b=2"]


def test_an_index_names_its_sitemaps_news_first_then_newest_those_of_tags_last():
    document = read(
        index(
            ("https://a.example/category-sitemap.xml", "2026-11-23"),
            ("https://a.example/posts-1.xml", "2024-01-01T00:00:00Z"),
            ("/posts-2.xml.gz", "2026-11-20"),
            ("https://a.example/posts-0.xml", ""),
            ("https://a.example/news-sitemap.xml", ""),
            ("https://a.example/posts-2.xml.gz", "2026-11-20"),
        )
    )

    assert (document.kind, document.candidates) == ("sitemap-index", ())
    assert [link.url.rpartition("/")[2] for link in document.links] == [
        "news-sitemap.xml", "posts-2.xml.gz", "posts-1.xml", "posts-0.xml", "category-sitemap.xml"
    ]  # fmt: skip
    assert {(link.kind, link.found_in) for link in document.links} == {("sitemap", URL)}
    assert document.links[1].modified_at == datetime(2026, 11, 20, tzinfo=UTC)


def test_an_index_without_dates_is_read_by_the_dates_in_its_addresses():
    names = ["2025/12", "2026/02", "2026/11", "2026/10"]

    document = read(index(*((f"https://a.example/sitemaps/{name}.xml", "") for name in names)))

    assert [link.url[-11:-4] for link in document.links] == ["2026/11", "2026/10", "2026/02", "2025/12"]


def test_an_index_that_names_itself_leads_nowhere():
    assert read(index((URL, ""))).links == ()


def test_gzip_that_ends_early_gives_what_came():
    whole = gzip.compress(urlset(*(f"https://a.example/x/{n * 7919}" for n in range(2_000))).encode())

    document = read(whole[: len(whole) // 2])

    assert len(document.candidates) > 500
    assert document.detail.startswith("cut off: gzip without an end")


def test_entities_of_a_sitemap_are_neither_expanded_nor_fetched():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    dtd = f'<!DOCTYPE urlset [<!ENTITY l0 "lol">{laughs}<!ENTITY amp "&l9;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'

    document = read(dtd + urlset("https://a.example/story/1?&l9;", "https://a.example/story/2?&f;").split("?>")[1])

    assert [url.partition("?")[0] for url in urls(document)] == [
        "https://a.example/story/1",
        "https://a.example/story/2",
    ]
    assert not any("root" in url or "lol" in url for url in urls(document))


def test_ten_thousand_urls_are_read_in_a_moment():
    rows = "".join(
        f"<url><loc>https://a.example/2026/11/{n % 28 + 1:02}/the-mayor-of-the-city-{n}</loc>"
        f"<lastmod>2026-11-{n % 23 + 1:02}T10:00:00+01:00</lastmod></url>"
        for n in range(10_000)
    )

    started = time.process_time()
    document = read(f"<urlset {XMLNS}>{rows}</urlset>")
    spent = time.process_time() - started

    assert len(document.candidates) == 10_000
    assert spent < 1.5  # 0.3 s on the machine where it was measured


def test_a_sitemap_is_read_for_what_its_entries_are_whatever_its_root_is_called():
    part = "<sitemap><loc>https://a.example/maps/1.xml</loc></sitemap>"
    story = "<url><loc>https://a.example/news/the-harbour-opens-again-today</loc></url>"
    nested = "<url><loc>https://a.example/maps/2.xml.gz</loc></url>"
    for root in ("urlset", "sitemapindex"):
        document = read_document(
            f"<{root}>{part}{story}{nested}</{root}>".encode(), "https://a.example/sitemap.xml", fetched_at=NOW
        )

        assert [link.url for link in document.links] == [
            "https://a.example/maps/1.xml",
            "https://a.example/maps/2.xml.gz",
        ]
        assert [c.url for c in document.candidates] == ["https://a.example/news/the-harbour-opens-again-today"]


@pytest.mark.parametrize(
    "body",
    [
        urlset("https://a.example/story/1</loc><loc>https://a.example/story/2"),
        urlset("<url>https://a.example/story/1</url>", "<url><![CDATA[https://a.example/story/2]]></url>"),
        urlset("https://a.example/story/1", "https://a.example/story/2").replace("</url>", ""),
        urlset("https://a.example/story/1", "https://a.example/story/2").replace("</url>", "", 1),
        urlset("<url>https://a.example/story/1</url>", "https://a.example/story/2").replace("</loc></url>", "</loc>"),
        urlset("https://a.example/story/1", "https://a.example/story/2").replace("</loc>", "<lastmod/>"),
        urlset("https://a.example/story/1", "https://a.example/story/2").replace("<urlset", "<sitemapindex"),
        "# made by hand\nhttps://a.example/story/1\nhttps://a.example/story/2\n",
        "https://a.example/story/1\n\nthe older ones:\nhttps://a.example/story/2 2026-11-01\nmailto:a@a.example\n",
        "Sitemap of the Post\nhttps://a.example/story/1,\nhttps://a.example/story/2\n",
    ],
    ids=["two-locs", "url-in-loc", "no-ends", "one-end-missing", "no-ends-nested",
         "loc-unclosed", "root-of-an-index", "text-comment",
         "text-odd-lines", "text-heading"],
)  # fmt: skip
def test_a_sitemap_that_keeps_no_protocol_gives_the_articles_it_has(body):
    assert sorted(urls(read(body))) == ["https://a.example/story/1", "https://a.example/story/2"]


def test_an_index_may_hold_its_addresses_as_text():
    document = read("<sitemapindex><sitemap>\nhttps://a.example/s.php?p=1&amp;l=en\n</sitemap></sitemapindex>")

    assert [link.url for link in document.links] == ["https://a.example/s.php?p=1&l=en"]


def large(*extra, dates=("2020-01-01", "2021-02-03T10:00:00Z")):
    rows = [f"<url><loc>https://a.example/news/{n}</loc><lastmod>{dates[n % 2]}</lastmod></url>" for n in range(2_000)]
    return f"<?xml version='1.0'?><urlset {XMLNS}>{''.join([*rows, *extra])}</urlset>"


SINCE = NOW - timedelta(days=2)


@pytest.mark.parametrize(
    ("entry", "kept"),
    [
        ("<url><loc>https://a.example/news/new</loc><lastmod>2026-11-23</lastmod></url>", True),
        ("<url><loc>https://a.example/news/new</loc></url>", True),
        ("<url><loc>https://a.example/news/new</loc><lastmod>yesterday</lastmod></url>", True),
        ("<url><loc>https://a.example/2026/11/23/new</loc><lastmod>2020-01-01</lastmod></url>", True),
        ("<url><loc>https://a.example/2026/03/23/new</loc><lastmod>2020-01-01</lastmod></url>", False),
        ("<url><loc>https://a.example/news/new</loc><lastmod>2026-11-15</lastmod></url>", True),
        ("<url><loc>https://a.example/news/new</loc><lastmod>2026-11-01</lastmod></url>", False),
    ],
)
def test_of_a_large_sitemap_the_entries_that_are_surely_older_are_counted_and_not_read(entry, kept):
    document = read_document(large(entry).encode(), URL, fetched_at=NOW, since=SINCE)

    assert len(document.candidates) == kept
    assert document.old == 2_001 - kept
    assert document.kind == "sitemap"


def test_of_a_sitemap_whose_entries_all_have_one_date_all_are_read():
    body = large(dates=("2020-01-01T10:00:00Z", "2020-01-01T10:00:01Z")).encode()

    assert len(read_document(body, URL, fetched_at=NOW, since=SINCE).candidates) == 2_000

from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawl.discovery import Document, read_document, usual_feeds, usual_sitemaps
from newscrawl.discovery.document import DocumentLink

NOW = datetime(2026, 11, 23, 22, tzinfo=UTC)
URL = "https://a.example/x"


def read(body, content_type=""):
    return read_document(body, URL, content_type, fetched_at=NOW)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<rss><channel/></rss>", "feed"),
        (b"<?xml version='1.0'?><rss></rss>", "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "feed"),
        (b"<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'/>", "feed"),
        (b"<rdf:RDF></rdf:RDF>", "feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "feed"),
        (b"<urlset></urlset>", "sitemap"),
        (b"<sitemapindex></sitemapindex>", "sitemap-index"),
        (b"http://a.example/1\nhttp://a.example/2\n", "sitemap"),
        (b"<html><body><p>A page about &lt;rss&gt; and <code>x</code></p></body></html>", "page"),
        (b"<!doctype html><!-- <rss> --><p>Text", "page"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'><html/>", "page"),
        (b"<p>A page without a head", "page"),
        (b"", "other"),
        (b" \n ", "other"),
        (b"\x00\x01\x02", "other"),
        (b"%PDF-1.7 ...", "other"),
        (b"\xff\xd8\xff\xe0 picture", "other"),
        (b"PK\x03\x04 archive", "other"),
        (b"\x1f\x8b broken gzip", "other"),
        (b"Just a text.", "other"),
        (b"http://a.example/1 is where it stands.", "other"),
        (b'{"error": 404}', "other"),
        (b"User-agent: *\nSitemap: http://a.example/sitemap.xml\n", "other"),
        (b"<OpenSearchDescription><ShortName>x</ShortName></OpenSearchDescription>", "page"),
    ],
)
@pytest.mark.parametrize("content_type", ["", "text/html", "application/rss+xml; charset=utf-8"])
def test_what_a_document_is_follows_from_its_content_not_from_its_type(body, kind, content_type):
    assert read(body, content_type).kind == kind


PIECES = """<rss><channel> <item> </item> <title> </title> <link> </link> <guid> <feed> <entry> <urlset> <url> </url>
<loc> </loc> <lastmod> <sitemapindex> <sitemap> <news:news> <news:title> <html> <a href= </a> <base <link rel=next <nav>
<h2> http:// https://a.example/2026/11/a-b-c-d-e / // ? & &amp; &nbsp; &#7; &lol; <![CDATA[ ]]> <!-- --> <?xml <!DOCTYPE
[ ] <!ENTITY { } "items" : , "url" 2026-11-23 \x00 \x1b \u202e \ud800 é 新聞 xml:base= ' " > < = [::1 %zz"""


@given(
    st.one_of(
        st.binary(),
        st.lists(st.sampled_from(PIECES.split())).map(lambda w: " ".join(w).encode("utf-8", "surrogatepass")),
    )
)
@settings(max_examples=150, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_give_a_document(body):
    for data in (body, gzip.compress(body), body.decode("utf-8", "replace").encode("utf-16")):
        document = read(data, "text/html; charset=x")

        assert isinstance(document, Document)
        assert all(c.url.startswith(("http://", "https://")) for c in document.candidates)
        assert all(c.title is None or ("\n" not in c.title and 0 < len(c.title) <= 500) for c in document.candidates)


@given(
    st.sampled_from(
        [
            b"<rss><channel><item><title>A</title><link>https://a.example/n/1</link><pubDate>Mon</pubDate></item></channel></rss>",
            b"<urlset><url><loc>https://a.example/story/1</loc><lastmod>2026</lastmod></url></urlset>",
            b"<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>",
            b'{"items": [{"url": "https://a.example/1", "title": "A", "date_published": "2026"}]}',
            b'<html><base href="/x"><a href="/2026/11/23/a-story-of-five-words"><h2>A story</h2></a></html>',
        ]
    ),
    st.integers(0, 120),
    st.integers(0, 120),
    st.binary(max_size=12),
)
@settings(max_examples=150, deadline=2000)
def test_any_fault_within_a_document_gives_a_document(body, start, length, bytes_):
    assert isinstance(read(body[:start] + bytes_ + body[start + length :]), Document)


def test_the_usual_places_stand_below_the_page_or_the_host():
    assert usual_feeds("https://a.example/en/")[:2] == ("https://a.example/en/feed/", "https://a.example/en/rss.xml")
    assert usual_feeds("http://localhost:8080")[0] == "http://localhost:8080/feed/"
    assert usual_sitemaps("https://a.example/en/index.html?x=1#y")[:2] == (
        "https://a.example/sitemap.xml",
        "https://a.example/sitemap_index.xml",
    )


def test_a_lead_knows_where_it_was_found():
    document = read(b"<sitemapindex><sitemap><loc>/s.xml</loc><lastmod>2026-11-23</lastmod></sitemap></sitemapindex>")

    assert document.links == (
        DocumentLink("https://a.example/s.xml", "sitemap", URL, datetime(2026, 11, 23, tzinfo=UTC)),
    )


def test_nothing_is_opened(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a document made its reader open something")

    monkeypatch.setattr(io, "open", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr("urllib.request.OpenerDirector.open", refuse)
    for body in (
        b"http://127.0.0.1:9/feed.xml",
        b"/etc/passwd",
        b"<rss><!ENTITY x SYSTEM 'file:///etc/passwd'>&x;</rss>",
    ):
        read(body)


@pytest.mark.parametrize(
    ("charset", "codec", "title"),
    [
        ("gb2312", "gbk", "喆溪镇首个社区食堂正式开张"),
        ("big5", "big5", "老城區六條街道實行單行"),
        ("euc-jp", "euc_jp", "県道を来月から再開へ"),
        ("ks_c_5601-1987", "cp949", "산간 도로 다음 달 다시 연다"),
        ("windows-1251", "cp1251", "Городской совет решил"),
        ("utf-16", "utf-16-le", "市政府昨天宣布"),
    ],
)
@pytest.mark.parametrize("kind", ["feed", "news-sitemap", "page"])
def test_a_legacy_charset_is_read_in_every_kind_of_document(kind, charset, codec, title):
    link = "https://a.example/2026/11/05/old-town-streets"
    head = f'<?xml version="1.0" encoding="{charset}"?>'
    text = {
        "feed": f'{head}<rss version="2.0"><channel><item><title>{title}</title>'
        f"<link>{link}</link></item></channel></rss>",
        "news-sitemap": f'{head}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/'
        f'schemas/sitemap-news/0.9"><url><loc>{link}</loc><n:news><n:publication_date>2026-11-05</n:publication_date>'
        f"<n:title>{title}</n:title></n:news></url></urlset>",
        "page": f'<html><head><meta charset="{charset}"></head><body><a href="{link}">{title}</a></body></html>',
    }[kind]

    document = read(text.encode(codec))

    assert document.kind == kind
    assert [candidate.title for candidate in document.candidates] == [title]

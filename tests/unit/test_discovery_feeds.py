from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from newscrawl.discovery import Via, read_document

NOW = datetime(2026, 11, 23, 22, tzinfo=UTC)
URL = "https://a.example/feed"

ITEM = "<item><title>Ferry runs again</title><link>https://a.example/news/ferry</link></item>"


def read(body, url=URL, content_type=""):
    return read_document(body if isinstance(body, bytes) else body.encode(), url, content_type, fetched_at=NOW)


def rss(*items, head=""):
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title>{head}{"".join(items)}</channel></rss>'


def urls(document):
    return [candidate.url for candidate in document.candidates]


RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>The Harbour Post</title><link>https://a.example/</link>
<atom:link href="https://a.example/feed" rel="self" type="application/rss+xml"/>
<item><title>Older: a bridge &amp; its river</title><link>https://a.example/news/bridge</link>
<pubDate>Sun, 22 Nov 2026 10:00:00 +0100</pubDate><guid isPermaLink="false">b-1</guid></item>
<item><title><![CDATA[Newer: the <b>ferry</b> returns]]></title><link>https://a.example/news/ferry?utm_source=rss</link>
<pubDate>Mon, 23 Nov 2026 10:00:00 +0100</pubDate><guid isPermaLink="false">f-1</guid></item>
</channel></rss>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/news/"><title>The Harbour Post</title>
<link rel="self" href="https://a.example/feed"/>
<entry><title type="html">A bridge &amp;amp; its river</title><id>tag:a.example,2026:1</id>
<link rel="enclosure" href="https://a.example/bridge.mp3"/><link href="bridge"/>
<published>2026-11-22T10:00:00+01:00</published><updated>2026-11-23T08:00:00Z</updated></entry>
<entry><title>The ferry returns</title><id>https://a.example/news/ferry</id><updated>2026-11-23T10:00:00Z</updated></entry>
</feed>"""

RDF = """<?xml version="1.0" encoding="ISO-8859-1"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://a.example/"><title>Der Hafenbote</title><link>https://a.example/</link></channel>
<item rdf:about="https://a.example/fahre"><title>Die F\xe4hre f\xe4hrt</title><link>https://a.example/news/fahre</link>
<dc:date>2026-11-23T10:00:00+01:00</dc:date></item></rdf:RDF>""".encode("latin-1")

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Harbour Post",
    "items": [
        {"id": "1", "url": "/news/bridge", "title": "A bridge", "date_published": "2026-11-22T10:00:00+01:00"},
        {"id": "https://a.example/news/ferry", "title": "The ferry", "date_published": "2026-11-23T10:00:00+01:00"},
        {"id": "3", "content_text": "A note without an address."},
    ],
}


def test_rss_gives_each_article_with_what_is_known_of_it_newest_first():
    document = read(RSS)

    assert (document.kind, document.title, document.detail) == ("feed", "The Harbour Post", "")
    ferry, bridge = document.candidates
    assert (ferry.url, ferry.title) == ("https://a.example/news/ferry?utm_source=rss", "Newer: the ferry returns")
    assert (ferry.via, ferry.found_in, ferry.guid) == (Via.FEED, URL, "f-1")
    assert ferry.published_at == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert (bridge.title, bridge.published_at) == ("Older: a bridge & its river", datetime(2026, 11, 22, 9, tzinfo=UTC))


def test_atom_gives_publication_and_change_apart_and_takes_an_id_for_a_missing_link():
    ferry, bridge = sorted(read(ATOM).candidates, key=lambda candidate: candidate.url, reverse=True)

    assert (bridge.url, bridge.title) == ("https://a.example/news/bridge", "A bridge & its river")
    assert bridge.published_at == datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert bridge.modified_at == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert ferry.url == "https://a.example/news/ferry"
    assert (ferry.published_at, ferry.modified_at) == (None, datetime(2026, 11, 23, 10, tzinfo=UTC))


def test_rdf_gives_its_entries_with_dc_date_as_publication():
    document = read(RDF)

    (ferry,) = document.candidates
    assert (document.title, ferry.title) == ("Der Hafenbote", "Die Fähre fährt")
    assert (ferry.url, ferry.published_at) == ("https://a.example/news/fahre", datetime(2026, 11, 23, 9, tzinfo=UTC))


def test_json_feed_gives_its_entries_and_counts_those_without_a_link():
    document = read(json.dumps(JSON_FEED))

    assert (document.kind, document.title) == ("feed", "The Harbour Post")
    assert urls(document) == ["https://a.example/news/ferry", "https://a.example/news/bridge"]
    assert document.detail == "1 entries without a link"


def test_json_feed_cut_in_the_middle_gives_the_entries_before_the_cut():
    text = json.dumps(JSON_FEED)

    document = read(text[: text.index("The ferry")])

    assert urls(document) == ["https://a.example/news/bridge"]
    assert document.detail == "cut off: not valid JSON"


@pytest.mark.parametrize(
    "text", ['{"error": "not found"}', "[]", '{"items": 3}', "{", "[" * 100_000, '{"items": [1, null]}']
)
def test_json_that_is_no_feed_is_other(text):
    assert read(text).kind == "other"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (rss(ITEM, head="<description>Bread & butter&nbsp;news</description>"), ["https://a.example/news/ferry"]),
        (rss("<item><link>https://a.example/news.php?id=7&section=3</link></item>"),
         ["https://a.example/news.php?id=7&section=3"]),
        (rss("<item><link>https://a.example/news.php?id=7&copy=3</link></item>"),
         ["https://a.example/news.php?id=7&copy=3"]),
        (rss(ITEM)[:-18], ["https://a.example/news/ferry"]),
        (rss(ITEM, "<item><title>Cut off</title><link>https://a.example/ne")[:-16], ["https://a.example/news/ferry"]),
        (rss("<item><link>/news/ferry</link></item>"), ["https://a.example/news/ferry"]),
        (rss("<item><link>\n  https://a.example/news/ferry\n</link></item>"), ["https://a.example/news/ferry"]),
        (rss("<item><link><![CDATA[https://a.example/news/ferry?a=1&b=2]]></link></item>"),
         ["https://a.example/news/ferry?a=1&b=2"]),
        (rss("<item><guid>https://a.example/news/ferry</guid></item>"), ["https://a.example/news/ferry"]),
        (rss("<item><guid isPermaLink='true'>https://a.example/news/ferry</guid></item>"),
         ["https://a.example/news/ferry"]),
        (rss('<item><enclosure url="https://a.example/news/ferry" type="text/html" length="1"/></item>'),
         ["https://a.example/news/ferry"]),
        (rss('<item><link>https://feeds.example/~r/1</link><feedburner:origLink '
             'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">https://a.example/news/ferry'
             "</feedburner:origLink></item>"), ["https://a.example/news/ferry"]),
        (rss("<item><title>\x0bControl \x00</title><link>https://a.example/news/ferry</link></item>"),
         ["https://a.example/news/ferry"]),
        ("\n\n <br />Warning: something in /srv/feed.php on line 3\n" + rss(ITEM), ["https://a.example/news/ferry"]),
        ("\ufeff" + rss(ITEM), ["https://a.example/news/ferry"]),
        (rss(ITEM).encode("utf-16"), ["https://a.example/news/ferry"]),
        ("<!-- made by hand -->\n" + rss(ITEM), ["https://a.example/news/ferry"]),
        (rss(ITEM).replace("<channel>", "").replace("</channel>", ""), ["https://a.example/news/ferry"]),
        (rss("<item><link>javascript:alert(1)</link></item>", "<item><link>file:///etc/passwd</link></item>"), []),
    ],
    ids=["bare-ampersand-and-nbsp", "ampersand-in-link", "ampersand-like-an-entity", "no-end", "cut-in-an-entry",
         "relative-link", "blanks-around-link", "link-in-cdata", "link-in-guid", "permalink-guid", "only-enclosure",
         "feedburner", "control-characters", "text-before", "byte-order-mark", "utf-16", "comment-before", "no-channel",
         "no-http"],
)  # fmt: skip
def test_a_broken_feed_gives_what_entries_it_has(body, expected):
    document = read(body)

    assert document.kind == "feed"
    assert urls(document) == expected


@pytest.mark.parametrize(
    "body",
    [
        rss("<item><title>Zürich “wählt”</title><link>https://a.example/n/1</link></item>").encode("cp1252"),
        rss("<item><title>Zürich “wählt”</title><link>https://a.example/n/1</link></item>")
        .replace('"1.0"', '"1.0" encoding="iso-8859-1"')
        .encode(),
        rss(
            "<item><title>Z&uuml;rich &#8220;w&amp;auml;hlt&#8221;</title><link>https://a.example/n/1</link></item>"
        ).encode(),
    ],
    ids=["said utf-8, is windows-1252", "said latin-1, is utf-8", "HTML entities"],
)
def test_a_title_survives_a_wrong_encoding(body):
    assert read(body).candidates[0].title == "Zürich “wählt”"


def test_two_hundred_items_of_one_link_are_one_candidate():
    items = [f"<item><link>https://a.example/news/ferry</link><guid>{n}</guid></item>" for n in range(200)]

    assert urls(read(rss(*items))) == ["https://a.example/news/ferry"]


def test_entries_without_link_are_counted_and_missing_titles_are_none():
    document = read(rss("<item><title>No link</title></item>", "<item><link>https://a.example/news/1</link></item>"))

    assert [candidate.title for candidate in document.candidates] == [None]
    assert document.detail == "1 entries without a link"


def test_a_date_of_the_future_does_not_put_an_entry_first():
    items = [
        f"<item><link>https://a.example/n/{n}</link><pubDate>{date}</pubDate></item>"
        for n, date in enumerate(("Fri, 01 Jan 2038 00:00:00 GMT", "Mon, 23 Nov 2026 10:00:00 GMT", "soon"))
    ]

    assert urls(read(rss(*items))) == ["https://a.example/n/1", "https://a.example/n/0", "https://a.example/n/2"]


def test_titles_are_one_bounded_line_without_control_characters():
    document = read(
        rss(f"<item><title>A\n\x1b[31m b\u202e {'long ' * 300}</title><link>https://a.example/n/1</link></item>")
    )

    title = document.candidates[0].title
    assert title.startswith("A b long long")
    assert len(title) <= 500


def test_html_where_a_feed_was_promised_is_a_page():
    link = "<a href='/news/harbour-ferry-runs-again-after-nine-years'>Harbour ferry runs again after nine years</a>"

    document = read(f"<!doctype html><title>Post</title>{link}", content_type="application/rss+xml")

    assert document.kind == "page"
    assert urls(document) == ["https://a.example/news/harbour-ferry-runs-again-after-nine-years"]


def test_entities_are_neither_expanded_nor_fetched():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    dtd = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{laughs}<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    item = "<item><title>A &l9; b &file;</title><link>https://a.example/news/1</link></item>"

    started = time.process_time()
    document = read(rss(item).replace("<rss", dtd + "<rss"))

    assert urls(document) == ["https://a.example/news/1"]
    assert "root:" not in document.candidates[0].title
    assert "lollol" not in document.candidates[0].title
    assert time.process_time() - started < 2


def test_a_feed_never_names_a_file_or_url_that_is_opened():
    assert read("http://127.0.0.1:9/feed").kind == "sitemap"
    assert read("/etc/passwd").kind == "other"


def entry(*links):
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><title>A</title>{"".join(links)}</entry></feed>'


FERRY = '<link href="https://a.example/news/ferry"/>'
ITUNES = ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (entry(FERRY, '<link rel="enclosure">https://a.example/pic.jpg</link>'), "news/ferry"),
        (entry('<link rel="enclosure">https://a.example/news/other</link>', FERRY), "news/ferry"),
        (entry('<link rel="related" href="https://a.example/news/other"/>', FERRY), "news/ferry"),
        (entry(FERRY, '<link rel="alternate" type="application/json" href="https://a.example/f.json"/>'), "news/ferry"),
        (rss("<item><link>/news/ferry</link></item>", head="<link>https://a.example/</link>"), "news/ferry"),
        (rss("<item><link>ferry</link></item>", head="<link>https://a.example/news/</link>"), "news/ferry"),
        (rss('<item xml:base="https://a.example/news/"><link>ferry</link></item>'), "news/ferry"),
        (rss('<item><link uri="at://did:plc:x/app.post/3">https://a.example/news/ferry</link></item>'), "news/ferry"),
        (rss("<item><link>https://a.example/news/ferry</link><guid>abc</guid></item>"), "news/ferry"),
        (rss("<item><guid>news/ferry</guid></item>"), "news/ferry"),
        (rss('<item><link/><guid isPermaLink="false">https://a.example/news/ferry</guid></item>'), "news/ferry"),
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">' + rss(ITEM), "news/ferry"),
        ("<!doctype html>\n" + rss(ITEM), "news/ferry"),
        (rss(ITEM).replace('<?xml version="1.0"?>', "").encode("utf-16-le"), "news/ferry"),
        (rss(ITEM).replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16-be"), "news/ferry"),
        (json.dumps({"version": "https://jsonfeed.org/version/1", "home_page_url": "https://a.example/news/",
                     "items": [{"id": "1", "url": "ferry"}]}), "news/ferry"),
    ],
)  # fmt: skip
def test_an_entry_stands_where_its_own_link_says(body, expected):
    assert urls(read(body, "https://feeds.example/x/all.xml" if "a.example" in str(body) else URL)) == [
        f"https://a.example/{expected}"
    ]


@pytest.mark.parametrize(
    "item",
    [
        '<enclosure url="https://a.example/episode-7.mp3" type="audio/mpeg" length="1"/>',
        "<link>https://a.example/films/harbour.mp4?download=1</link>",
        '<enclosure url="https://a.example/play?id=7" type="video/mp4" length="1"/><guid isPermaLink="false">7</guid>',
        '<guid isPermaLink="false">abc-123</guid>',
    ],
)
def test_sound_films_and_bare_ids_are_no_pages(item):
    document = read(rss(f"<item><title>Episode</title>{item}</item>", ITEM))

    assert urls(document) == ["https://a.example/news/ferry"]
    assert document.detail == "1 entries without a link"


@pytest.mark.parametrize(
    "body",
    [
        rss(ITEM, head=f"<itunes:new-feed-url{ITUNES}>https://b.example/feed</itunes:new-feed-url>"),
        "<?xml version='1.0'?><redirect><newLocation>https://b.example/feed</newLocation></redirect>",
    ],
)
def test_a_feed_may_say_where_it_stands_now(body):
    (link,) = read(body).links

    assert (link.url, link.kind, link.is_move) == ("https://b.example/feed", "feed", True)


def test_a_feed_that_says_to_stand_where_it_stands_leads_nowhere():
    assert read(rss(ITEM, head=f"<itunes:new-feed-url{ITUNES}>http://a.example/feed</itunes:new-feed-url>")).links == ()


@pytest.mark.parametrize(
    "body",
    [
        entry(FERRY).replace("<entry>", '<link rel="next" href="/feed?page=2"/><entry>'),
        rss(ITEM, head='<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="/feed?page=2"/>'),
        json.dumps(JSON_FEED | {"next_url": "/feed?page=2"}),
    ],
)
def test_a_feed_names_its_older_entries(body):
    assert [(link.url, link.kind, link.is_move) for link in read(body).links] == [
        ("https://a.example/feed?page=2", "feed", False)
    ]


@pytest.mark.parametrize("length", [200, 2000])
def test_a_whole_story_in_the_feed_is_kept_and_a_teaser_is_not(length):
    text = "<p>" + "a " * (length // 2) + "</p>"
    encoded = f'<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[{text}]]></content:encoded>'
    item = {"id": "1", "url": "/news/1", "content_html": text}

    for body in (
        rss(f"<item><link>/news/1</link>{encoded}</item>"),
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]}),
    ):
        assert (read(body).candidates[0].content is not None) is (length > 600)


def test_scripts_and_comments_are_no_part_of_a_title():
    title = "A <![CDATA[<script>alert(1)</script><!-- 7 --><b>ferry</b>]]>"

    assert read(rss(f"<item><title>{title}</title><link>/n/1</link></item>")).candidates[0].title == "A ferry"


@pytest.mark.parametrize(
    ("body", "is_cut_off"),
    [
        (rss(ITEM), False),
        (rss(ITEM)[:-18], True),
        (rss(ITEM)[:-6], False),
        (rss(ITEM, head="<description>Bread & butter < news</description>"), False),
        (json.dumps(JSON_FEED)[:-40], True),
    ],
)
def test_a_feed_whose_end_did_not_come_says_so(body, is_cut_off):
    assert read(body).is_cut_off is is_cut_off


def test_the_link_of_an_atom_entry_is_its_page_wherever_its_id_stands():
    document = read(
        """<feed xmlns="http://www.w3.org/2005/Atom"><title>Skerry</title><entry><id>tag:a.example,1:2</id>
        <title>The lock opens again</title><updated>2026-11-20T08:00:00Z</updated>
        <link rel="replies" type="text/html" href="https://a.example/lock.html#comments"/>
        <link rel="edit" type="application/atom+xml" href="https://b.example/feeds/1/2"/>
        <link rel="self" type="application/atom+xml" href="https://b.example/feeds/1/2"/>
        <link rel="alternate" type="text/html" href="https://a.example/lock.html"/></entry></feed>"""
    )

    assert [candidate.url for candidate in document.candidates] == ["https://a.example/lock.html"]

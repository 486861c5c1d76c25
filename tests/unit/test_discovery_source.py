"""The search of a source, without Scrapy: documents in, actions out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.discovery.age import is_surely_older, part_is_surely_older, without_build_dates
from newscrawl.discovery.candidate import Candidate, Via
from newscrawl.discovery.document import Document, DocumentLink
from newscrawl.discovery.feed_links import header_links
from newscrawl.discovery.scope import Scope, is_home
from newscrawl.discovery.source import PROBES, SourceDiscovery
from newscrawl.outcomes import Reason
from newscrawl.urls import url_key

HOME = "https://a.example/"
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
SINCE = NOW - timedelta(days=2)


def article(path: str, via: Via = Via.FEED, **known: object) -> Candidate:
    return replace(Candidate(f"https://a.example{path}", via, HOME), **known)


def begun(url: str = HOME, since: datetime | None = None):
    discovery = SourceDiscovery((url,), since)
    request = discovery.seed(url, url)
    assert request is not None
    return discovery, request


def test_a_home_page_that_cannot_be_had_hides_neither_sitemaps_nor_usual_feeds():
    discovery, home = begun()

    assert discovery.failed(home, Reason.HTTP_STATUS, "status 403") == []
    wanted = discovery.explore(HOME, None, ["/news.xml", "//maps.a.example/1.xml"])

    assert [request.url for request in wanted] == [
        "https://a.example/news.xml",
        "https://maps.a.example/1.xml",
        "https://a.example/feed/",
    ]
    assert [outcome.as_dict() for outcome in discovery.outcomes] == [
        {"url": HOME, "outcome": "failed", "reason": "http-status", "detail": "status 403"}
    ]


def test_usual_paths_are_tried_one_after_the_other_and_three_at_most():
    discovery, _ = begun()
    asked = [request for request in discovery.explore(HOME, None, ["/s.xml"]) if request.purpose == "probe"]

    while following := discovery.failed(asked[-1], Reason.NOT_FOUND, "status 404"):
        asked += following

    assert len(asked) == PROBES == len(discovery.empty_probes)


def test_a_home_page_that_redirects_to_a_folder_is_still_the_home_page():
    discovery, home = begun()
    feed = DocumentLink("https://a.example/rss/portada.xml", "feed", HOME)

    wanted = discovery.arrived(home, Document("page", links=(feed,)), "https://a.example/en/", fresh=0)

    assert [request.url for request in wanted] == [feed.url]


@pytest.mark.parametrize(
    ("link", "kind", "belongs"),
    [
        ("/sport/football/", "section", True),
        ("/transport/", "section", False),
        ("/news/sport/", "section", False),
        ("/rss/sport.xml", "feed", True),
        ("/feed?channel=sport", "feed", True),
        ("/rss/transport.xml", "feed", False),
        ("/feed/", "feed", False),
    ],
)
def test_what_belongs_to_a_section_is_told_by_whole_segments(link, kind, belongs):
    assert Scope(()).belongs(DocumentLink(f"https://a.example{link}", kind, ""), "https://a.example/sport/") is belongs


def test_an_index_page_in_a_folder_is_no_front_door():
    assert [is_home(HOME + path) for path in ("", "index.html", "sport/index.html", "?feed=rss2", "home")] == [
        True, True, False, False, True,
    ]  # fmt: skip


def test_what_only_a_listing_names_waits_for_the_feed():
    discovery, home = begun()
    listing = Document("page", (article("/1", Via.LISTING),), (DocumentLink(HOME + "feed", "feed", HOME),))
    discovery.select(home, listing, HOME)
    (feed,) = discovery.arrived(home, listing, HOME, fresh=1)

    assert discovery.settled() == ()

    discovery.select(feed, Document("feed"), feed.url)
    assert [candidate.url for candidate in discovery.settled()] == [HOME + "1"]


@pytest.mark.parametrize(("seed", "found"), [(HOME, ["/1", "/2"]), (HOME + "sport/", ["/1"])])
def test_the_margins_of_a_page_belong_to_the_site_and_not_to_its_section(seed, found):
    discovery, request = begun(seed)
    page = Document("page", (article("/1", Via.LISTING),), beside=(article("/2", Via.LISTING),))

    discovery.select(request, page, seed)

    assert sorted(discovery.listed) == sorted(url_key(HOME[:-1] + path) for path in found)
    assert ("margins" in discovery.outcomes[0].detail) is (len(found) == 1)


def test_adverts_in_the_feed_of_a_site_are_left_out_and_an_aggregator_that_is_given_is_kept():
    entries = (*(article(f"/{n}") for n in range(4)), replace(article("/ad"), url="https://bets.example/1"))
    site, _ = begun()
    site.scope.own(Document("page"), HOME, given=True)
    given, feed = begun("https://a.example/feed.xml")

    assert len(site.scope.own(Document("feed", entries), HOME + "feed", given=False).candidates) == 4
    assert len(given.select(feed, Document("feed", entries), feed.url).wanted) == 5


@pytest.mark.parametrize(
    ("candidate", "older"),
    [
        (article("/1", published_at=NOW - timedelta(days=3)), True),
        (article("/1", published_at=datetime(2026, 11, 24, tzinfo=UTC)), False),
        (article("/1", modified_at=NOW - timedelta(days=5)), False),
        (article("/1", modified_at=NOW - timedelta(days=100)), True),
        (article("/2026/11/26/x", modified_at=NOW - timedelta(days=100)), False),
        (article("/2019/03/02/x"), True),
        (article("/1"), False),
    ],
)
def test_only_what_is_surely_older_is_skipped(candidate, older):
    assert is_surely_older(candidate, SINCE) is older


def test_the_day_on_which_a_site_was_built_is_no_date_of_its_stories():
    built = [article(f"/{n}", modified_at=NOW - timedelta(days=90)) for n in range(5)]

    assert {c.modified_at for c in without_build_dates(built, HOME + "sitemap.xml")} == {None}
    assert without_build_dates(built, HOME + "sitemap-2026-08.xml") == built


def test_a_stale_index_closes_none_of_its_parts():
    stale = [DocumentLink(f"{HOME}{n}.xml", "sitemap", HOME, NOW - timedelta(days=90)) for n in range(2)]
    fresh = replace(stale[0], modified_at=NOW)
    named = replace(stale[0], url=HOME + "sitemap-2026-07.xml")

    assert not part_is_surely_older(stale[0], stale, SINCE)
    assert part_is_surely_older(stale[1], [fresh, stale[1]], SINCE)
    assert part_is_surely_older(named, [named], SINCE)


def test_a_link_header_names_feeds():
    value = '</news>; rel="alternate"; type="application/rss+xml", </c>; rel="alternate"; type="text/html"'

    assert [link.url for link in header_links([value], HOME)] == ["https://a.example/news"]

"""What a site reserves in its well-known file."""

from __future__ import annotations

import json

import pytest

from newscrawl.middlewares.tdm_reservation import PATH, parse_reservations
from tests.crawling import crawl
from tests.newspaper import article, headline, rss

NOON = "Fri, 20 Nov 2026 08:00:00 GMT"


@pytest.mark.parametrize(
    ("rules", "path", "reserved"),
    [
        ([{"location": "/", "tdm-reservation": 1}], "/news/1", True),
        ([{"location": "/news/*", "tdm-reservation": 1, "tdm-policy": "https://a.example/p"}], "/news/1", True),
        ([{"location": "/news/", "tdm-reservation": "1"}], "/sport/1", False),
        ([{"location": "/", "tdm-reservation": 1}, {"location": "/free/", "tdm-reservation": 0}], "/free/1", False),
        ([{"location": "/free/", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}], "/news/1", True),
        ([{"location": "*.pdf$", "tdm-reservation": 1}], "/a.pdf", True),
        ([{"location": "/", "tdm-reservation": 0}], "/news/1", False),
        ({"location": "/", "tdm-reservation": 1}, "/news/1", True),
        ([{"location": "/\nUser-agent: x", "tdm-reservation": 1}], "/news/1", False),
        ([7, None, {"tdm-reservation": 1}], "/news/1", False),
        ("nonsense", "/news/1", False),
    ],
)
def test_the_most_specific_location_decides(rules, path, reserved):
    found = parse_reservations(json.dumps(rules).encode())

    assert found.can_fetch(f"https://a.example{path}", "*") is not reserved


@pytest.mark.parametrize("body", [b"", b"[", b"\xff\xfe", b"[" * 100_000, b"<html>"])
def test_a_broken_file_reserves_nothing(body):
    assert parse_reservations(body).can_fetch("https://a.example/x", "*")


def test_reserved_pages_are_marked_with_one_request_for_the_file_in_two_runs(site, tmp_path):
    site.pages["/robots.txt"] = "User-agent: *\nDisallow:\n"
    site.pages[PATH] = json.dumps([{"location": "/story/1", "tdm-reservation": 1}])
    site.pages |= {f"/story/{n}": article(n) for n in (1, 2, 3)}
    site.pages["/feed.xml"] = rss([(f"{site.url}/story/{n}", headline(n), NOON) for n in (1, 2)])
    crawl("news", tmp_path, url=f"{site.url}/feed.xml")
    site.pages["/feed.xml"] = rss([(f"{site.url}/story/{n}", headline(n), NOON) for n in (1, 2, 3)])

    done = crawl("news", tmp_path, url=f"{site.url}/feed.xml")

    assert done.code == 0, done.stderr
    assert {record["url"][-1]: record["ai_opt_out"] for record in done.records} == {"1": True, "2": False, "3": False}
    assert site.hits[PATH] == 1


def test_a_file_that_cannot_be_had_harms_no_story(site, tmp_path):
    site.pages["/robots.txt"] = "User-agent: *\nDisallow:\n"
    site.pages[PATH] = (503, {"Retry-After": "3600"}, b"")
    site.pages["/story/1"] = article(1)
    site.pages["/feed.xml"] = rss([(f"{site.url}/story/1", headline(1), NOON)])

    done = crawl("news", tmp_path, url=f"{site.url}/feed.xml")

    assert [record["ai_opt_out"] for record in done.records] == [False], done.stderr


@pytest.mark.parametrize("robots", [None, "", "<html>Nothing here</html>"])
def test_a_host_without_a_robots_file_is_not_asked_for_another_one(site, tmp_path, robots):
    if robots is not None:
        site.pages["/robots.txt"] = robots
    site.pages["/story/1"] = article(1)
    site.pages["/feed.xml"] = rss([(f"{site.url}/story/1", headline(1), NOON)])

    done = crawl("news", tmp_path, url=f"{site.url}/feed.xml")

    assert len(done.records) == 1, done.stderr
    assert site.hits[PATH] == 0


def test_a_host_that_asked_one_run_to_wait_an_hour_is_left_alone_by_the_next(site, tmp_path):
    site.pages["/feed.xml"] = (429, {"Retry-After": "3600"}, b"")
    crawl("news", tmp_path, url=f"{site.url}/feed.xml")
    site.pages["/feed.xml"] = rss([])
    site.hits.clear()

    done = crawl("news", tmp_path, url=f"{site.url}/feed.xml")

    assert not site.hits
    assert "asks us to wait" in json.dumps(done.manifests[1]["discovery"])

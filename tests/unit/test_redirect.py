"""Redirects are followed within bounds, and take nothing of the first host along."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler

from newscrawl.middlewares.redirect import BoundedMetaRefreshMiddleware, BoundedRedirectMiddleware
from newscrawl.middlewares.refusals import Refused
from newscrawl.outcomes import Reason

URL = "http://a.example/old"


def redirected(location: str, **meta: object) -> Request:
    middleware = BoundedRedirectMiddleware.from_crawler(get_crawler())
    request = Request(URL, meta=meta)
    found = middleware.process_response(request, Response(URL, status=301, headers={"Location": location}))
    assert isinstance(found, Request)
    return found


def refreshed(target: str, **meta: object) -> Request:
    middleware = BoundedMetaRefreshMiddleware.from_crawler(get_crawler())
    page = f'<html><head><meta http-equiv="refresh" content="0;url={target}"></head></html>'
    found = middleware.process_response(Request(URL, meta=meta), HtmlResponse(URL, body=page, encoding="utf-8"))
    assert isinstance(found, Request)
    return found


@pytest.mark.parametrize("follow", [redirected, refreshed])
def test_a_redirect_leaves_the_first_hosts_slot_and_the_bytes_that_it_sent(follow):
    request = follow("http://b.example/new", download_slot="a.example", newscrawl_received=7, asked="x")

    assert request.url == "http://b.example/new"
    assert request.meta["asked"] == "x"
    assert not {"download_slot", "newscrawl_received"} & request.meta.keys()


@pytest.mark.parametrize("follow", [redirected, refreshed])
def test_the_target_of_a_redirect_is_asked_for_though_it_was_before(follow):
    assert follow("http://a.example/new").dont_filter


@pytest.mark.parametrize("follow", [redirected, refreshed])
def test_credentials_in_a_target_are_left_out(follow):
    assert follow("http://user:hunter2@b.example/new").url == "http://b.example/new"


@pytest.mark.parametrize(
    ("location", "meta", "reason"),
    [
        (URL, {}, Reason.REDIRECT),
        ("http://b.example/" + "x" * 2000, {}, Reason.REDIRECT),
        ("http://b.example/new", {"redirect_times": 20, "redirect_ttl": 0}, Reason.REDIRECT),
    ],
    ids=["itself", "too long", "too many"],
)
def test_a_redirect_beyond_the_bounds_is_refused(location, meta, reason):
    with pytest.raises(Refused) as refused:
        redirected(location, **meta)

    assert refused.value.reason is reason


def test_a_url_of_2000_characters_is_followed():
    assert len(redirected("http://b.example/" + "x" * (2000 - len("http://b.example/"))).url) == 2000

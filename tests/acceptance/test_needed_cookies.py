"""A site that shows its pages only to who sends its cookie back is read, and no other site gets a cookie."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.crawling import crawl
from tests.newspaper import article, headline, rss
from tests.site import Answer, Site

DATE = "Tue, 24 Nov 2026 10:00:00 GMT"


def has_cookie(handler: Any) -> bool:
    return "seen=1" in (handler.headers.get("Cookie") or "")


def to_itself(number: int) -> Callable[[Any], Answer]:
    def answer(handler: Any) -> Answer:
        if has_cookie(handler):
            return 200, {}, article(number).encode()
        return 302, {"Location": handler.path, "Set-Cookie": "seen=1; Path=/"}, b""

    return answer


def by_a_test_page(number: int) -> Callable[[Any], Answer]:
    def answer(handler: Any) -> Answer:
        if has_cookie(handler):
            return 200, {}, article(number).encode()
        return 302, {"Location": f"/set?back={number}"}, b""

    return answer


def by_a_mark(number: int) -> Callable[[Any], Answer]:
    def answer(handler: Any) -> Answer:
        if has_cookie(handler):
            return 200, {}, article(number).encode()
        if "?" in handler.path:
            return 403, {}, b"<h1>Cookies are off</h1>"
        return 302, {"Location": f"{handler.path}?cookies=1", "Set-Cookie": "seen=1; Path=/"}, b""

    return answer


def by_a_refresh(number: int) -> Callable[[Any], Answer]:
    def answer(handler: Any) -> Answer:
        if has_cookie(handler):
            return 200, {}, article(number).encode()
        page = f"<html><head><meta http-equiv=refresh content='0;url={handler.path}'></head><body>…</body></html>"
        return 200, {"Set-Cookie": "seen=1; Path=/"}, page.encode()

    return answer


@pytest.mark.parametrize("way", [to_itself, by_a_test_page, by_a_mark, by_a_refresh])
def test_a_site_that_needs_its_cookie_is_read(way, tmp_path):
    with Site() as site:
        for n in range(3):
            site.pages[f"/story-{n}"] = site.pages[f"/story-{n}?cookies=1"] = way(n)
            site.pages[f"/set?back={n}"] = (302, {"Location": f"/story-{n}", "Set-Cookie": "seen=1; Path=/"}, b"")
        site.pages["/feed"] = rss([(f"{site.url}/story-{n}", headline(n), DATE) for n in range(3)])

        run = crawl("news", tmp_path, url=f"{site.url}/feed")

    assert len(run.records) == 3
    assert run.code == 0


def test_a_site_that_needs_no_cookie_gets_none(tmp_path):
    with Site() as site:
        site.pages["/story-1"] = (302, {"Location": "/moved", "Set-Cookie": "id=7; Path=/"}, b"")
        site.pages["/moved"] = (200, {"Set-Cookie": "id=8; Path=/"}, article(1).encode())
        site.pages["/story-2"] = article(2)
        site.pages["/feed"] = rss([(f"{site.url}/story-{n}", headline(n), DATE) for n in (1, 2)])

        run = crawl("news", tmp_path, url=f"{site.url}/feed")

    assert len(run.records) == 2
    assert not [headers for asked in site.headers.values() for headers in asked if "Cookie" in headers]


def test_a_page_that_reloads_itself_and_sets_a_cookie_each_time_is_a_page(tmp_path):
    page = article(1).replace("<head>", "<head><meta http-equiv=refresh content='3;url=/story-1'>")
    count = iter(range(99))

    def answer(_: Any) -> Answer:
        return 200, {"Set-Cookie": f"visit={next(count)}; Path=/"}, page.encode()

    with Site() as site:
        site.pages["/story-1"] = answer
        site.pages["/feed"] = rss([(f"{site.url}/story-1", headline(1), DATE)])

        run = crawl("news", tmp_path, url=f"{site.url}/feed")

    assert len(run.records) == 1
    assert site.hits["/story-1"] <= 2

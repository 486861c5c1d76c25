from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from newscrawl.discovery.candidate import Candidate, Via
from newscrawl.middlewares.budget import BudgetMiddleware, trap_of
from newscrawl.middlewares.refusals import Refused
from newscrawl.outcomes import Reason


def middleware(**limits: int) -> BudgetMiddleware:
    return BudgetMiddleware(get_crawler(), **limits)


def article(url: str, via: Via) -> Request:
    return Request(url, cb_kwargs={"pending": SimpleNamespace(candidate=Candidate(url, via, "http://a.example/"))})


def document(url: str) -> Request:
    return Request(url, cb_kwargs={"document": SimpleNamespace()})


def reason(budget: BudgetMiddleware, request: Request) -> Reason | None:
    try:
        budget.process_request(request)
    except Refused as refused:
        return refused.reason
    return None


def stats(budget: BudgetMiddleware) -> dict[str, int]:
    found = budget.crawler.stats.get_stats()
    return {name: value for name, value in found.items() if name.startswith("newscrawl/budget/")}


def test_a_host_has_so_many_documents():
    budget = middleware(max_documents=3)

    spent = [reason(budget, document(f"http://a.example/{n}")) for n in range(5)]

    assert spent == [None, None, None, Reason.BUDGET, Reason.BUDGET]
    assert reason(budget, document("http://b.example/")) is None
    assert stats(budget) == {"newscrawl/budget/documents": 2}


def test_articles_of_feeds_and_sitemaps_are_free():
    budget = middleware(max_documents=1, max_listed_articles=2)
    for via in (Via.SEED, Via.FEED, Via.NEWS_SITEMAP, Via.SITEMAP):
        assert {reason(budget, article(f"http://a.example/{n}", via)) for n in range(5)} == {None}

    listed = [reason(budget, article(f"http://a.example/{n}", Via.LISTING)) for n in range(3)]

    assert listed == [None, None, Reason.BUDGET]


@pytest.mark.parametrize("meta", [{"retry_times": 1}, {"redirect_times": 1}, {"dont_obey_robotstxt": True}])
def test_retries_redirects_and_robots_txt_cost_nothing(meta):
    budget = middleware(max_documents=1)

    assert {reason(budget, Request("http://a.example/", meta=meta)) for _ in range(5)} == {None}


def test_zero_is_no_limit():
    budget = middleware(max_documents=0, max_listed_articles=0, max_failures=0)

    for _ in range(300):
        budget.process_exception(document("http://a.example/"), DownloadTimeoutError())
    assert {reason(budget, document(f"http://a.example/{n}")) for n in range(300)} == {None}


def test_a_host_that_only_fails_is_parked():
    budget = middleware(max_failures=3)
    request = document("http://a.example/")
    for _ in range(3):
        budget.process_exception(request, DownloadTimeoutError())

    assert reason(budget, request) is Reason.PARKED
    assert reason(budget, article("http://a.example/x", Via.FEED)) is Reason.PARKED
    assert reason(budget, document("http://b.example/")) is None


def test_a_host_is_said_to_be_parked_though_nothing_more_is_asked_of_it():
    budget = middleware(max_failures=3)
    for _ in range(5):
        budget.process_exception(document("http://a.example/"), DownloadTimeoutError())

    assert stats(budget) == {"newscrawl/budget/parked_hosts": 1}


def test_one_answer_takes_a_host_off_the_parking_list():
    budget = middleware(max_failures=3)
    request = document("http://a.example/")
    for status in (500, 503, 200, 404, 410):
        budget.process_response(request, Response(request.url, status=status))

    assert reason(budget, request) is None


def test_our_own_refusals_are_no_failures():
    budget = middleware(max_failures=1)
    budget.process_exception(document("http://a.example/"), Refused(Reason.ROBOTS))

    assert reason(budget, document("http://a.example/")) is None


@pytest.mark.parametrize(
    ("url", "trap"),
    [
        ("http://a.example/news/2026/11/23/council-settles-dispute", None),
        ("http://a.example/2026/11/11/11/story.html", None),
        ("http://a.example/calendar/2026/11", None),
        ("http://a.example/1962/10/22/kennedy-speaks", None),
        ("http://a.example/events/1987-05-01/", "calendar"),
        ("http://a.example/calendar/2031-05-01", "calendar"),
        ("http://a.example/calendar/2199/05/", "calendar"),
        ("http://a.example/a/a/a/story", "path-repetition"),
        ("http://a.example/x/en/news/en/news/en/news/story", "path-repetition"),
        ("http://a.example/" + "/".join(f"d{n}" for n in range(30)), "path-repetition"),
        ("http://a.example/list?" + "&".join(f"f{n}=1" for n in range(20)), "parameters"),
        ("http://a.example/article?id=17&page=2", None),
        ("http://[", None),
    ],
)
def test_knows_a_trap_by_its_url(url, trap):
    assert trap_of(url, datetime(2026, 11, 23, tzinfo=UTC).year) == trap


@given(st.text(max_size=200))
def test_any_url_has_an_answer(text):
    assert trap_of(f"http://a.example/{text}", 2026) in (None, "path-repetition", "parameters", "calendar")


def test_traps_of_feeds_are_believed():
    budget = middleware()

    assert reason(budget, article("http://a.example/a/a/a/story", Via.FEED)) is None
    assert reason(budget, article("http://a.example/a/a/a/story", Via.LISTING)) is Reason.BUDGET

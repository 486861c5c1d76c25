"""Ends what has no end: listings without a last page, sessions, calendars, hosts that only fail."""

from __future__ import annotations

import logging
import re
from collections import Counter
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.configuration import Configuration
from newscrawl.discovery.candidate import Via
from newscrawl.middlewares.refusals import Refused, reason_of
from newscrawl.outcomes import Reason

logger = logging.getLogger(__name__)

REPEATS = 3  # /a/a/a or /a/b/a/b/a/b: a relative link that a server answers at any depth
SEGMENTS = 16  # of a path; the deepest of 1,432 labelled news links has 9
PARAMETERS = 12  # of a query; facets, not articles
FIRST_YEAR = 1990  # calendars go on in both directions
CALENDAR = re.compile(r"(?:calendar|kalender|calendrier|calendario|agenda|events?)\b", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(1\d{3}|2[0-4]\d{2})(?=[-/]\d{1,2}(?:[-/]|$))")
FAILURES = frozenset(
    {
        Reason.CONNECTION,
        Reason.DNS,
        Reason.DOWNLOAD_TIMEOUT,
        Reason.SERVER_ERROR,
        Reason.RATE_LIMITED,
        Reason.BAD_RESPONSE,
        Reason.CERTIFICATE,
    }
)


class BudgetMiddleware:
    """Refuse a request of the news spider that a budget of its host does not cover; other spiders have none.

    A limit of 0 is none.

    - documents that are read for their links (home, sections, feeds, sitemaps): ``NEWSCRAWL_MAX_DOCUMENTS`` a host
    - articles met on such pages, not in feeds or sitemaps: ``NEWSCRAWL_MAX_LISTED_ARTICLES`` a host
    - ``NEWSCRAWL_MAX_FAILURES`` failures in a row: the host is parked for this run
    - URLs met on pages that repeat their path, or lead through a calendar out of time

    The first refusal of a kind is logged per host, all are in ``newscrawl/budget/<kind>``, hosts that were parked in
    ``newscrawl/budget/parked_hosts``, from where the manifest has them.
    """

    def __init__(
        self, crawler: Crawler, *, max_documents: int = 0, max_listed_articles: int = 0, max_failures: int = 0
    ) -> None:
        self.crawler = crawler
        self.limits = {"documents": max_documents, "listed-articles": max_listed_articles}
        self.max_failures = max_failures
        self._spent: Counter[tuple[str, str]] = Counter()
        self._failures: Counter[str] = Counter()
        self._logged: set[tuple[str, str]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BudgetMiddleware:
        chosen = Configuration.read(crawler.settings)
        return cls(
            crawler,
            max_documents=chosen.max_documents,
            max_listed_articles=chosen.max_listed_articles,
            max_failures=chosen.max_failures,
        )

    def process_request(self, request: Request) -> None:
        if not is_ours(request):
            return
        host = urlsplit(request.url).hostname or ""
        if self.is_parked(request.url):
            self._refuse(host, "parked", Reason.PARKED, f"{self._failures[host]} failures in a row")
        kind = kind_of(request)
        if kind is None or request.meta.get("retry_times") or request.meta.get("redirect_times"):
            return
        if kind == "listed-articles" and (trap := trap_of(request.url, datetime.now(UTC).year)):
            self._refuse(host, trap, Reason.BUDGET, trap)
        self._spent[host, kind] += 1
        if self.limits[kind] and self._spent[host, kind] > self.limits[kind]:
            self._refuse(host, kind, Reason.BUDGET, f"more than {self.limits[kind]} {kind} of this host in one run")

    def is_parked(self, url: str) -> bool:
        """Tell whether *url*'s host gave nothing but failures, too often in a row."""
        return bool(self.max_failures) and self._failures[urlsplit(url).hostname or ""] >= self.max_failures

    def process_response(self, request: Request, response: Response) -> Response:
        if not is_ours(request):
            return response
        host = urlsplit(request.url).hostname or ""
        if response.status >= 400:
            self._fail(host)
        else:
            self._failures.pop(host, None)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        if is_ours(request) and not isinstance(exception, Refused) and reason_of(exception)[0] in FAILURES:
            self._fail(urlsplit(request.url).hostname or "")

    def _fail(self, host: str) -> None:
        """Count a failure of *host*; say so when it is parked, for it may never be asked again to be refused."""
        assert self.crawler.stats is not None
        self._failures[host] += 1
        if self._failures[host] == self.max_failures:
            self.crawler.stats.inc_value("newscrawl/budget/parked_hosts")
            self._log(host, "parked", f"{self.max_failures} failures in a row")

    def _refuse(self, host: str, kind: str, reason: Reason, detail: str) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"newscrawl/budget/{kind}")
        self._log(host, kind, detail)
        raise Refused(reason, detail)

    def _log(self, host: str, kind: str, detail: str) -> None:
        if (host, kind) not in self._logged and len(self._logged) < 1000:
            self._logged.add((host, kind))
            logger.warning("Budget of %s used up (%s): %s", host, kind, detail)


def is_ours(request: Request) -> bool:
    """Tell whether the news spider made *request* for a page or a document; no other spider has a budget."""
    return not request.cb_kwargs.keys().isdisjoint(("pending", "document"))


def kind_of(request: Request) -> str | None:
    """Return which budget a request of the news spider is paid from; None for what is not budgeted."""
    pending: Any = request.cb_kwargs.get("pending")
    if pending is not None:
        return "listed-articles" if pending.candidate.via in (Via.LISTING, Via.RELATED) else None
    return "documents" if request.cb_kwargs.get("document") is not None else None


def trap_of(url: str, this_year: int) -> str | None:
    """Return the name of the trap that *url* looks like, or None. For URLs met on pages; a feed's are believed."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    segments = [segment for segment in parts.path.split("/") if segment]
    if len(segments) > SEGMENTS or repeats(segments):
        return "path-repetition"
    query = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=None)
    if len(query) > PARAMETERS:
        return "parameters"
    if CALENDAR.search(parts.path) or any(CALENDAR.search(name) for name, _ in query):
        for year in YEAR.findall(f"{parts.path}/ {parts.query}"):
            if not FIRST_YEAR <= int(year) <= this_year + 1:
                return "calendar"
    return None


def repeats(segments: list[str]) -> bool:
    """Tell whether some run of up to three path segments follows itself, three times in all; numbers do not count."""
    for width in (1, 2, 3):
        for start in range(width):
            blocks = [tuple(segments[i : i + width]) for i in range(start, len(segments) - width + 1, width)]
            for block, run in groupby(blocks):
                if not "".join(block).isdigit() and len(list(run)) >= REPEATS:
                    return True
    return False

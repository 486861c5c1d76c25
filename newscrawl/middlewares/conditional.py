"""Asks for documents that were read before only if they changed."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.configuration import Configuration
from newscrawl.discovery import Candidate, Document
from newscrawl.discovery.source import DocumentOutcome, SourceDiscovery
from newscrawl.extensions.store import require_options, store_of
from newscrawl.looks import look_headers
from newscrawl.middlewares.retry_after import read_retry_after
from newscrawl.schedule.interval import Bounds
from newscrawl.schedule.polls import (
    PROBE,
    after_answer,
    after_failure,
    after_probe,
    after_unchanged,
    how_to_ask,
    is_lie,
    scheduled,
)
from newscrawl.schedule.together import in_order
from newscrawl.sources.catalogue import by_name
from newscrawl.sources.source import Source
from newscrawl.store.schedule.states import DocumentState
from newscrawl.urls import url_key

FORGOTTEN = 5  # failures in a row after which a document is left to those that name it


class ConditionalMiddleware:
    """Send ``If-None-Match`` and ``If-Modified-Since`` with the poll of a document that an earlier run read.

    A feed or sitemap that comes with the bytes that it had counts as 304; pages of links are read all the same, since
    most differ each time. A document that failed in the last run is tried once, not seven times. A dry run asks for
    everything whole. What the answers mean for the next poll is in :mod:`newscrawl.schedule.polls`.

    Settings: ``NEWSCRAWL_INTERVAL_MIN_S``, ``NEWSCRAWL_INTERVAL_MAX_S``.
    """

    def __init__(self, crawler: Crawler, bounds: Bounds) -> None:
        self.crawler = crawler
        self.bounds = bounds
        self.sources: Mapping[str, Source] = {}
        self.polls: dict[tuple[str, str], Poll] = {}
        """By source and final URL: what is to be recorded when all that the source's documents named is pending."""

        self.new: defaultdict[str, dict[str, datetime | None]] = defaultdict(dict)
        """By source: the keys of the stories that nobody knew before, and when they were published."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if require_options(crawler).dry_run:
            raise NotConfigured
        chosen = Configuration.read(crawler.settings)
        middleware = cls(crawler, Bounds(chosen.interval_min_s, max(chosen.interval_min_s, chosen.interval_max_s)))
        middleware.sources = by_name(require_options(crawler).sources)
        return middleware

    def bounds_of(self, source: str) -> Bounds:
        """Return between what the intervals of a source's documents lie."""
        given = self.sources.get(source)
        if given is None:
            return self.bounds
        least = self.bounds.least if given.interval_min_s is None else given.interval_min_s
        most = self.bounds.most if given.interval_max_s is None else given.interval_max_s
        return Bounds(min(least, given.interval_max_s or least), max(most, least))

    async def process_request(self, request: Request) -> None:
        document, source = request.cb_kwargs.get("document"), request.cb_kwargs.get("source")
        if document is None or source is None or "newscrawl_poll" in request.meta:
            return
        if source.until is not None:  # a backfill reads what is there, and tells nothing of what comes next
            return
        state = await store_of(self.crawler).document(document.url, source.name)
        asking = how_to_ask(state, source.name, source.since, datetime.now(UTC))
        for name, value in asking.headers.items():
            request.headers[name] = value
        if state is None and (visit := await store_of(self.crawler).visit(url_key(document.url))):
            request.meta["newscrawl_visit"] = visit  # a person names an article that is known
            for name, value in look_headers(visit).items():
                request.headers[name] = value
        if state is not None and state.failures:
            request.meta["newscrawl_retries"] = 0
        fresh = DocumentState(document.url, source.name, document.purpose)
        before = replace(state, source=source.name) if state is not None else fresh
        poll = Poll(before, before, same_is_unchanged=asking.same_is_unchanged)
        request.meta["newscrawl_poll"] = self.polls[source.name, document.url] = poll

    def process_response(self, request: Request, response: Response) -> Response:
        poll: Poll | None = request.meta.get("newscrawl_poll")
        if poll is None:
            return response
        now = datetime.now(UTC)
        poll.retry_after_s = read_retry_after(response.headers.get("Retry-After"), now) or 0
        if response.status in (200, 304):
            poll.ttl_s = fresh_for(header(response, "Cache-Control") or "", header(response, "Age") or "")
        if response.status != 200:
            return response
        content = sha256(response.body).hexdigest()[:32]
        if poll.same_is_unchanged and poll.before.kind != "page" and poll.before.content_hash == content:
            poll.whole = True
            return response.replace(status=304)
        source = request.cb_kwargs["source"]
        poll.state = after_answer(
            replace(poll.before, source=source.name, content_hash=content),
            etag=header(response, "ETag"),
            last_modified=header(response, "Last-Modified"),
            since=source.since,
            now=now,
        )
        self.polls[source.name, response.url] = poll
        return response

    async def read(self, source: str, url: str, document: Document) -> None:
        """Note what the document from *url* says of itself: the dates that it names, and for how long it holds."""
        await asyncio.sleep(0)  # the loop's turn: of 50,000 stories, each step on the way takes a part of 50 ms
        if (poll := self.polls.get((source, url))) is not None:
            dates = ((candidate.published_at or candidate.modified_at) for candidate in document.candidates)
            poll.dates = [date for date in dates if date is not None]
            poll.named = {candidate.key for candidate in document.candidates}
            poll.ttl_s = max(poll.ttl_s or 0, document.ttl_s)
            if document.is_cut_off:  # the next poll asks for it whole
                poll.state = replace(poll.state, etag=None, last_modified=None, content_hash=None)

    def brought(self, source: str, new: Iterable[Candidate]) -> None:
        """Note the stories that nobody knew before."""
        self.new[source].update((candidate.key, candidate.published_at) for candidate in new)

    def count(self, source: str) -> None:
        """Count each new story of *source* for one of the documents that named it."""
        polls = {id(poll.before): poll for (name, _), poll in self.polls.items() if name == source}
        new = self.new.pop(source, {})
        for before in in_order(poll.before for poll in polls.values()):
            poll = polls[id(before)]
            poll.times = [new.pop(key) for key in poll.named & new.keys()]

    async def known(self, source: str) -> list[tuple[str, str]]:
        """Return URL and kind of the documents that earlier runs read for *source*."""
        states = await store_of(self.crawler).documents_of(source)
        return [(state.url, state.kind) for state in states if state.failures < FORGOTTEN and state.kind != PROBE]

    async def record(self, source: str, discovery: SourceDiscovery) -> None:
        """Record the polls of *source*, once no document of it is open: what they named is pending by then."""
        await asyncio.sleep(0)
        if any(discovery.open.values()):
            return
        now, states = datetime.now(UTC), []
        self.count(source)
        for url in discovery.empty_probes:
            if (poll := self.polls.pop((source, url), None)) is not None:
                states.append(after_probe(poll.before, now))
        for outcome in discovery.outcomes:
            poll = self.polls.pop((source, outcome.url), None)
            if poll is not None and outcome.kind != "article" and (state := self.after(poll, outcome, source, now)):
                states.append(state)
        if states:
            await store_of(self.crawler).record_poll(*states)

    def after(self, poll: Poll, outcome: DocumentOutcome, source: str, now: datetime) -> DocumentState | None:
        """Return the state of a document after its poll; None where the poll says nothing of it."""
        bounds = self.bounds_of(source)
        if outcome.outcome == "read" and poll.state.outcome == "read":
            lied = bool(poll.times) and is_lie(poll.before, poll.state)
            state = replace(poll.state, kind=outcome.kind)
            return scheduled(state, poll.times, bounds, dates=poll.dates, ttl_s=poll.ttl_s, lied=lied)
        if outcome.outcome == "unchanged":
            return scheduled(after_unchanged(poll.before, now, whole=poll.whole), (), bounds, ttl_s=poll.ttl_s)
        if outcome.outcome == "failed" and outcome.reason is not None:
            return after_failure(replace(poll.before, source=source), outcome.reason, now, poll.retry_after_s)
        return None


@dataclass(slots=True)
class Poll:
    """One poll under way."""

    before: DocumentState
    state: DocumentState
    """As the answer leaves it, so far."""

    same_is_unchanged: bool = False
    whole: bool = False
    """The answer came whole, with the bytes that were known."""

    named: set[str] = field(default_factory=set)
    """The keys of the stories that it named."""

    times: list[datetime | None] = field(default_factory=list)
    """When those of them that are counted for it were published."""

    dates: list[datetime] = field(default_factory=list)
    """Of all stories that it named."""

    ttl_s: int | None = None
    retry_after_s: float = 0


def fresh_for(cache_control: str, age: str) -> int:
    """Return for how many seconds an answer stays as it is, by its Cache-Control and Age headers; 0: not said."""
    match = re.search(r"(?<![\w-])(?:s-maxage|max-age)\s*=\s*\"?(\d{1,9})", cache_control, re.I)
    if match is None or re.search(r"no-cache|no-store", cache_control, re.I):
        return 0
    passed = int(age) if re.fullmatch(r"\d{1,9}", age.strip()) else 0
    return max(int(match[1]) - passed, 0)


def is_unchanged(failure: Failure) -> bool:
    """Tell whether a document did not come because it is what it was."""
    return isinstance(failure.value, HttpError) and failure.value.response.status == 304


def header(response: Response, name: str) -> str | None:
    """Return the value of a header; None where there is none."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None

"""Asks for documents that were read before only if they changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.discovery.source import SourceDiscovery
from newscrawl.extensions.store import require_options, store_of
from newscrawl.schedule.polls import after_answer, after_failure, after_unchanged, validators
from newscrawl.store.schedule.states import DocumentState

FORGOTTEN = 5  # failures in a row after which a document is left to those that name it
CONDITIONS = frozenset((b"If-None-Match", b"If-Modified-Since"))


class ConditionalMiddleware:
    """Send ``If-None-Match`` and ``If-Modified-Since`` with the poll of a document that an earlier run read.

    A feed or sitemap that comes with the bytes that it had counts as 304; pages of links are read all the same, since
    most differ each time. A document that failed in the last run is tried once, not seven times. A dry run asks for
    everything whole.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.polled: dict[tuple[str, str], DocumentState] = {}
        """By source and final URL: the states to record when all that the source's documents named is pending."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if require_options(crawler).dry_run:
            raise NotConfigured
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        document, source = request.cb_kwargs.get("document"), request.cb_kwargs.get("source")
        if document is None or source is None or "newscrawl_document" in request.meta:
            return
        state = await store_of(self.crawler).document(document.url)
        request.meta["newscrawl_document"] = state or DocumentState(document.url, source.name, document.purpose)
        for name, value in validators(state, source.name, source.since, datetime.now(UTC)).items():
            request.headers[name] = value
        if state is not None and state.failures:
            request.meta["newscrawl_retries"] = 0
        self.polled[source.name, document.url] = request.meta["newscrawl_document"]

    def process_response(self, request: Request, response: Response) -> Response:
        state: DocumentState | None = request.meta.get("newscrawl_document")
        if state is None or response.status != 200:
            return response
        content = sha256(response.body).hexdigest()[:32]
        if request.headers.keys() & CONDITIONS and state.kind != "page" and state.content_hash == content:
            return response.replace(status=304)
        source = request.cb_kwargs["source"]
        etag, modified = (response.headers.get(name) for name in ("ETag", "Last-Modified"))
        self.polled[source.name, response.url] = after_answer(
            replace(state, source=source.name, content_hash=content),
            etag=etag.decode("latin-1") if etag else None,
            last_modified=modified.decode("latin-1") if modified else None,
            since=source.since,
            now=datetime.now(UTC),
        )
        return response

    async def known(self, source: str) -> list[tuple[str, str]]:
        """Return URL and kind of the documents that earlier runs read for *source*."""
        states = await store_of(self.crawler).documents_of(source)
        return [(state.url, state.kind) for state in states if state.failures < FORGOTTEN]

    async def record(self, source: str, discovery: SourceDiscovery) -> None:
        """Record the polls of *source*, once no document of it is open: what they named is pending by then."""
        if any(discovery.open.values()):
            return
        now, states = datetime.now(UTC), []
        for outcome in discovery.outcomes:
            state = self.polled.pop((source, outcome.url), None)
            if state is None or outcome.kind == "article":
                continue
            if outcome.outcome == "read" and state.outcome == "read":
                states.append(replace(state, kind=outcome.kind))
            elif outcome.outcome == "unchanged":
                states.append(after_unchanged(state, now))
            elif outcome.outcome == "failed" and outcome.reason is not None:
                states.append(after_failure(replace(state, source=source), outcome.reason, now))
        if states:
            await store_of(self.crawler).record_poll(*states)


def is_unchanged(failure: Failure) -> bool:
    """Tell whether a document did not come because it is what it was."""
    return isinstance(failure.value, HttpError) and failure.value.response.status == 304

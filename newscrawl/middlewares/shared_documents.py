"""Fetches a document once, however many sources of a run ask for it."""

from __future__ import annotations

import asyncio
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

MAX_BYTES = 64 * 1024 * 1024  # of all answers that are kept; then the oldest are asked for again
WAIT_S = 60.0  # then who waits asks for itself
CONDITIONS = (b"If-None-Match", b"If-Modified-Since", b"Authorization", b"Cookie", b"Accept-Language")
SHARED = frozenset((200, 301, 302, 303, 304, 307, 308, 404, 410))
KEY = "newscrawl_shared"


class SharedDocumentsMiddleware:
    """Answer a request for a document that another source has fetched with the same headers by its response.

    Two sections of one paper name the same sitemap: it is downloaded once. Who asks while it is on its way waits; where
    it failed, each asks for itself. Articles are nobody's but the frontier's, which knows them once. Stats:
    ``newscrawl/documents/shared``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._answers: dict[tuple[object, ...], asyncio.Future[Response | None]] = {}
        self._size = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> Response | None:
        if "document" not in request.cb_kwargs or request.method != "GET" or request.meta.get("retry_times"):
            return None
        if request.meta.get("newscrawl_render"):  # it has come already, and was a shell
            return None
        key = (request.url, *(request.headers.get(name) for name in CONDITIONS))
        if (known := self._answers.get(key)) is None:
            self._answers[key] = asyncio.get_running_loop().create_future()
            request.meta[KEY] = key
            return None
        try:
            answer = await asyncio.wait_for(asyncio.shield(known), WAIT_S)
        except TimeoutError:
            return None
        if answer is None:
            return None
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value("newscrawl/documents/shared")
        return answer.replace(request=request)

    def process_response(self, request: Request, response: Response) -> Response:
        self._answered(request, response if response.status in SHARED else None)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        self._answered(request, None)

    def _answered(self, request: Request, response: Response | None) -> None:
        """Tell those that wait, and keep the answer for those that are still to come."""
        key = request.meta.pop(KEY, None)
        if key is None or (waiting := self._answers.get(key)) is None or waiting.done():
            return
        waiting.set_result(response)
        if response is None:
            del self._answers[key]
            return
        self._size += len(response.body)
        while self._size > MAX_BYTES:
            oldest = next((name for name, answer in self._answers.items() if answer.done()), None)
            if oldest is None:
                break
            gone = self._answers.pop(oldest).result()
            self._size -= len(gone.body) if gone is not None else 0

"""A download handler that resolves host names by itself, as browsers and curl do."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.http import HtmlResponse, Response


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        return None


class UrllibDownloadHandler(BaseDownloadHandler):
    lazy = False

    async def download_request(self, request: Request) -> Response:
        return await asyncio.to_thread(fetch, request)

    async def close(self) -> None:
        pass


def fetch(request: Request) -> Response:
    opener = urllib.request.build_opener(NoRedirects, urllib.request.ProxyHandler({}))
    try:
        answer: Any = opener.open(request.url, timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return HtmlResponse(request.url, answer.status, dict(answer.headers), answer.read())

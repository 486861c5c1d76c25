"""The download handler for http and https: Scrapy's, with headers bounded and a last look at Retry-After."""

from __future__ import annotations

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.downloads.browser import RENDER, BrowserExtension
from newscrawl.downloads.private_names import bound_headers
from newscrawl.middlewares.retry_after import RetryAfterMiddleware


class GuardedDownloadHandler(HTTP11DownloadHandler):
    """Download as Scrapy does, with at most 10,000 headers of 2 MiB, and only when the host may be asked again."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        bound_headers(self)

    async def download_request(self, request: Request) -> Response:
        """Wait as the host asked, then download; raise :class:`Refused` where that would take too long."""
        if retry_after := self.crawler.get_downloader_middleware(RetryAfterMiddleware):
            await retry_after.turn(request)
        if request.meta.get(RENDER) and (browser := self.crawler.get_extension(BrowserExtension)):
            return await browser.draw(request)
        return await super().download_request(request)

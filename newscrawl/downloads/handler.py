"""The download handler for http and https: Scrapy's, with bounded headers, and within a budget of time."""

from __future__ import annotations

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.downloads.browser import RENDER, BrowserExtension
from newscrawl.downloads.private_names import bound_headers
from newscrawl.extensions.stopping import StoppingExtension
from newscrawl.middlewares.refusals import Refused
from newscrawl.middlewares.retry_after import RetryAfterMiddleware
from newscrawl.middlewares.time_budget import time_budget_of
from newscrawl.outcomes import Reason


class GuardedDownloadHandler(HTTP11DownloadHandler):
    """Download as Scrapy does, with at most 10,000 headers of 2 MiB, and only when the host may be asked again."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        bound_headers(self)

    async def download_request(self, request: Request) -> Response:
        """Wait as the host asked, then download; raise :class:`Refused` where that would take too long.

        Once the crawl is asked to stop, what was not sent yet stays pending.
        """
        if (stopping := self.crawler.get_extension(StoppingExtension)) and stopping.is_stopping:
            raise Refused(Reason.PARKED, "the crawl was stopped before")
        if retry_after := self.crawler.get_downloader_middleware(RetryAfterMiddleware):
            await retry_after.turn(request)
        browser = self.crawler.get_extension(BrowserExtension) if request.meta.get(RENDER) else None
        download = browser.draw(request) if browser else super().download_request(request)
        budget = time_budget_of(self.crawler)
        return await (budget.within(request, download) if budget else download)

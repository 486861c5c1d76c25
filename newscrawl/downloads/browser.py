"""A browser that draws pages whose text their scripts bring: Chromium by scrapy-playwright, behind the guard."""

from __future__ import annotations

import logging
import os
import shutil
from contextlib import suppress
from importlib.util import find_spec
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from newscrawl.addresses import Allowed
from newscrawl.downloads.guard_proxy import REFUSED, GuardProxy
from newscrawl.errors import UsageError
from newscrawl.extensions.store import require_options
from newscrawl.middlewares.private_address import PrivateAddressMiddleware, resolve
from newscrawl.middlewares.refusals import Refused
from newscrawl.outcomes import Reason
from newscrawl.sources.catalogue import is_drawn

logger = logging.getLogger(__name__)

RENDER = "newscrawl_render"
"""request.meta: a browser is to draw the page."""

SETTLED_MS = 8_000  # that a page may go on asking for data after it is there
UNSEEN = frozenset({"image", "media", "font"})
"""What the browser does not load: no text is in it."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
VALIDATORS = ("ETag", "Last-Modified", "Content-Encoding", "Content-Length")
FAULTS = {
    "Timeout": Reason.DOWNLOAD_TIMEOUT,
    "ERR_TIMED_OUT": Reason.DOWNLOAD_TIMEOUT,
    "ERR_CERT": Reason.CERTIFICATE,
    "ERR_CONNECTION": Reason.CONNECTION,
    "ERR_TUNNEL": Reason.CONNECTION,
    "ERR_EMPTY_RESPONSE": Reason.CONNECTION,
}
"""What the message of a browser's error holds, and what it means."""


class BrowserExtension:
    """Draws pages for the download handler; the browser starts with the first of them, and ends with the crawl.

    All that the browser asks for goes by a proxy of ours, which connects to public addresses, and to those that the
    person named, only: redirects and the requests of scripts too. It has no cookies of earlier pages, loads no images,
    and Chromium's own sandbox is on unless root runs it, which Chromium refuses.

    Stats: ``newscrawl/browser/pages``, ``newscrawl/browser/starts``.
    """

    def __init__(self, crawler: Crawler) -> None:
        from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

        self.crawler = crawler
        self.proxy = GuardProxy(self.allowed, resolve, self.refused)
        self.last_refused = ""
        self.handler = ScrapyPlaywrightDownloadHandler(crawler)
        self.handler.browser_provider_cls = lazy_provider(crawler)
        self.handler.abort_request = is_unseen
        self.handler.config.launch_options = self.launch_options(crawler)
        if self.handler.config.navigation_timeout_ms is None:
            self.handler.config.navigation_timeout_ms = 1000 * crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)  # a page's fate is its outcome

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not is_drawn(require_options(crawler).sources):
            raise NotConfigured
        extension = cls(crawler)
        crawler.signals.connect(extension.close, signals.engine_stopped)
        return extension

    @staticmethod
    def launch_options(crawler: Crawler) -> dict[str, Any]:
        """Return how Chromium is started: ``PLAYWRIGHT_LAUNCH_OPTIONS``, with the system's own unless they name one."""
        options = dict(crawler.settings.getdict("PLAYWRIGHT_LAUNCH_OPTIONS"))
        if "executable_path" not in options and (path := next(filter(None, map(shutil.which, BROWSERS)), None)):
            options["executable_path"] = path
        if os.geteuid() == 0:
            options["args"] = [*options.get("args", ()), "--no-sandbox"]
        return options

    def allowed(self) -> Allowed:
        """Return what may be connected to; all of it where a project has switched the guard off."""
        guard = self.crawler.get_downloader_middleware(PrivateAddressMiddleware)
        return guard.allowed if guard is not None else Allowed(everything=True)

    def refused(self, host: str, port: int, address: str) -> None:
        """Note what the browser was kept from."""
        self.last_refused = f"{host}:{port} is {address}"
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value("newscrawl/private_address/refused")
        logger.warning(
            "The browser is kept from %s:%d, a private address (%s); see NEWSCRAWL_ALLOW_PRIVATE", host, port, address
        )

    async def draw(self, request: Request) -> Response:
        """Return the page as it is when its scripts have run. Raises :class:`Refused`."""
        from playwright.async_api import Error
        from scrapy_playwright.page import PageMethod

        assert self.crawler.stats is not None
        proxy = request.meta.get("proxy")  # of the person's own: there it is that proxy that resolves names
        meta = {
            **request.meta,
            "playwright": True,
            "playwright_context": proxy or "guarded",
            "playwright_context_kwargs": {
                "proxy": {"server": proxy or await self.proxy.start(), "bypass": "<-loopback>"},
                "accept_downloads": False,
                "service_workers": "block",
                "ignore_https_errors": not self.crawler.settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES"),
            },
            "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
            "playwright_page_methods": [PageMethod(settled)],
        }
        self.crawler.stats.inc_value("newscrawl/browser/pages")
        self.last_refused = ""
        drawn = request.replace(meta=meta)
        try:
            response: Response = await self.handler.download_request(drawn)
        except Error as error:
            text = str(error).splitlines()[0]
            if self.last_refused and "ERR_" in text:
                raise Refused(Reason.PRIVATE_ADDRESS, self.last_refused) from None
            reason = next((reason for mark, reason in FAULTS.items() if mark in text), Reason.BAD_RESPONSE)
            raise Refused(reason, f"the browser says: {text[:160]}") from None
        request.meta["download_latency"] = drawn.meta.get("download_latency", 0.0)
        if refusal := response.headers.get(REFUSED):
            private = refusal == b"private-address"
            reason = Reason.PRIVATE_ADDRESS if private else Reason.CONNECTION
            raise Refused(reason, self.last_refused if private else "no connection")
        if 0 < self.crawler.settings.getint("DOWNLOAD_MAXSIZE") < len(response.body):
            raise Refused(Reason.TOO_LARGE, f"{len(response.body)} bytes when it was drawn")
        for name in VALIDATORS:  # of what came, not of what was drawn
            response.headers.pop(name, None)
        return response

    async def close(self) -> None:
        """End the browser and the proxy."""
        with suppress(Exception):  # a browser that died
            await self.handler.close()
        await self.proxy.close()


def require_browser() -> None:
    """Raise UsageError where pages are to be drawn and there is nothing that could."""
    if find_spec("scrapy_playwright") is None:
        raise UsageError("render needs a browser; install one by pip install 'newscrawl[browser]', and Chromium")


def is_unseen(request: Any) -> bool:
    """Tell whether the browser may do without what it asks for."""
    return request.resource_type in UNSEEN


async def settled(page: Any) -> None:
    """Return when *page* has asked for nothing for half a second, or after a while all the same."""
    from playwright.async_api import Error

    with suppress(Error):
        await page.wait_for_load_state("networkidle", timeout=SETTLED_MS)


def lazy_provider(crawler: Crawler) -> type[Any]:
    """Return the provider of the browser, whose driver starts with the browser, not with the crawl."""
    from scrapy_playwright.provider import PlaywrightBrowserProvider

    class LazyProvider(PlaywrightBrowserProvider):  # type: ignore[misc]
        """Starts Playwright's driver with the browser, for many a run draws nothing."""

        async def start(self) -> None:
            """Start nothing yet."""

        async def launch_browser(self) -> Any:
            """Start driver and browser."""
            await super().start()
            assert crawler.stats is not None
            crawler.stats.inc_value("newscrawl/browser/starts")
            return await super().launch_browser()

        async def close(self) -> None:
            """End the driver, if it was started."""
            if self.playwright is not None:
                await super().close()

    return LazyProvider

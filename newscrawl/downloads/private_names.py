"""All that we use of Scrapy and Twisted without their leave: names that begin with an underscore.

Scrapy's version is bounded in ``pyproject.toml`` for their sake; ``tests/integration/test_private_names.py`` says
which of them a new version has changed, and finds one that is used elsewhere.
"""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers import http11
from scrapy.crawler import Crawler
from twisted.internet.interfaces import IAddress

MAX_HEADER_BYTES = 2 << 20  # Twisted has no limit but time: 30 s of headers at full speed are gigabytes
MAX_HEADERS = 10_000  # 200,000 short ones cost the event loop a second
MAX_HEADER_LINE_BYTES = 1 << 16  # Twisted's 16 kB turn away some sites' Content-Security-Policy


def bound_headers(handler: http11.HTTP11DownloadHandler) -> None:
    """Make the connections of *handler* end where a server sends more headers than any site does.

    Neither library has a limit or a hook: the parser is made inside Twisted's protocol, which its factory makes, which
    the handler's pool holds.
    """
    handler._pool._factory = _BoundedFactory


def is_closing(crawler: Crawler) -> bool:
    """Tell whether the crawl is ending; Scrapy has signals for the end, but none for its beginning."""
    slot = getattr(crawler.engine, "_slot", None)
    return not crawler.crawling or getattr(slot, "closing", None) is not None


class _BoundedParser(http11._LenientHTTPClientParser):
    MAX_LENGTH = MAX_HEADER_LINE_BYTES
    _header_lines = _header_bytes = 0

    def lineReceived(self, line: bytes) -> None:
        self._header_lines += 1
        self._header_bytes += len(line)
        if self._header_lines > MAX_HEADERS or self._header_bytes > MAX_HEADER_BYTES:
            raise ValueError(f"more than {MAX_HEADERS} headers or {MAX_HEADER_BYTES} bytes of them")
        super().lineReceived(line)


class _BoundedProtocol(http11._LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Any:
        answer = super().request(request)
        self._parser.__class__ = _BoundedParser  # as Scrapy does: the class is named inside Twisted's request()
        return answer


class _BoundedFactory(http11._LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _BoundedProtocol:
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]

"""Unpacks answers within the size limit."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response, TextResponse
from scrapy.responsetypes import responsetypes

from newscrawl.downloads.decoding import TooLarge, Undecodable, decode
from newscrawl.middlewares.refusals import Refused
from newscrawl.outcomes import Reason


class DecompressMiddleware:
    """Undo Content-Encoding; stop where the unpacked body passes ``DOWNLOAD_MAXSIZE``.

    Takes the place of Scrapy's ``HttpCompressionMiddleware``, which fails on plain pages marked as gzip and lets a zstd
    frame claim a window of 128 MiB. ``request.meta["download_maxsize"]`` sets another limit for one request;
    ``request.meta["newscrawl_head_bytes"]`` asks for so many bytes and no more.
    """

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DecompressMiddleware:
        if not crawler.settings.getbool("COMPRESSION_ENABLED"):
            raise NotConfigured
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        request.headers.setdefault("Accept-Encoding", "gzip, deflate, br, zstd")

    def process_response(self, request: Request, response: Response) -> Response:
        header = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        if not header or request.method == "HEAD":
            return response
        head = request.meta.get("newscrawl_head_bytes")
        limit = head or request.meta.get("download_maxsize", self.max_bytes)
        try:
            body = decode(
                response.body, [coding.strip().lower() for coding in header.split(",")], limit, cut=bool(head)
            )
        except TooLarge as error:
            raise Refused(Reason.TOO_LARGE, str(error)) from None
        except Undecodable as error:
            raise Refused(Reason.BAD_RESPONSE, f"Content-Encoding {header[:60]!r}: {error}") from None
        del response.headers["Content-Encoding"]
        kind = responsetypes.from_args(headers=response.headers, url=response.url, body=body)
        if issubclass(kind, TextResponse):
            return response.replace(cls=kind, body=body, encoding=None)
        return response.replace(cls=kind, body=body)

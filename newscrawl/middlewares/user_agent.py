"""Says who we are."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl import __version__
from newscrawl.configuration import Configuration


class UserAgentMiddleware:
    """Send ``newscrawl/0.2.0 (+https://example.org/contact)``, so that a site's owner can reach whoever crawls.

    Knobs: ``NEWSCRAWL_CONTACT``; a ``USER_AGENT`` of your own takes this one's place.
    """

    def __init__(self, contact: str = "") -> None:
        contact = " ".join("".join(c if c.isprintable() else " " for c in contact).split())
        self.user_agent = f"newscrawl/{__version__}" + (f" (+{contact})" if contact else "")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> UserAgentMiddleware:
        if (crawler.settings.getpriority("USER_AGENT") or 0) > 0:  # above Scrapy's default
            raise NotConfigured
        return cls(Configuration.read(crawler.settings).contact)

    def process_request(self, request: Request) -> None:
        request.headers.setdefault("User-Agent", self.user_agent)

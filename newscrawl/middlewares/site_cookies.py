"""Sends the cookies that a person's rules for a site name."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.extensions.workers import WorkersExtension
from newscrawl.extraction.rules.site_rules import SiteBook


class SiteCookiesMiddleware:
    """Send a site's own cookies (``cookies`` of ``[site."example.com"]``) to it, beside those that it set itself."""

    def __init__(self, sites: SiteBook) -> None:
        self.sites = sites

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        workers = crawler.get_extension(WorkersExtension)
        if workers is None or not any(rules.cookies for rules in workers.pool.sites.by_host.values()):
            raise NotConfigured
        return cls(workers.pool.sites)

    def process_request(self, request: Request) -> None:
        rules = self.sites.of(request.url)
        if rules is None or not rules.cookies:
            return
        kept = (request.headers.get("Cookie") or b"").decode("latin-1")
        known = {part.partition("=")[0].strip() for part in kept.split(";")}
        own = [f"{name}={value}" for name, value in rules.cookies.items() if name not in known]
        request.headers["Cookie"] = "; ".join([*own, *([kept] if kept else [])])

"""Keeps the cookies of the sources whose person asked for that."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.cookies import CookieJar

from newscrawl.extensions.store import require_options
from newscrawl.middlewares.source import source_of
from newscrawl.sources.source import Source

NEW_COOKIES = "newscrawl_new_cookies"  # request.meta: its answer set a cookie that we did not have


class SourceCookiesMiddleware:
    """Send a source's own cookies to the hosts that it names, and what its sites set back to those sites.

    Each source has a jar of its own, which ends with the run: what one source was told, another does not tell. Where
    ``COOKIES_ENABLED`` is on, Scrapy keeps the cookies of all sources but those that say ``cookies = false``.
    """

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self.sources = {source.name: source for source in sources if source.keeps_cookies is not None}
        self.hosts = {source.name: source.hosts for source in sources if source.own_cookies}
        self.jars: defaultdict[str, CookieJar] = defaultdict(CookieJar)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(require_options(crawler).sources)

    def process_request(self, request: Request) -> None:
        source = source_of(request, self.sources)
        if source is None:
            return
        request.meta["dont_merge_cookies"] = True  # for Scrapy, which would keep them in another jar
        if not source.keeps_cookies:
            return
        request.headers.pop("Cookie", None)  # those of the host that redirected
        self.jars[source.name].add_cookie_header(request)
        if (urlsplit(request.url).hostname or "") in self.hosts.get(source.name, ()):
            kept = (request.headers.get("Cookie") or b"").decode("latin-1")
            set_by_site = {part.split("=")[0].strip() for part in kept.split(";")}
            own = [f"{name}={value}" for name, value in source.own_cookies.items() if name not in set_by_site]
            request.headers["Cookie"] = "; ".join([*own, *([kept] if kept else [])])

    def process_response(self, request: Request, response: Response) -> Any:
        source = source_of(request, self.sources)
        if source is not None and source.keeps_cookies:
            jar = self.jars[source.name]
            before = {(cookie.domain, cookie.name, cookie.value) for cookie in jar}
            jar.extract_cookies(response, request)
            request.meta[NEW_COOKIES] = {(cookie.domain, cookie.name, cookie.value) for cookie in jar} != before
        return response

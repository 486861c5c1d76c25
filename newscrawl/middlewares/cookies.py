"""Keeps the cookies of the sources whose person asked for that, and of sites that show nothing without."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.cookies import CookieJar

from newscrawl.extensions.store import require_options
from newscrawl.sources.asking import source_of
from newscrawl.sources.catalogue import by_name
from newscrawl.sources.source import Source

NEW_COOKIES = "newscrawl_new_cookies"  # request.meta: its answer set a cookie that it did not send
OFFERED = "newscrawl_cookies_offered"  # request.meta: an answer on the way to it set a cookie
NEEDED = "newscrawl_cookies_needed"  # request.meta: its site has led back to it, and set a cookie on the way


class SourceCookiesMiddleware:
    """Send a source's own cookies to the hosts that it names, and what its sites set back to those sites.

    Each source has a jar of its own, which ends with the run: what one source was told, another does not tell. Where
    ``COOKIES_ENABLED`` is on, Scrapy keeps the cookies of all sources but those that say ``cookies = false``.

    A source that says nothing sends cookies only to hosts that have shown that they need them: one that sets a cookie
    and leads back to the address that was asked for.
    """

    def __init__(self, sources: Sequence[Source], *, is_on: bool = False) -> None:
        self.sources = by_name(sources)
        self.is_on = is_on
        self.hosts: dict[str, frozenset[str]] = {}
        """Of the sources met that have cookies of their own."""

        self.jars: defaultdict[str, CookieJar] = defaultdict(CookieJar)
        self.needed: defaultdict[str, set[str]] = defaultdict(set)
        """Hosts that need cookies, by source."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(require_options(crawler).sources, is_on=crawler.settings.getbool("COOKIES_ENABLED"))

    def process_request(self, request: Request) -> None:
        source = source_of(request, self.sources)
        if source is None:
            return
        if source.keeps_cookies is None:
            if not self.is_on:
                self.send_needed(request, source)
            return
        request.meta["dont_merge_cookies"] = True  # for Scrapy, which would keep them in another jar
        if not source.keeps_cookies:
            return
        request.headers.pop("Cookie", None)  # those of the host that redirected
        self.jars[source.name].add_cookie_header(request)
        if source.own_cookies and (urlsplit(request.url).hostname or "") in self.hosts_of(source):
            kept = (request.headers.get("Cookie") or b"").decode("latin-1")
            set_by_site = {part.split("=")[0].strip() for part in kept.split(";")}
            own = [f"{name}={value}" for name, value in source.own_cookies.items() if name not in set_by_site]
            request.headers["Cookie"] = "; ".join([*own, *([kept] if kept else [])])

    def hosts_of(self, source: Source) -> frozenset[str]:
        """Return the hosts that *source* names."""
        if source.name not in self.hosts:
            self.hosts[source.name] = source.hosts
        return self.hosts[source.name]

    def send_needed(self, request: Request, source: Source) -> None:
        """Send back what the sites of a source set that says nothing of cookies, to the hosts that need it."""
        host = urlsplit(request.url).hostname or ""
        if request.meta.pop(NEEDED, False):
            self.needed[source.name].add(host)
        if "Cookie" in request.headers and not source.headers:
            request.headers.pop("Cookie")  # those of the host that redirected
        if host in self.needed.get(source.name, ()):
            self.jars[source.name].add_cookie_header(request)

    def process_response(self, request: Request, response: Response) -> Any:
        source = source_of(request, self.sources)
        if source is None or (source.keeps_cookies is None and self.is_on):
            return response
        if source.keeps_cookies is not False and "Set-Cookie" in response.headers:
            self.jars[source.name].extract_cookies(response, request)
            sent = (request.headers.get("Cookie") or b"").split(b"; ")
            offered = [cookie.partition(b";")[0].strip() for cookie in response.headers.getlist("Set-Cookie")]
            request.meta[NEW_COOKIES] = any(cookie not in sent for cookie in offered)
            request.meta[OFFERED] = True
        return response

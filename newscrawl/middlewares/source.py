"""Does with each request what the sites file says of its source."""

from __future__ import annotations

from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from newscrawl.extensions.store import require_options
from newscrawl.middlewares.refusals import Refused
from newscrawl.outcomes import Reason
from newscrawl.sources.source import Source
from newscrawl.sources.values import with_scheme


class SourceMiddleware:
    """Refuse articles outside ``allow`` or within ``deny``; send the source's headers; keep its delay.

    Headers go only to the hosts that the source names, also after a redirect. Of two sources that share a host the
    longer delay holds, and a Crawl-delay of its robots.txt where that is longer still.
    """

    def __init__(self, crawler: Crawler, sources: tuple[Source, ...]) -> None:
        self.crawler = crawler
        self.sources = {source.name: source for source in sources}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler, require_options(crawler).sources)

    def process_request(self, request: Request) -> None:
        pending: Any = request.cb_kwargs.get("pending")
        given: Any = request.cb_kwargs.get("source")
        name = pending.source if pending is not None else getattr(given, "name", None)
        source = self.sources.get(name) if name is not None else None
        if source is None:
            return
        if pending is not None and not source.wants(request.url):
            raise Refused(Reason.DENIED, "allow and deny of its source leave it out")
        own = (urlsplit(request.url).hostname or "") in hosts_of(source)
        for header, value in source.headers.items():
            if own:
                request.headers[header] = value
            else:
                request.headers.pop(header, None)
        if source.delay_s is not None:
            self.slow_down(request, source.delay_s)

    def slow_down(self, request: Request, delay: float) -> None:
        """Give the request's host a slot with *delay*, unless it has one that is slower."""
        assert self.crawler.engine is not None
        downloader = self.crawler.engine.downloader
        key = request.meta.get("download_slot") or urlsplit(request.url).netloc
        delay = max(delay, downloader.per_slot_settings.get(key, {}).get("delay", 0.0))
        request.meta["download_slot"] = key
        request.meta["autothrottle_dont_adjust_delay"] = True
        downloader.per_slot_settings[key] = {"delay": delay, "concurrency": 1, "jitter": 0.0}
        if (slot := downloader.slots.get(key)) and slot.delay < delay:
            slot.delay, slot.jitter = delay, 0.0


def hosts_of(source: Source) -> frozenset[str]:
    """Return the hosts that the person named for *source*."""
    return frozenset(urlsplit(with_scheme(url)).hostname or "" for url in (*source.urls, *source.listed))

"""Does with each request what the sites file says of its source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from newscrawl.extensions.store import require_options
from newscrawl.middlewares.refusals import Refused
from newscrawl.outcomes import Reason
from newscrawl.sources.asking import source_of
from newscrawl.sources.catalogue import by_name
from newscrawl.sources.source import Source


class SourceMiddleware:
    """Refuse articles outside ``allow`` or within ``deny``; send the source's headers; keep its delay and concurrency.

    Headers go only to the hosts that the source names, also after a redirect. Of two sources that share a host the
    longer delay and the lower concurrency hold, and a Crawl-delay of its robots.txt where that is longer still.
    Each port of a host is paced by itself.
    """

    def __init__(self, crawler: Crawler, sources: Sequence[Source]) -> None:
        self.crawler = crawler
        self.sources = by_name(sources)
        self.hosts: dict[str, frozenset[str]] = {}
        """Of the sources met that have headers."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler, require_options(crawler).sources)

    def process_request(self, request: Request) -> None:
        source = source_of(request, self.sources)
        if source is None:
            return
        if "pending" in request.cb_kwargs and not source.wants(request.url):
            raise Refused(Reason.DENIED, "allow and deny of its source leave it out")
        if source.headers and source.name not in self.hosts:
            self.hosts[source.name] = source.hosts
        own = source.headers and (urlsplit(request.url).hostname or "") in self.hosts[source.name]
        for header, value in source.headers.items():
            if own:
                request.headers[header] = value
            else:
                request.headers.pop(header, None)
        parts = urlsplit(request.url)
        if source.from_file and parts.port:  # a server of its own, whose silence must not hold up the other ports
            request.meta.setdefault("download_slot", parts.netloc)
        if source.delay_s is not None or source.concurrency is not None:
            self.pace(request, source)

    def pace(self, request: Request, source: Source) -> None:
        """Give the request's host a slot with the source's delay and concurrency, unless its own are slower."""
        assert self.crawler.engine is not None
        downloader = self.crawler.engine.downloader
        key = request.meta.get("download_slot") or urlsplit(request.url).netloc
        known = downloader.per_slot_settings.get(key, {})
        concurrency = source.concurrency or (1 if source.delay_s is not None else None)
        chosen = {**known, "concurrency": min(concurrency or 1, known.get("concurrency", concurrency or 1))}
        if source.delay_s is not None:
            chosen |= {"delay": max(source.delay_s, known.get("delay", 0.0)), "jitter": 0.0}
            request.meta["autothrottle_dont_adjust_delay"] = True
        request.meta["download_slot"] = key
        downloader.per_slot_settings[key] = chosen
        if slot := downloader.slots.get(key):
            slot.concurrency = min(slot.concurrency, chosen["concurrency"])
            if slot.delay < chosen.get("delay", 0.0):
                slot.delay, slot.jitter = chosen["delay"], 0.0

"""The order of what is scheduled: no host has more requests under way than it can answer at once."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader import Downloader
from scrapy.pqueues import DownloaderAwarePriorityQueue

WAITS = "newscrawl_waits"  # request.meta: its host asked for a pause, and its place is lent to another


class HostPriorityQueue(DownloaderAwarePriorityQueue):
    """Hand out the request of the host with the fewest under way; none of one that has its concurrency and some more.

    Scrapy counts only what stands in a host's slot, not what a middleware holds: of a host whose robots.txt hangs it
    hands out all pages, until they hold all of ``CONCURRENT_REQUESTS`` and no other host is asked for anything. A
    server of its own is a host with its port, as :class:`~newscrawl.middlewares.source.SourceMiddleware` has it.
    """

    def pop(self) -> Request | None:
        """Return the next request, of the hosts in turn; None where every host that has some is busy."""
        assert self.crawler.engine is not None
        downloader = self.crawler.engine.downloader
        under_way = Counter(host_of(request) for request in downloader.active if WAITS not in request.meta)
        host = next((host for host in self.pqueues if host not in under_way), None)
        if host is None:  # all are busy, so there are no more of them than requests under way
            free = [host for host in self.pqueues if under_way[host] <= most_of(downloader, host)]
            host = min(free, key=under_way.__getitem__, default=None)
        if host is None:
            return None
        queue = self.pqueues.pop(host)
        request = queue.pop()
        if len(queue):
            self.pqueues[host] = queue  # behind all others
        else:
            queue.close()
        return request

    def push(self, request: Request) -> None:
        """Put *request* behind those of its host."""
        host = host_of(request)
        if host not in self.pqueues:
            self.pqueues[host] = self.pqfactory(host)
        self.pqueues[host].push(request)


def host_of(request: Request) -> str:
    """Return where *request* goes: the slot that it names, else host and port."""
    slot: str = request.meta.get("download_slot") or urlsplit(request.url).netloc.rpartition("@")[2].lower()
    return slot


def most_of(downloader: Downloader, host: str) -> int:
    """Return how many requests of *host* may be under way when it gets one more: some wait for their turn there."""
    slot = downloader.slots.get(host) or downloader.slots.get(host.rpartition(":")[0] or host)
    given = downloader.per_slot_settings.get(host, {}).get("concurrency")
    concurrency: int = slot.concurrency if slot is not None else given or downloader.domain_concurrency
    return concurrency + concurrency // 8

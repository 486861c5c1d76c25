"""Which request is handed to the downloader next."""

from __future__ import annotations

from types import SimpleNamespace

from scrapy import Request
from scrapy.squeues import FifoMemoryQueue
from scrapy.utils.test import get_crawler

from newscrawl.downloads.host_queue import WAITS, HostPriorityQueue


def queue_of(*urls: str, concurrency: int = 2) -> HostPriorityQueue:
    crawler = get_crawler()
    downloader = SimpleNamespace(active=set(), slots={}, per_slot_settings={}, domain_concurrency=concurrency)
    crawler.engine = SimpleNamespace(downloader=downloader)
    queue = HostPriorityQueue.from_crawler(crawler, FifoMemoryQueue, "")
    for url in urls:
        queue.push(Request(url))
    return queue


def handed_out(queue: HostPriorityQueue) -> list[str]:
    """Return the URLs of the requests that go into the downloader, none of which ends."""
    active, urls = queue.crawler.engine.downloader.active, []
    while (request := queue.pop()) is not None:
        active.add(request)
        urls.append(request.url)
    return urls


def test_hosts_take_turns_and_none_gets_more_than_its_concurrency_and_one():
    queue = queue_of(*(f"http://a.example/{n}" for n in range(9)), "http://b.example/0", "http://b.example/1")

    assert handed_out(queue) == [
        *("http://a.example/0", "http://b.example/0", "http://a.example/1", "http://b.example/1"),
        "http://a.example/2",
    ]
    assert len(queue) == 6


def test_each_port_is_a_host():
    queue = queue_of(*(f"http://a.example:{port}/{n}" for port in (81, 82) for n in range(4)), concurrency=1)

    assert len(handed_out(queue)) == 4


def test_a_request_whose_host_asked_for_a_pause_has_lent_its_place():
    queue = queue_of("http://a.example/new", concurrency=0)
    queue.crawler.engine.downloader.active.add(Request("http://a.example/", meta={WAITS: True}))

    assert handed_out(queue) == ["http://a.example/new"]


def test_what_ended_makes_room_for_the_next():
    queue = queue_of("http://a.example/0", "http://a.example/1", concurrency=0)

    assert handed_out(queue) == ["http://a.example/0"]
    queue.crawler.engine.downloader.active.clear()
    assert handed_out(queue) == ["http://a.example/1"]
    assert len(queue) == 0

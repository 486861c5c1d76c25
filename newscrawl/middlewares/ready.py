"""Asks for nothing before it can be read."""

from __future__ import annotations

import asyncio

from scrapy import Request
from scrapy.crawler import Crawler

from newscrawl.extensions.workers import WorkersExtension


class ReadyWorkersMiddleware:
    """Hold a document back until there is a worker to read it, a second after the start on a machine with nothing else.

    A feed that moves on shows a story for a while. From its answer to the story in the store it then takes 0.05 s and
    not 1.3, in which a kill would lose it. What needs no worker, a robots.txt, is asked for meanwhile.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ReadyWorkersMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        workers = self.crawler.get_extension(WorkersExtension)
        if workers is not None and "document" in request.cb_kwargs:
            await asyncio.shield(workers.pool.ready())

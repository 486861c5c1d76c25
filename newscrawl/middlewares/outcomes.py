"""Ties each item to the page that it came from."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler

from newscrawl.extensions.outcomes import OutcomesExtension, outcomes_of, pending_of
from newscrawl.user_items import url_of


class OutcomesMiddleware:
    """Tells :class:`~newscrawl.extensions.outcomes.OutcomesExtension` which page of the frontier gave which item.

    So a spider of your own may yield items of its own kind, after redirects too. A page for which its callback gives
    neither an item nor a request is written to the rejected log as ``dropped``.
    """

    def __init__(self, outcomes: OutcomesExtension) -> None:
        self.outcomes = outcomes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(outcomes_of(crawler))

    async def process_spider_output(self, response: Any, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        pending = pending_of(response)
        gave = False
        async for output in result:
            gave = True
            if pending is not None and not isinstance(output, Request) and (url := url_of(output)):
                self.outcomes.expect(url, pending)
            yield output
        if pending is not None and not gave:
            await self.outcomes.page_ended(pending)

"""Saved pages of one site teach each other what its template repeats, whatever their order."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from newscrawl.items import Article
from newscrawl.saved.page import SavedPage
from newscrawl.saved.reextraction import extract_all
from newscrawl.workers import WorkerPool
from tests.newspaper import article

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PRINTED = "The Harbour Post is set, folded and argued over on Quay Street by nine people and a cat."


def bodies(pages: list[SavedPage]) -> list[str]:
    async def run() -> list[str]:
        pool = WorkerPool(2, 60.0, 0)
        pool.start()
        try:
            found = [one.result async for one in extract_all(pool, pages, NOW)]
        finally:
            pool.close()
        assert all(isinstance(result, Article) for result in found)
        return [result.body for result in found if isinstance(result, Article)]

    return asyncio.run(run())


def page(number: int, host: str = "a.example") -> SavedPage:
    html = article(number).replace("</article>", f"<p>{PRINTED}</p></article>")
    assert PRINTED in html
    return SavedPage(str(number), f"https://{host}/news/{number}", html=html.encode())


def test_the_first_pages_too_lose_the_line_that_later_pages_repeat():
    assert [PRINTED in body for body in bodies([page(number) for number in range(4)])] == [False] * 4


def test_a_line_of_one_page_alone_stays():
    assert [PRINTED in body for body in bodies([page(0), page(1, "b.example"), page(2, "c.example")])] == [True] * 3

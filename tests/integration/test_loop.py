from __future__ import annotations

import asyncio
import time

from scrapy.utils.test import get_crawler

from newscrawl.extensions.loop import LoopExtension


def silence_ms(block_s: float) -> int:
    async def run() -> None:
        extension.start()
        await asyncio.sleep(0.1)
        time.sleep(block_s)  # noqa: ASYNC251  # what the extension is there to find
        await asyncio.sleep(0.1)
        extension.stop()

    crawler = get_crawler(settings_dict={"NEWSCRAWL_LOOP_WATCH": True})
    extension = LoopExtension.from_crawler(crawler)
    asyncio.run(run())
    found: int = crawler.stats.get_value("newscrawl/loop/max_silence_ms")
    return found


def test_measures_what_blocks_the_loop():
    assert 250 <= silence_ms(0.3) < 2000


def test_a_loop_that_is_free_is_not_silent():
    assert silence_ms(0) < 250

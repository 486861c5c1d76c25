from __future__ import annotations

import asyncio
import time

import pytest
from scrapy.utils.test import get_crawler

from newscrawl.extensions.loop import TICK_S, LoopExtension


@pytest.mark.parametrize("blocked_s", [0, 0.3])
def test_measures_what_blocks_the_loop(blocked_s):
    """By a clock that goes a tick at each look, and once by as much more as the loop was blocked."""
    looks, measured = 0, asyncio.Event()

    def clock() -> float:
        nonlocal looks
        looks += 1
        if looks == 6:
            measured.set()
        return looks * TICK_S + (blocked_s if looks > 3 else 0)

    async def run() -> None:
        extension.start()
        await measured.wait()
        extension.stop()

    crawler = get_crawler(settings_dict={"NEWSCRAWL_LOOP_WATCH": True})
    extension = LoopExtension.from_crawler(crawler)
    extension.clock = clock
    asyncio.run(run())

    assert crawler.stats.get_value("newscrawl/loop/max_silence_ms") == blocked_s * 1000


def test_measures_the_processor_time_between_two_turns_of_the_loop():
    async def run() -> None:
        extension.start()
        await asyncio.sleep(2 * TICK_S)
        begin = time.thread_time()
        while time.thread_time() - begin < 0.1:
            pass
        await asyncio.sleep(2 * TICK_S)
        extension.stop()

    crawler = get_crawler(settings_dict={"NEWSCRAWL_LOOP_WATCH": True})
    extension = LoopExtension.from_crawler(crawler)
    asyncio.run(run())

    assert crawler.stats.get_value("newscrawl/loop/max_busy_ms") >= 100

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest

from newscrawl.extraction.page import Page
from newscrawl.outcomes import Reason, Rejection
from newscrawl.workers import WorkerError, WorkerPool
from newscrawl.workers.forkserver import GROWN_MIB
from tests import workload

PRELOAD = ("tests.workload",)
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@asynccontextmanager
async def pool(**options: Any) -> AsyncIterator[WorkerPool]:
    settings = {"size": 2, "timeout_s": 1.0, "memory_mib": 200, "preload": PRELOAD, **options}
    workers = WorkerPool(**settings)
    workers.start()
    try:
        yield workers
    finally:
        workers.close()


def with_pool(body: Callable[[WorkerPool], Coroutine[Any, Any, Any]], **options: Any) -> Any:
    async def run() -> Any:
        async with pool(**options) as workers:
            return await body(workers)

    return asyncio.run(run())


def test_runs_tasks_in_other_processes():
    async def body(workers):
        return await asyncio.gather(*(workers.run(workload.double, n) for n in range(50))), await workers.run(
            workload.pid
        )

    results, pid = with_pool(body)

    assert results == [2 * n for n in range(50)]
    assert pid != os.getpid()


@pytest.mark.parametrize(
    ("task", "args", "reason"),
    [
        pytest.param(workload.sleep, (60,), Reason.PARSE_TIMEOUT, id="slow"),
        pytest.param(workload.stuck_in_c, (), Reason.PARSE_TIMEOUT, id="stuck-in-c"),
        pytest.param(workload.greedy, (4000,), Reason.PARSE_MEMORY, id="greedy"),
        pytest.param(workload.abort, (), Reason.PARSE_CRASH, id="abort"),
        pytest.param(workload.segfault, (), Reason.PARSE_CRASH, id="segfault"),
        pytest.param(workload.leave, (), Reason.PARSE_CRASH, id="exit"),
        pytest.param(workload.fail, (), Reason.PARSE_CRASH, id="exception"),
        pytest.param(workload.deep, (10**6,), Reason.PARSE_CRASH, id="recursion"),
        pytest.param(workload.unpicklable, (), Reason.PARSE_CRASH, id="unpicklable-result"),
    ],
)
def test_a_bad_task_is_its_own_loss(task, args, reason):
    async def body(workers):
        begin = time.monotonic()
        others = [asyncio.ensure_future(workers.run(workload.double, n)) for n in range(5)]
        with pytest.raises(WorkerError) as error:
            await workers.run(task, *args)
        others += [asyncio.ensure_future(workers.run(workload.double, n)) for n in range(5, 10)]
        return error.value, await asyncio.gather(*others), time.monotonic() - begin, workers.counts

    error, others, took_s, counts = with_pool(body)

    assert error.reason is reason
    assert error.detail.isprintable()
    assert others == [2 * n for n in range(10)]
    assert took_s < 5
    assert counts == {"tasks": 11, reason.value: 1}


def test_a_stuck_task_holds_nobody_up():
    async def body(workers):
        stuck = asyncio.ensure_future(workers.run(workload.stuck_in_c))
        await asyncio.sleep(0.2)
        for n in range(20):
            await workers.run(workload.double, n)
        was_stuck = not stuck.done()
        with pytest.raises(WorkerError):
            await stuck
        return was_stuck

    assert with_pool(body, timeout_s=3.0)


def test_a_task_that_only_waits_for_its_turn_is_not_given_up():
    assert with_pool(lambda workers: workers.run(workload.sleep, 1.3)) == 1.3


def test_a_dead_worker_is_replaced_at_once():
    async def body(workers):
        await workers.run(workload.double, 1)
        begin = time.monotonic()
        for _ in range(10):
            with pytest.raises(WorkerError):
                await workers.run(workload.leave)
        return time.monotonic() - begin

    assert with_pool(body) < 3


def test_a_worker_is_replaced_after_so_many_tasks():
    async def body(workers):
        return len({await workers.run(workload.pid) for _ in range(10)})

    assert with_pool(body, size=1, max_tasks=5) == 2
    assert with_pool(body, size=1) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize(("mib", "processes"), [(GROWN_MIB // 4, 1), (GROWN_MIB * 2, 2)])
def test_a_worker_is_replaced_when_it_has_grown(mib, processes):
    async def body(workers):
        first = await workers.run(workload.pid)
        await workers.run(workload.keep, mib)
        return len({first, await workers.run(workload.pid)})

    assert with_pool(body, size=1) == processes


def test_the_parent_of_the_workers_is_replaced_when_somebody_kills_it():
    async def body(workers):
        await workers.run(workload.double, 1)
        for child in psutil.Process().children(recursive=True):
            child.kill()
        psutil.wait_procs(psutil.Process().children(), timeout=1)
        first = await asyncio.gather(*(workers.run(workload.double, n) for n in range(4)), return_exceptions=True)
        second = await asyncio.gather(*(workers.run(workload.double, n) for n in range(4)))
        return first, second

    first, second = with_pool(body)

    assert all(result == 2 * n or isinstance(result, WorkerError) for n, result in enumerate(first))
    assert second == [0, 2, 4, 6]


def test_an_extraction_that_takes_too_long_is_tried_the_quick_way(monkeypatch):
    asked: list[Any] = []

    async def too_slow(self, task, page, url, memory):
        asked.append(page.fast)
        raise WorkerError(Reason.PARSE_TIMEOUT, "more than 1 s")

    monkeypatch.setattr(WorkerPool, "run", too_slow)
    result, observation = asyncio.run(WorkerPool(1, 1.0, 0).extract(Page(b"", NOW), "http://a.example/"))

    assert asked == [False, True]
    assert result == Rejection("http://a.example/", Reason.PARSE_TIMEOUT, "more than 1 s")
    assert observation is None


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_workers_inherit_no_files(tmp_path):
    with (tmp_path / "lock").open("w") as lock:
        os.set_inheritable(lock.fileno(), True)
        files = with_pool(lambda workers: workers.run(workload.open_files))

    assert not [name for name in files if "lock" in name]


def test_closing_does_not_wait_for_what_runs():
    async def body():
        async with pool(timeout_s=60.0) as workers:
            running = asyncio.ensure_future(workers.run(workload.sleep, 60))
            await asyncio.sleep(0.5)
            begin = time.monotonic()
        took_s = time.monotonic() - begin
        with pytest.raises(WorkerError):
            await running
        return took_s, psutil.Process().children(recursive=True)

    took_s, left = asyncio.run(body())

    assert took_s < 2
    assert not [child for child in left if child.status() != psutil.STATUS_ZOMBIE]


MAIN = """
import asyncio, signal, sys
from newscrawl.workers import WorkerPool
from tests import workload
async def main():
    pool = WorkerPool(2, 60.0, 0, preload=("tests.workload",))
    pool.start()
    asyncio.ensure_future(pool.run(workload.stuck_in_c))
    print(await pool.run(workload.pid), flush=True)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    await asyncio.to_thread(sys.stdin.readline)
    print(await pool.run(workload.pid), flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""


@pytest.fixture
def main():
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        cwd=Path(__file__).parents[2],
    )
    process.stdout.readline()
    time.sleep(0.2)
    yield process
    process.kill()
    process.communicate()


def test_workers_die_with_the_main_process(main):
    """Even of kill -9, even stuck in C code: the parent of the workers and each of them."""
    children = psutil.Process(main.pid).children(recursive=True)
    assert len(children) == 3

    main.kill()
    main.wait()

    assert psutil.wait_procs(children, timeout=5)[1] == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is told before the imports end")
@pytest.mark.parametrize("after_s", [0, 0.005, 0.02, 0.05, 0.2, 0.5])
def test_the_workers_parent_dies_with_the_main_process_while_it_imports(after_s):
    """tests.endless_import takes a minute, which is what any import takes on a machine that is busy enough."""
    program = (
        "from newscrawl.workers.forkserver import ForkHost, Limits\n"
        "host = ForkHost(Limits(0, 1.0, 1), preload=('tests.endless_import',))\n"
        "print(host._process.pid, flush=True); input()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    parent = psutil.Process(int(process.stdout.readline()))
    time.sleep(after_s)
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()  # not read to its end: the parent holds it too

    assert psutil.wait_procs([parent], timeout=20)[1] == []


def test_the_main_process_imports_no_parser_of_untrusted_bytes():
    """Only workers need them; the main process starts faster and smaller without."""
    program = (
        "import sys\n"
        "import newscrawl.spiders.news, newscrawl.extensions.report, newscrawl.extensions.progress\n"
        "import pipelines.headline, pipelines.validate, pipelines.dedup, pipelines.jsonl\n"
        "from scrapy.settings import Settings\n"
        "from scrapy.utils.misc import load_object, walk_modules\n"
        "settings = Settings()\n"
        "settings.setmodule('newscrawl.settings')\n"
        "walk_modules('newscrawl.spiders')\n"
        "for part in ('ITEM_PIPELINES', 'EXTENSIONS', 'DOWNLOADER_MIDDLEWARES', 'SPIDER_MIDDLEWARES'):\n"
        "    [load_object(name) for name, order in settings.getdict(part).items() if order is not None]\n"
        "print(*{'trafilatura', 'htmldate', 'feedparser', 'justext', 'dateparser'} & sys.modules.keys())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=Path(__file__).parents[2], check=True
    )

    assert done.stdout.split() == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_the_whole_group_leaves_the_workers_to_the_main_process(main, number):
    children = psutil.Process(main.pid).children(recursive=True)
    for child in children:
        child.send_signal(number)
    main.stdin.write("go\n")
    main.stdin.flush()

    assert main.stdout.readline().strip().isdigit()
    assert all(child.is_running() for child in children)


@pytest.mark.parametrize(("mib", "at_once"), [(3, 1), (1, 2)])
def test_only_so_many_bytes_are_parsed_at_a_time(mib, at_once):
    """All pages of a crawl may be huge: the memory of one such page is bounded by its worker, of many by this."""

    async def body(workers):
        spans = await asyncio.gather(*(workers.run(workload.linger, bytes(mib << 20), 0.1) for _ in range(6)))
        return [sum(begin <= moment < end for begin, end in spans) for moment, _ in spans]

    assert max(with_pool(body, size=4)) == at_once

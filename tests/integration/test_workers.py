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
from newscrawl.workers.early import close_early, start_early
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


PATIENT_S = 60.0
"""A limit that nothing reaches because the machine is busy."""


@pytest.mark.parametrize(
    ("task", "args", "reason"),
    [
        pytest.param(workload.sleep, (600,), Reason.PARSE_TIMEOUT, id="slow"),
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
        others = [asyncio.ensure_future(workers.run(workload.double, n)) for n in range(5)]
        with pytest.raises(WorkerError) as error:
            await workers.run(task, *args)
        others += [asyncio.ensure_future(workers.run(workload.double, n)) for n in range(5, 10)]
        return error.value, await asyncio.gather(*others), workers.counts

    error, others, counts = with_pool(body, timeout_s=1.5 if reason is Reason.PARSE_TIMEOUT else PATIENT_S)

    assert error.reason is reason
    assert error.detail.isprintable()
    assert others == [2 * n for n in range(10)]
    assert counts == {"tasks": 11, reason.value: 1}


def test_a_stuck_task_holds_nobody_up():
    async def body():
        async with pool(timeout_s=PATIENT_S) as workers:
            stuck = asyncio.ensure_future(workers.run(workload.stuck_in_c))
            for n in range(20):
                await workers.run(workload.double, n)
            was_stuck = not stuck.done()
        with pytest.raises(WorkerError):
            await stuck
        return was_stuck

    assert asyncio.run(body())


def test_a_task_that_only_waits_for_its_turn_is_not_given_up():
    assert with_pool(lambda workers: workers.run(workload.sleep, 2.2), timeout_s=2.0) == 2.2


def test_a_dead_worker_is_replaced():
    async def body(workers):
        pids = set()
        for _ in range(10):
            pids.add(await workers.run(workload.pid))
            with pytest.raises(WorkerError):
                await workers.run(workload.leave)
        return pids

    assert len(with_pool(body, size=1, timeout_s=PATIENT_S)) == 10


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
    others = psutil.Process().children()

    async def body(workers):
        await workers.run(workload.double, 1)
        parents = [child for child in psutil.Process().children() if child not in others]
        for child in [worker for parent in parents for worker in parent.children(recursive=True)] + parents:
            child.kill()
        psutil.wait_procs(parents)
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


def test_closing_does_not_wait_for_what_runs(tmp_path):
    """It would run for longer than a test may."""
    others = psutil.Process().children(recursive=True)

    async def body():
        async with pool(timeout_s=600.0) as workers:
            running = asyncio.ensure_future(workers.run(workload.announce, str(tmp_path / "begun")))
            while not (tmp_path / "begun").exists():  # noqa: ASYNC110  # another process makes it
                await asyncio.sleep(0.01)
        with pytest.raises(WorkerError):
            await running
        return [child for child in psutil.Process().children(recursive=True) if child not in others]

    left = asyncio.run(body())

    assert not [child for child in left if child.status() != psutil.STATUS_ZOMBIE]


MAIN = """
import asyncio, signal, sys
from newscrawl.workers import WorkerPool
from tests import workload
async def main():
    pool = WorkerPool(2, 600.0, 0, preload=("tests.workload",))
    pool.start()
    asyncio.ensure_future(pool.run(workload.stuck_in_c))
    print(await pool.run(workload.pid), flush=True)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    await asyncio.to_thread(sys.stdin.readline)
    print(await pool.run(workload.pid), flush=True)
    await asyncio.sleep(600)
asyncio.run(main())
"""


def family(main: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(main.pid).children(recursive=True)


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
    while not (len(family(process)) == 3 and any(child.cpu_times().user > 0.2 for child in family(process)[1:])):
        time.sleep(0.01)
    yield process
    process.kill()
    process.communicate()


def test_workers_die_with_the_main_process(main):
    """Even of kill -9, even stuck in C code: the parent of the workers and each of them; left alone, the one would go
    on for ten minutes."""
    children = family(main)

    main.kill()
    main.wait()

    assert psutil.wait_procs(children, timeout=120)[1] == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is told before the imports end")
@pytest.mark.parametrize("after_s", [0, 0.005, 0.02, 0.05, 0.2, 0.5])
def test_the_workers_parent_dies_with_the_main_process_while_it_imports(after_s):
    """tests.endless_import takes five minutes, which is what any import takes on a machine that is busy enough."""
    program = (
        "from newscrawl.workers.forkserver import ForkHost\n"
        "host = ForkHost(preload=('tests.endless_import',))\n"
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

    assert psutil.wait_procs([parent], timeout=120)[1] == []


def test_the_main_process_imports_no_parser_of_untrusted_bytes():
    """Only workers need them, and what they look for; the main process starts faster and smaller without."""
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
        "parsers = {'trafilatura', 'htmldate', 'feedparser', 'justext', 'dateparser'}\n"
        "patterns = {'newscrawl.phrases.related', 'newscrawl.phrases.authors', 'newscrawl.extraction.tree.names'}\n"
        "print(*(parsers | patterns) & sys.modules.keys())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=Path(__file__).parents[2], check=True
    )

    assert done.stdout.split() == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_the_whole_group_leaves_the_workers_to_the_main_process(main, number):
    children = family(main)
    for child in children:
        child.send_signal(number)
    main.stdin.write("go\n")
    main.stdin.flush()

    assert main.stdout.readline().strip().isdigit()
    assert all(child.is_running() for child in children)


@pytest.mark.parametrize(("mib", "at_once"), [(3, 1), (1, 2)])
def test_only_so_many_bytes_are_parsed_at_a_time(mib, at_once, tmp_path):
    """All pages of a crawl may be huge: the memory of one such page is bounded by its worker, of many by this."""

    async def body(workers):
        tasks = (workers.run(workload.meet, bytes(mib << 20), str(tmp_path), at_once) for _ in range(6))
        return await asyncio.gather(*tasks)

    assert max(with_pool(body, size=4, timeout_s=PATIENT_S)) == at_once


def test_the_pool_takes_the_parent_that_was_started_before_it():
    host = start_early(PRELOAD)

    assert with_pool(lambda workers: workers.run(os.getppid)) == host.pid
    close_early()  # nothing is left of it


def test_a_parent_that_loaded_something_else_is_left_and_ended():
    host = start_early((*PRELOAD, "json"))
    try:
        assert with_pool(lambda workers: workers.run(os.getppid)) != host.pid
    finally:
        close_early()

    assert not psutil.pid_exists(host.pid)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_time_of_replaced_workers_is_their_parents():
    before = os.times()

    async def body(workers):
        for _ in range(6):
            await workers.run(workload.burn, 0.1)

    with_pool(body, size=1, max_tasks=1)

    after = os.times()
    assert after.children_user + after.children_system - before.children_user - before.children_system >= 0.4

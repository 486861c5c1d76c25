"""Simulates the claims of a fleet: ``python -m tests.benchmarks.fleet --workers 8 --sources 200000``.

Workers claim all sources of one list, eight at a time, as ``newscrawl.spiders.claiming`` does, from a PostgreSQL of its
own; nothing is crawled. Prints how long a claim takes and whether each source was given to one worker, and exits with 1
where it was not.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from newscrawl.spiders.claiming import AT_ONCE, WINDOW
from newscrawl.store import Want
from tests.benchmarks.claims import open_session, server_time
from tests.postgres import server


def claim_all(url: str, folder: str, number: int, sources: int, ready: Any, go: Any, result: Any) -> None:
    """Claim what there is, and say which sources were taken and how long each claim took."""
    session = open_session(url, Path(folder, str(number)))
    waiting = [Want(f"s{n}", hosts=(f"s{n}.example",)) for n in range(sources)]
    ready.release()
    go.wait()
    taken: list[int] = []
    took: list[float] = []
    used, start = time.process_time(), 0
    while start < len(waiting):
        asked = waiting[start : start + WINDOW]
        began = time.perf_counter()
        claims = session.claim(asked, AT_ONCE)
        took.append((time.perf_counter() - began) * 1000)
        taken += [int(name[1:]) for name in claims.taken]
        start += len(claims.taken) + len(claims.held)
    result.put((taken, took, time.process_time() - used))
    session.close()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--sources", type=int, default=200_000)
    options = parser.parse_args(arguments)
    spawn = multiprocessing.get_context("spawn")
    with server(fsync="on", max_wal_size="8GB") as made, tempfile.TemporaryDirectory() as folder:
        ready, go, result = spawn.Semaphore(0), spawn.Event(), spawn.Queue()
        common = (options.sources, ready, go, result)
        workers = [
            spawn.Process(target=claim_all, args=(made.url(), folder, n, *common)) for n in range(options.workers)
        ]
        for worker in workers:
            worker.start()
        for _ in workers:
            ready.acquire()
        began, spent = time.monotonic(), server_time(made)
        go.set()
        rows = [result.get() for _ in workers]
        seconds, spent = time.monotonic() - began, server_time(made) - spent
        for worker in workers:
            worker.join()
    taken = [number for row in rows for number in row[0]]
    took = sorted(ms for row in rows for ms in row[1])
    own = sum(row[2] for row in rows)
    print(
        f"{options.workers} workers took {len(taken):,} of {options.sources:,} sources, {len(taken) - len(set(taken))} "
        f"of them twice, in {len(took):,} claims and {seconds:,.0f} s; a claim took {statistics.median(took):.1f} ms "
        f"at the median and {took[len(took) * 99 // 100]:.1f} ms at 99 %; processor of worker "
        f"{own / len(took) * 1000:.1f} ms, of server {spent / len(took) * 1000:.1f} ms"
    )
    return 0 if sorted(taken) == list(range(options.sources)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The workers' parent, started before the crawl is loaded: each takes a second of its own core."""

from __future__ import annotations

import atexit

from newscrawl.configuration import Configuration
from newscrawl.workers.forkserver import PRELOAD, ForkHost, Limits

_started: list[tuple[Limits, tuple[str, ...], ForkHost]] = []


def limits_of(chosen: Configuration) -> Limits:
    """Return what one worker of a crawl with this configuration may use."""
    return Limits(chosen.parse_memory_mib, chosen.parse_timeout_s, chosen.worker_tasks)


def start_early(limits: Limits, preload: tuple[str, ...] = PRELOAD) -> ForkHost:
    """Start the parent of workers, once, and return it. To be called from the main thread: it dies with that."""
    if not _started:
        _started.append((limits, preload, ForkHost(limits, preload)))
        atexit.register(close_early)
    return _started[0][2]


def take_early(limits: Limits, preload: tuple[str, ...]) -> ForkHost | None:
    """Return the parent that was started for such workers, once; None where there is none."""
    if _started and _started[0][:2] == (limits, preload):
        return _started.pop()[2]
    return None


def close_early() -> None:
    """End a parent that nobody took."""
    while _started:
        _started.pop()[2].close()

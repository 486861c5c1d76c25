"""The workers' parent, started before the crawl is loaded: each takes a second of its own core."""

from __future__ import annotations

import atexit

from newscrawl.workers.forkserver import PRELOAD, ForkHost

_started: list[tuple[tuple[str, ...], ForkHost]] = []


def start_early(preload: tuple[str, ...] = PRELOAD) -> ForkHost:
    """Start the parent of workers, once, and return it. To be called from the main thread: it dies with that."""
    if not _started:
        _started.append((preload, ForkHost(preload)))
        atexit.register(close_early)
    return _started[0][1]


def take_early(preload: tuple[str, ...]) -> ForkHost | None:
    """Return the parent that was started for such workers, once; None where there is none."""
    if _started and _started[0][0] == preload:
        return _started.pop()[1]
    return None


def close_early() -> None:
    """End a parent that nobody took."""
    while _started:
        _started.pop()[1].close()

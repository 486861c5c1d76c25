"""How the main process keeps its memory: how often Python looks for garbage, and what goes back to the system."""

from __future__ import annotations

import ctypes
import gc
import sys

THRESHOLD = 10_000
"""New objects between two looks. Python's 700 (2,000 from 3.12 on) suit a program of few objects: our imports make half
a million that stay, and looking at them again and again is a sixth of the time until the first request."""


M_MMAP_THRESHOLD = -3
PAGE_BYTES = 128 * 1024
"""glibc's own threshold, from which on memory is asked of the system for one object."""


def collect_less() -> None:
    """Look for garbage less often, from now on."""
    gc.set_threshold(THRESHOLD, 10, 10)


def keep_loaded() -> None:
    """Never look again at what is loaded by now: a full look takes a tenth of a second, in which no page comes in."""
    gc.freeze()


def give_back_pages() -> None:
    """Let the bytes of a page go back to the system when it is done, not into the heap: 13 of 146 MB.

    glibc raises this threshold whenever something larger is freed, and keeps what is below it. Other allocators have no
    such call.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(M_MMAP_THRESHOLD, PAGE_BYTES)

"""How often Python looks for objects that hold each other."""

from __future__ import annotations

import gc

THRESHOLD = 10_000
"""New objects between two looks. Python's 700 (2,000 from 3.12 on) suit a program of few objects: our imports make half
a million that stay, and looking at them again and again is a sixth of the time until the first request."""


def collect_less() -> None:
    """Look for garbage less often, from now on."""
    gc.set_threshold(THRESHOLD, 10, 10)


def keep_loaded() -> None:
    """Never look again at what is loaded by now: a full look takes a tenth of a second, in which no page comes in."""
    gc.freeze()

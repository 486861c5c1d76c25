"""What a caller of the store may set."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from newscrawl.store.index.stories import StoryIndex
from newscrawl.store.messages import Run
from newscrawl.store.output.rebuild import Progress
from newscrawl.store.steps import Step, no_step


@dataclass(slots=True)
class Policy:
    """How long a store remembers, its clock, and hooks for progress and tests."""

    window_days: int
    keys_days: int
    revisit_hours: tuple[float, ...] = ()
    """After its publication an article is looked at again; empty: never."""

    max_revisits: int = 0
    """Of a host in one run; 0: no limit."""

    bucket: str = ""
    """An address in object storage to which published files are copied; empty: none."""

    progress: Progress | None = None
    step: Step = no_step
    clock: Callable[[], float] = time.time

    def stories(self, run: Run) -> StoryIndex:
        """Return the index that *run* asks."""
        return StoryIndex(self.window_days, self.keys_days, keep=run.duplicates == "keep", clock=self.clock)

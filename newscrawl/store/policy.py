"""What a caller of the store may set, and by which clock things grow old."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from newscrawl import settings
from newscrawl.store.index.stories import StoryIndex
from newscrawl.store.messages import Run
from newscrawl.store.output.rebuild import Progress
from newscrawl.store.transaction import Step, no_step

LEAP_DAYS = 7  # a clock that went further since it was last looked at is believed so far, when it says what is old


@dataclass(slots=True)
class Policy:
    """What a caller may want otherwise than we do."""

    window_days: int = settings.NEWSCRAWL_DEDUP_WINDOW_DAYS
    keys_days: int = settings.NEWSCRAWL_DEDUP_KEYS_DAYS
    progress: Progress | None = None
    step: Step = no_step
    clock: Callable[[], float] = time.time

    def stories(self, run: Run) -> StoryIndex:
        """Return the index that *run* asks."""
        return StoryIndex(self.window_days, self.keys_days, keep=run.duplicates == "keep", clock=self.clock)


def believed_day(believed: int, last: int, today: int) -> int:
    """Return the day by which things grow old: never ahead of the clock, and never far ahead of the last one at once.

    A clock that leapt and was set back again must not have made the store forget a story.
    """
    passed = max(today - last, 0) if last >= 0 else 0
    return min(believed + min(passed, LEAP_DAYS), today)

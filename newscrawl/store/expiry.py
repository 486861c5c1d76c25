"""What a store forgets with time, and by which day: a clock that is wrong once must not make it forget a story."""

from __future__ import annotations

from collections.abc import Mapping

from newscrawl.store.backend.database import Database
from newscrawl.store.backend.migrations import read_meta, write_meta
from newscrawl.store.frontier import rows as frontier
from newscrawl.store.frontier import visits
from newscrawl.store.index.stories import StoryIndex
from newscrawl.store.notes import expire_notes, write_notes

LEAP_DAYS = 7  # a clock that went further since it was last looked at is believed so far, when it says what is old


def tidy(
    database: Database, stories: StoryIndex, notes: Mapping[str, tuple[bytes, int]], now: int, keys_days: int
) -> None:
    """Write the last *notes* and forget what is too old: some of the stories in each run, the rest once a day.

    *now* is in seconds since 1970; URLs that are done are forgotten *keys_days* after their last mention.
    """
    today = now // frontier.DAY_S
    with database.write() as connection:
        write_notes(connection, notes)
        last = int(read_meta(connection, "tidied_on") or -1)
        believed = believed_day(int(read_meta(connection, "believed_day") or today), last, today)
        stories.expire(connection, believed * frontier.DAY_S)
        if last != today:
            frontier.expire(connection, believed * frontier.DAY_S, keys_days)
            expire_notes(connection, now)
            visits.expire(connection, believed * frontier.DAY_S)
            write_meta(connection, "tidied_on", str(today))
            write_meta(connection, "believed_day", str(believed))


def believed_day(believed: int, last: int, today: int) -> int:
    """Return the day by which things grow old: never ahead of the clock, and never far ahead of the last one at once.

    A clock that leapt and was set back again must not have made the store forget a story.
    """
    passed = max(today - last, 0) if last >= 0 else 0
    return min(believed + min(passed, LEAP_DAYS), today)

"""When a known article is looked at again. Pure: moments are seconds since 1970."""

from __future__ import annotations

from collections.abc import Sequence

KEEP_S = 4 * 86400  # for so long after its publication what is needed to look at an article again is kept
EAGER_S = 600  # after a look that a feed or sitemap called for and that showed no change; twice as long after each more
MOST_IDLE = 10
WHOLE_AGAIN_S = 86400  # a 304 is not believed for longer


def next_look(published_at: int, now: int, hours: Sequence[float]) -> int | None:
    """Return when an article is due again: the first of *hours* after its publication that is to come; None: never."""
    return next((at for hour in sorted(hours) if (at := published_at + int(hour * 3600)) > now), None)


def has_moved(dated: int, known: int | None, looked_at: int, idle: int, now: int) -> bool:
    """Tell whether the date *told* by a feed or sitemap calls for another look at an article.

    *known*: what it told before. *looked_at*, *idle*: the last look, and how many in a row showed no change: some sites
    give all their pages the date of today.
    """
    is_later = dated > known if known is not None else dated > looked_at
    return is_later and now >= looked_at + EAGER_S * ((1 << min(idle, MOST_IDLE)) - 1)

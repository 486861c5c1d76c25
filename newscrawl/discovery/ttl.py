"""For how long a feed says that it holds: RSS ``ttl``, and ``updatePeriod`` of RSS 1.0's syndication module."""

from __future__ import annotations

import re
from typing import Any

PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 7 * 86400, "monthly": 30 * 86400, "yearly": 365 * 86400}
DEFAULT = 3600  # hourly, once: what WordPress writes into every feed, whatever its rhythm is


def read_ttl(minutes: Any, period: Any = None, frequency: Any = None) -> int:
    """Return the seconds that the elements' texts come to, the longer of the two; 0 where they say nothing."""
    every = PERIODS.get(str(period or "").strip().lower(), 0) // max(whole(frequency), 1)
    return max(60 * whole(minutes), 0 if every == DEFAULT else every)


def whole(text: Any) -> int:
    """Return a number of up to six digits; 0 for anything else."""
    match = re.fullmatch(r"\s*(\d{1,6})\s*", str(text or ""), re.ASCII)
    return int(match[1]) if match else 0

"""How long a document may wait for its next poll. Pure: moments are seconds since 1970, lengths are seconds."""

from __future__ import annotations

from dataclasses import dataclass

from newscrawl.schedule.rhythm import Rhythm

STEP_S = 600.0  # what intervals are multiples of: scheduled runs start every ten minutes or less often
GOAL_S = 1800.0  # a story should be written so soon after its publication
LATE = 0.008  # of a story: that much may be expected to grow older than that in one step
WAITING_S = 750.0  # how long the stories that are expected may have waited, all together


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between what an interval lies, in seconds."""

    least: float = 600.0
    most: float = 2 * 86400.0


def next_interval(rhythm: Rhythm, polled_at: float, bounds: Bounds = Bounds()) -> float:  # immutable
    """Return after how long a document that was polled at *polled_at* is due again.

    It is due when the stories that are expected since have waited for :data:`WAITING_S` in all, which keeps the mean
    delay low where much is published, or when one step later more than :data:`LATE` of a story would have grown older
    than :data:`GOAL_S`. Of two documents with one poll left, the one that publishes more gets it: where a poll in
    time is worth less than that, by night and on dead documents, it is not worth it half an hour later either.
    """
    counts = [0.0]  # of the stories expected after so many steps
    waited = 0.0
    lead = round(GOAL_S / STEP_S) - 1
    while (age := len(counts) * STEP_S) < bounds.most:
        new = rhythm.rate(polled_at + age - STEP_S) * STEP_S
        waited += (counts[-1] + new / 2) * STEP_S
        counts.append(counts[-1] + new)
        late = counts[-1 - lead] - counts[-2 - lead] if len(counts) > lead + 1 else 0.0
        if age >= bounds.least and (waited >= WAITING_S or late >= LATE):
            return age
    return bounds.most

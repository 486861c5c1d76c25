"""When a document brings stories: a rate that is learned, with the hour of the day, the weekday and what happens now.

The rate at a moment is that of the last weeks, times a factor for the hour, one for the weekday, one for the last
days and one for the last hours. Each factor is the mean of a gamma posterior, (brought + c) / (expected + c): 1 where
nothing is known, what was seen where much is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

HOUR_S, DAY_S = 3600.0, 86400.0
WEEKS_S, DAYS_S, HOURS_S = 21 * DAY_S, 2 * DAY_S, 2 * HOUR_S
"""After so long an observation counts half: for the rate and its profile, for the last days, for the last hours."""

PRIOR_STORIES, PRIOR_S = 1.0, 0.2 * DAY_S  # a document of which nothing is known: five stories a day
HOUR_C, WEEKDAY_C, DAYS_C, HOURS_C = 1.0, 4.0, 1.0, 1.5  # expected stories at which a factor is half believed
NEIGHBOUR = 0.5  # what an hour's stories count for the hour before it and the one after
MONDAY = 4 * DAY_S  # 5 January 1970, in seconds since that year began


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How many stories a document brought and how long it was watched (seconds), the recent past with more weight."""

    stories: float = 0.0
    watched: float = 0.0
    hours: tuple[float, ...] = (0.0,) * 24
    """Stories by hour of the day, UTC."""

    hours_watched: tuple[float, ...] = (0.0,) * 24
    weekdays: tuple[float, ...] = (0.0,) * 7
    """Stories by day of the week, Monday first."""

    weekdays_watched: tuple[float, ...] = (0.0,) * 7
    days: tuple[float, float] = (0.0, 0.0)
    """Stories of the last days: brought, and expected by the hour and the weekday."""

    now: tuple[float, float] = (0.0, 0.0)
    """Stories of the last hours: brought, and expected by all else."""

    def usual_rate(self, at: float) -> float:
        """Return the stories a second that such an hour of such a day brings."""
        mean = (self.stories + PRIOR_STORIES) / (self.watched + PRIOR_S)
        hour, weekday = hour_of(at), weekday_of(at)
        before, after = hour - 1, (hour + 1) % 24
        brought = self.hours[hour] + NEIGHBOUR * (self.hours[before] + self.hours[after])
        watched = self.hours_watched[hour] + NEIGHBOUR * (self.hours_watched[before] + self.hours_watched[after])
        by_hour = factor(brought, mean * watched, HOUR_C)
        return mean * by_hour * factor(self.weekdays[weekday], mean * self.weekdays_watched[weekday], WEEKDAY_C)

    @property
    def momentum(self) -> float:
        """What the last days and hours make of the usual rate."""
        return factor(*self.days, DAYS_C) * factor(*self.now, HOURS_C)

    def rate(self, at: float) -> float:
        """Return the stories a second that are expected at the moment *at*, in seconds since 1970."""
        return self.usual_rate(at) * self.momentum

    def usual(self, since: float, until: float) -> float:
        """Return how many stories such hours of such days bring, between two moments."""
        return sum(self.usual_rate(start) * (end - start) for start, end in hours_between(since, until))

    def observe(self, since: float, until: float, times: Iterable[float]) -> Rhythm:
        """Return the rhythm after a poll at *until* that brought stories of these *times*; the last was at *since*.

        A time that is not between the two, as of a story that was found late, counts as the middle.
        """
        age = until - since
        if age <= 0:
            return self
        times = [at if since < at <= until else since + age / 2 for at in times]
        usual = self.usual(since, until)
        expected = usual * factor(*self.days, DAYS_C)
        weeks, days, now = (0.5 ** (age / half) for half in (WEEKS_S, DAYS_S, HOURS_S))
        hours, weekdays = [weeks * count for count in self.hours], [weeks * count for count in self.weekdays]
        hours_watched = [weeks * seconds for seconds in self.hours_watched]
        weekdays_watched = [weeks * seconds for seconds in self.weekdays_watched]
        for start, end in hours_between(since, until):
            hours_watched[hour_of(start)] += end - start
            weekdays_watched[weekday_of(start)] += end - start
        for at in times:
            hours[hour_of(at)] += 1
            weekdays[weekday_of(at)] += 1
        brought = len(times)
        return Rhythm(
            weeks * self.stories + brought,
            weeks * self.watched + age,
            tuple(hours),
            tuple(hours_watched),
            tuple(weekdays),
            tuple(weekdays_watched),
            (days * self.days[0] + brought, days * self.days[1] + usual),
            (now * self.now[0] + brought, now * self.now[1] + expected),
        )

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON: stories with two decimals, whole seconds."""
        values = {}
        for name, value in asdict(self).items():
            digits = 0 if "watched" in name else 2
            values[name] = [shorter(n, digits) for n in value] if isinstance(value, tuple) else shorter(value, digits)
        return values

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Undo :meth:`as_dict`."""
        values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in data.items()}
        return cls(**values)


def shorter(number: float, digits: int) -> float:
    """Return *number* rounded; a whole one as an integer."""
    rounded = round(number, digits)
    return int(rounded) if rounded == int(rounded) else rounded


def factor(brought: float, expected: float, c: float) -> float:
    """Return by how much more was brought than expected, believed more the more was expected."""
    return (brought + c) / (expected + c)


def hour_of(at: float) -> int:
    """Return the hour of the day, UTC."""
    return int(at % DAY_S // HOUR_S)


def weekday_of(at: float) -> int:
    """Return the day of the week, UTC; Monday is 0."""
    return int((at - MONDAY) // DAY_S % 7)


def hours_between(since: float, until: float) -> Iterator[tuple[float, float]]:
    """Cut the time between two moments at the full hours."""
    while since < until:
        end = min((since // HOUR_S + 1) * HOUR_S, until)
        yield since, end
        since = end

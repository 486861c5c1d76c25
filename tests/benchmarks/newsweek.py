"""Sources that publish as news sites do, made up: nights, weekends, breaking news, deaths, moves, servers that lie."""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from dataclasses import dataclass, field

HOUR, DAY = 3600.0, 86400.0
START = 1_791_763_200.0  # a Monday
MINUTE = 60.0


@dataclass(slots=True)
class Source:
    """One made-up source: when it published what, and how its server answers."""

    name: str
    stories: list[float] = field(default_factory=list)
    """Times of publication, in order."""

    history: list[float] = field(default_factory=list)
    """Of the stories that stood in its feed before the month began."""

    etag: str = "honest"
    """honest; constant: always 304 to its own validator; none: no validator, or another one each time."""

    dead_from: float = math.inf
    """The feed answers 404 from then on."""

    down: tuple[tuple[float, float], ...] = ()
    """When the server gave errors."""

    moved_at: float = math.inf
    """From then on the feed shows nothing new; the home page names another."""

    def published(self, since: float, until: float) -> list[float]:
        """Return the stories after *since* and not after *until*."""
        return self.stories[bisect_right(self.stories, since) : bisect_right(self.stories, until)]

    def is_up(self, at: float) -> bool:
        """Tell whether the server answers."""
        return at < self.dead_from and not any(begin <= at < end for begin, end in self.down)


def made_up(count: int, days: int, seed: int = 12) -> list[Source]:
    """Return *count* sources over *days* days."""
    chance = random.Random(seed)
    events = [(START + chance.uniform(0, days) * DAY, chance.uniform(2, 8) * HOUR) for _ in range(days // 4)]
    return [source(f"s{number}", chance, days, events) for number in range(count)]


def source(name: str, chance: random.Random, days: int, events: list[tuple[float, float]]) -> Source:
    """Return one source: some stories an hour by day, few by night, fewer at weekends, more when something happens."""
    a_day = min(math.exp(chance.gauss(math.log(12), 1.2)), 300)
    zone = chance.choice((-8, -5, -3, 0, 1, 1, 2, 3, 5.5, 8, 9))
    night, weekend = chance.choice((0.0, 0.02, 0.05, 0.3)), chance.uniform(0.2, 0.9)
    opens, closes = chance.uniform(5, 8), chance.uniform(19, 23)
    eager = chance.random() < 0.5  # reports of what all report
    own = [(START + chance.uniform(0, days) * DAY, chance.uniform(1, 5) * HOUR) for _ in range(days // 10)]
    bursts = own + (events if eager else [])
    robot = chance.random() < 0.1  # an agency's feed that goes on all day, at fixed minutes

    def rate(at: float) -> float:
        local = (at + zone * HOUR) % DAY / HOUR
        weekday = (at + zone * HOUR - 4 * DAY) // DAY % 7
        by_hour = 1.0 if robot or opens <= local < closes else night
        by_day = weekend if weekday >= 5 and not robot else 1.0
        burst = 4.0 if any(begin <= at < begin + length for begin, length in bursts) else 1.0
        return a_day / (15 * HOUR) * by_hour * by_day * max(burst if by_hour == 1.0 else 1.0, 1.0)

    most = a_day / (15 * HOUR) * 4.0
    times, at = [], START - 7 * DAY
    while at < START + days * DAY:
        at += chance.expovariate(most)
        if chance.random() < rate(at) / most:
            times.append(at)
            if chance.random() < 0.15:  # stories come in twos and threes, as an editor releases them
                times += [at + chance.uniform(1, 5) * MINUTE for _ in range(chance.choice((1, 1, 2)))]
    times = sorted(time // MINUTE * MINUTE for time in times)
    made = Source(name, [t for t in times if START <= t < START + days * DAY], [t for t in times if t < START][-30:])
    made.etag = chance.choices(("honest", "constant", "none"), (0.80, 0.04, 0.16))[0]
    if chance.random() < 0.05:
        end = START + chance.uniform(0.2, 0.9) * days * DAY
        made.stories = [time for time in made.stories if time < end]
        made.dead_from = end if chance.random() < 0.5 else math.inf  # or it only falls silent
    elif chance.random() < 0.05:
        made.moved_at = START + chance.uniform(0.2, 0.9) * days * DAY
    made.down = tuple(
        (begin, begin + chance.expovariate(1 / HOUR))
        for begin in (START + chance.uniform(0, days) * DAY for _ in range(chance.choice((0, 0, 1, 2))))
    )
    return made

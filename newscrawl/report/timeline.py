"""When the stories of a run were published, as bars: by hour, by day or by month, whichever shows most of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

HEIGHT = 60
MOST_BARS = {"hour": 72, "day": 60, "month": 120}
LENGTH = {"hour": 13, "day": 10, "month": 7}  # characters of ``2026-11-27 23:59``
SHOWN_SHARE = 0.75  # of the stories: the finest unit whose bars show so many is taken


@dataclass(frozen=True, slots=True)
class Timeline:
    """Stories by the time of their publication, UTC, without a gap."""

    unit: str
    """hour, day or month."""

    bars: list[tuple[str, int]]
    """Beginnings such as ``2026-11-27 23``, ``2026-11-27`` or ``2026-11``, the oldest first, each with its stories."""

    earlier: int
    """Stories from before the first bar."""


def timeline(moments: Iterable[str], end: str) -> Timeline | None:
    """Return the timeline of *moments*, times as a record has them, up to *end*; None for fewer than two bars.

    What is dated later than *end* counts there: a date in the future would leave no room for the others.
    """
    last = moment(end) or datetime.now(UTC).replace(tzinfo=None)
    times = [min(at, last) for at in map(moment, moments) if at]
    if not times:
        return None
    for unit, most in MOST_BARS.items():
        first = max(min(times), start(max(times), unit, most))
        if sum(at >= first for at in times) >= SHOWN_SHARE * len(times) or unit == "month":
            break
    length = LENGTH[unit]
    counts = Counter(f"{at:%Y-%m-%d %H}"[:length] for at in times if at >= first)
    bars = [(name, counts[name]) for name in dict.fromkeys(at[:length] for at in hours(first, max(times), unit))]
    return Timeline(unit, bars, sum(at < first for at in times)) if len(bars) > 1 else None


def moment(text: str) -> datetime | None:
    """Read a time of a record; None where it is none."""
    try:
        return datetime.fromisoformat(str(text)[:16])
    except ValueError:
        return None


def start(last: datetime, unit: str, most: int) -> datetime:
    """Return the beginning of the first of *most* units that end with that of *last*."""
    hour = last.replace(minute=0, second=0, microsecond=0)
    try:
        if unit == "hour":
            return hour - timedelta(hours=most - 1)
        if unit == "day":
            return hour.replace(hour=0) - timedelta(days=most - 1)
        months = last.year * 12 + last.month - most
        return datetime(months // 12, months % 12 + 1, 1)
    except (OverflowError, ValueError):
        return datetime.min


def hours(first: datetime, last: datetime, unit: str) -> Iterator[str]:
    """Yield a time in every unit from *first* to *last*."""
    at, step = first.replace(minute=0, second=0), timedelta(hours=1) if unit == "hour" else timedelta(days=1)
    while at <= last:
        yield f"{at:%Y-%m-%d %H}"
        at += step
    yield f"{last:%Y-%m-%d %H}"


def shown(name: str) -> str:
    """Return the beginning of a bar as people write it."""
    return f"{name}:00" if len(name) == LENGTH["hour"] else name


def chart(line: Timeline) -> Iterator[str]:
    """Yield the HTML of *line*: bars that a pointer may choose. The list of times beside the search has the same."""
    most = max(count for _, count in line.bars)
    busiest = next(shown(name) for name, count in line.bars if count == most)
    first, last = shown(line.bars[0][0]), shown(line.bars[-1][0])
    spoken = f"Stories by {line.unit}, from {first} to {last}; most in {busiest}: {most}"
    yield f'<figure class="timeline"><svg role="img" aria-label="{spoken}" preserveAspectRatio="none" '
    yield f'viewBox="0 0 {10 * len(line.bars)} {HEIGHT}">'
    for number, (name, count) in enumerate(line.bars):
        high = max(2, round(HEIGHT * count / most)) if count else 0
        title = f"<title>{shown(name)}: {count:,}</title>"
        yield f'<g data-t="{name}"><path d="M{10 * number} 0h10v{HEIGHT}h-10z"/>'
        yield f'<rect x="{10 * number + 1}" y="{HEIGHT - high}" width="8" height="{high}"/>{title}</g>'
    yield "</svg><figcaption>"
    before = f" ({line.earlier:,} earlier)" if line.earlier else ""
    yield f"<span>{first}{before}</span><span>new stories by {line.unit}, most {most:,}</span><span>{last}</span>"
    yield "</figcaption></figure>"

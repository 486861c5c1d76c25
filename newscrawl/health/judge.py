"""Judges a source by its own history: what is wrong, since when, what to do. A first run is never alarming. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from newscrawl.health.history import FIELDS, History
from newscrawl.items import format_time

HOUR_S, DAY_S = 3600, 86400
PUT_OFF_RUNS = 2  # in a row
DEAD_RUNS = 2  # in a row without an answer
ARRIVALS = 8  # runs with something new, before a silence can be called unusual
SILENCE = 2.0  # times the longest silence that there was
LEAST_SILENCE_S = 6 * HOUR_S
UNTRIED_SILENCE_S = 3 * DAY_S  # while no weekend was seen yet
WEEK_S = 8 * DAY_S
RECENT_PAGES, EARLIER_PAGES = 6, 20  # that a share is taken of
RULED_PAGES = 3  # on which a rule for a site can be judged: it once fitted, and says itself that it does not
ALWAYS = ("title", "body", "published_at")  # what every article has
DROP = 0.4  # of the share that was usual
USUAL = 0.5  # a share that can drop
BLOCKED = 0.5
EXPIRES_S = 14 * DAY_S
LIFE = 0.15  # or this part of its life, where a certificate lives for days


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a source."""

    kind: str
    """no-answer, slow, silent, extraction, field, rule, blocked, feed or certificate."""

    what: str
    do: str
    since: str | None = None
    """A day or a time; None: not known."""

    def __str__(self) -> str:
        return f"{self.what}{f' since {self.since}' if self.since else ''}; {self.do}"

    def as_json(self) -> dict[str, Any]:
        """Return it as the manifest has it."""
        return {"kind": self.kind, "since": self.since, "what": self.what, "do": self.do}


def problems(
    history: History,
    now: datetime,
    *,
    failures: int = 0,
    last_success: datetime | None = None,
    reason: str | None = None,
) -> list[Problem]:
    """Return what is wrong with a source at *now*, the worst first.

    *failures*: runs in a row in which nothing of it answered, the last of them for *reason*.
    """
    if sum(figures["runs"] for figures in history.days.values()) < DEAD_RUNS:
        return []
    if failures >= DEAD_RUNS:
        since = format_time(last_success) if last_success else f"the first run, {next(iter(history.days))}"
        todo = "look whether it has moved, and mend its URL or set enabled = false"
        return [Problem("no-answer", f"no answer in {failures} runs ({reason or 'unknown'})", todo, since)]
    last = history.days[last_day(history)]
    if last["runs"] == last["dead"] >= DEAD_RUNS:  # a day of which nothing else is known
        todo = "look whether it has moved, and mend its URL or set enabled = false"
        dead = run_of_days(history, lambda figures: share(figures["dead"], figures["runs"]), 1.0)
        return [Problem("no-answer", "no answer", todo, dead)]
    recent, earlier = parts(history)
    changes = [*blocked(recent, history), *dropped(recent, earlier, history)]
    changes += [*misfits(recent, earlier, history)]
    return [*slow(history), *changes, *broken(history), *silent(history, now), *certificate(history, now)]


def slow(history: History) -> Iterator[Problem]:
    """Yield that a source kept the runs waiting, several times in a row."""
    if history.put_off >= PUT_OFF_RUNS:
        todo = "its pages wait: crawl it alone by url=, which is waited for, or poll it less often by interval_min"
        yield Problem("slow", f"put off in {history.put_off} runs in a row, since it answers too slowly", todo)


def parts(history: History) -> tuple[Counter[str], Counter[str]]:
    """Return the figures of the last days that have pages enough to be judged, and those of the days before."""
    recent, earlier = Counter[str](), Counter[str]()
    for day in sorted(history.days, reverse=True):
        (recent if recent["pages"] < RECENT_PAGES else earlier).update(history.days[day])
    return recent, earlier


def last_day(history: History) -> str:
    return max(history.days)


def share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def blocked(recent: Counter[str], history: History) -> Iterator[Problem]:
    tried = recent["blocked"] + recent["articles"]
    if recent["blocked"] >= 3 and share(recent["blocked"], tried) >= BLOCKED:
        days = run_of_days(history, lambda figures: share(figures["blocked"], figures["blocked"] + figures["articles"]))
        what = f"{recent['blocked']} of {tried} requests were refused (403, 429 or a captcha)"
        yield Problem("blocked", what, "raise its delay, set NEWSCRAWL_CONTACT, or ask the site for access", days)


def dropped(recent: Counter[str], earlier: Counter[str], history: History) -> Iterator[Problem]:
    before, after = share(earlier["articles"], earlier["pages"]), share(recent["articles"], recent["pages"])
    pages = recent["pages"] >= RECENT_PAGES and earlier["pages"] >= EARLIER_PAGES
    if pages and before >= USUAL and after < DROP * before:
        since = run_of_days(
            history, lambda figures: 1 - share(figures["articles"], figures["pages"]), 1 - DROP * before
        )
        what = f"{recent['articles']} of {recent['pages']} pages gave an article, {before:.0%} before"
        yield Problem("extraction", what, "look at its pages by scrapy show URL: the template may have changed", since)
        return
    if recent["written"] < RECENT_PAGES or earlier["written"] < EARLIER_PAGES:
        return
    for name in FIELDS:
        before = share(earlier[f"has:{name}"], earlier["written"])
        after = share(recent[f"has:{name}"], recent["written"])
        if before >= USUAL and after < DROP * before:
            what = f"{name} is in {after:.0%} of its articles, {before:.0%} before"
            yield Problem("field", what, "look at one of them by scrapy show URL", last_day(history))


def misfits(recent: Counter[str], earlier: Counter[str], history: History) -> Iterator[Problem]:
    """Yield the rules of a person's own that find nothing any more, or never did where every article has something."""
    for name in sorted({key.partition(":")[2] for key in recent if key.startswith("missed:")}):
        hits, pages = recent[f"found:{name}"], recent[f"found:{name}"] + recent[f"missed:{name}"]
        seen = earlier[f"found:{name}"] + earlier[f"missed:{name}"]
        before = share(earlier[f"found:{name}"], seen) if seen >= RECENT_PAGES else 0.0
        if name in ALWAYS and not hits and not earlier[f"found:{name}"]:
            before = 1.0  # it never fitted
        if pages >= RULED_PAGES and before >= USUAL and share(hits, pages) < DROP * before:
            what = f"its own rule for {name} found something on {hits} of {pages} articles"
            what += f", {before:.0%} before" if earlier[f"found:{name}"] else ""
            day = run_of_days(
                history,
                lambda figures, name=name: share(
                    figures[f"missed:{name}"], figures[f"missed:{name}"] + figures[f"found:{name}"]
                ),
                1 - DROP * before,
            )
            yield Problem("rule", what, "look at one of them by scrapy show URL: its template may have changed", day)


def run_of_days(history: History, measure: Any, least: float = BLOCKED) -> str:
    """Return the first of the last days on which *measure* of the figures is at least *least*; days without pages are
    passed over."""
    first = last_day(history)
    for day in sorted(history.days, reverse=True):
        figures = history.days[day]
        if not figures["pages"] and not figures["blocked"] and not figures["dead"]:
            continue
        if measure(figures) < least:
            break
        first = day
    return first


def broken(history: History) -> Iterator[Problem]:
    day = last_day(history)
    for fault in history.broken.get(day, ()):
        url = fault.split(": ")[0]
        days = sorted(history.broken, reverse=True)
        with_it = [name for name in days if any(line.startswith(f"{url}: ") for line in history.broken[name])]
        yield Problem("feed", f"{fault} again and again", "mend or remove it in the sites file", min(with_it))


def silent(history: History, now: datetime) -> Iterator[Problem]:
    arrivals: Sequence[int] = history.arrivals
    if len(arrivals) < ARRIVALS:
        return
    longest = max(later - before for before, later in pairwise(arrivals))
    least = LEAST_SILENCE_S if arrivals[-1] - arrivals[0] >= WEEK_S else UNTRIED_SILENCE_S
    if now.timestamp() - arrivals[-1] > max(SILENCE * longest, least):
        since = format_time(datetime.fromtimestamp(arrivals[-1], UTC))
        what = f"nothing new, and never before was it silent for more than {length(longest)},"
        yield Problem("silent", what, "look whether its feed still moves", since)


def certificate(history: History, now: datetime) -> Iterator[Problem]:
    if history.certificate is None:
        return
    begins, ends = history.certificate
    left = ends - now.timestamp()
    if left < min(EXPIRES_S, LIFE * (ends - begins)):
        when = format_time(datetime.fromtimestamp(ends, UTC))
        what = f"its certificate {'expires' if left > 0 else 'expired'} at {when}"
        yield Problem("certificate", what, "tell the site's owner; without a valid one nothing is fetched")


def length(seconds: int) -> str:
    """Write a length of time in the unit that a person would take."""
    if seconds >= 2 * DAY_S:
        return f"{seconds // DAY_S} days"
    return f"{seconds // HOUR_S} hours" if seconds >= 2 * HOUR_S else f"{seconds // 60} minutes"

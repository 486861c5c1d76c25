"""Polls of feeds, sitemaps and listings: how each is asked for, and what its answer leaves for the next run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from newscrawl.schedule.interval import Bounds, next_interval
from newscrawl.schedule.learned import Learned
from newscrawl.schedule.rhythm import DAY_S, Rhythm
from newscrawl.store.schedule.states import DocumentState

FULL_AGAIN_S = DAY_S  # some servers answer 304 though the document changed: once a day it is asked for whole,
DOUBT = 3.0  # and when so many stories were to be expected since it last came whole: silence has a chance of 5 %
LIAR_S = 30 * DAY_S  # how long a server that was found out is not asked conditionally
HISTORY_S = 7 * DAY_S  # how far back the dates in a first answer tell of a document's rhythm
TTL_MOST_S = 3600  # an answer that claims to be good for longer: mostly a default that nobody chose
FIRST_PAUSE_S, LONGEST_PAUSE_S = 600, 86400  # after a failure; twice as long after each further one
PROBE_AGAIN_S = 7 * DAY_S  # a usual path that gave nothing
PROBE = "probe"  # the kind of such a path
INDEX_MOST_S = 6 * 3600.0  # an index of sitemaps brings no stories itself, but each day's sitemap may be a new one
GONE = frozenset(("not-found", "gone"))


@dataclass(frozen=True, slots=True)
class Asking:
    """How a document is asked for."""

    headers: Mapping[str, str] = field(default_factory=dict)
    same_is_unchanged: bool = False
    """Whether the same bytes as last time have nothing new for this run, though no condition was sent."""


def how_to_ask(state: DocumentState | None, source: str, since: datetime | None, now: datetime) -> Asking:
    """Return how a poll is made: with conditions, or for the whole document.

    All of it is wanted where its last full answer was read for another source, or with a later *since* than this run
    has: then it names stories that were left out. The condition is left out, too, where that answer is a day old, where
    more stories than :data:`DOUBT` were to be expected since, and where the server was found out to lie.
    """
    learned = Learned.read(state.learned) if state is not None else Learned()
    if state is None or state.source != source or learned.read_at is None or learned.read_at > now.timestamp():
        return Asking()
    if learned.since is not None and (since is None or since.timestamp() < learned.since):
        return Asking()
    if is_doubted(learned, now.timestamp()):
        return Asking(same_is_unchanged=True)
    headers = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return Asking({name: value for name, value in headers.items() if value}, same_is_unchanged=True)


def is_doubted(learned: Learned, now: float) -> bool:
    """Tell whether a 304 would not be believed now."""
    if learned.read_at is None or now - learned.read_at >= FULL_AGAIN_S:
        return True
    if learned.lied_at is not None and now - learned.lied_at < LIAR_S:
        return True
    return learned.rhythm is not None and learned.rhythm.usual(learned.read_at, now) > DOUBT


def after_answer(
    state: DocumentState, *, etag: str | None, last_modified: str | None, since: datetime | None, now: datetime
) -> DocumentState:
    """Return *state*, which has kind and content hash of the new answer, as a full answer leaves it."""
    learned = replace(
        Learned.read(state.learned), read_at=int(now.timestamp()), since=int(since.timestamp()) if since else None
    )
    return replace(
        state,
        etag=etag,
        last_modified=last_modified,
        last_poll=now,
        last_change=now,
        failures=0,
        outcome="read",
        reason=None,
        learned=learned.to_bytes(),
    )


def after_unchanged(state: DocumentState, now: datetime, *, whole: bool = False) -> DocumentState:
    """Return *state* after a poll that brought nothing new; *whole*: the bytes came, and were those of last time."""
    learned = Learned.read(state.learned)
    if whole:
        learned = replace(learned, read_at=int(now.timestamp()))
    return replace(state, last_poll=now, failures=0, outcome="unchanged", reason=None, learned=learned.to_bytes())


def after_failure(state: DocumentState, reason: str, now: datetime, retry_after_s: float = 0) -> DocumentState:
    """Return *state* after a poll that failed; its validators still hold. *retry_after_s*: what the server asked."""
    failures = state.failures + 1
    pause = min(FIRST_PAUSE_S << min(failures - 1, 20), LONGEST_PAUSE_S)
    if reason in GONE:
        pause = min(6 * pause, LONGEST_PAUSE_S)
    pause = max(pause, min(int(retry_after_s), LONGEST_PAUSE_S))
    return replace(
        state,
        last_poll=now,
        next_poll=now + timedelta(seconds=pause),
        failures=failures,
        outcome="failed",
        reason=reason,
    )


def after_probe(state: DocumentState, now: datetime) -> DocumentState:
    """Return the state of a usual path that is no feed or sitemap."""
    again = now + timedelta(seconds=PROBE_AGAIN_S)
    return replace(state, kind=PROBE, last_poll=now, next_poll=again, outcome="failed", reason="not-found")


def scheduled(
    state: DocumentState,
    times: Iterable[datetime | None],
    bounds: Bounds,
    *,
    dates: Iterable[datetime] = (),
    ttl_s: int | None = None,
    lied: bool = False,
) -> DocumentState:
    """Return *state*, as an answer left it, with its rhythm and the next poll.

    *times*: of the stories that it brought, as far as they are known. *dates*: of all that it named; those of a first
    answer tell its rhythm at once. *ttl_s*: for how long the answer is good, None where that is as before.
    """
    assert state.last_poll is not None
    now = state.last_poll.timestamp()
    learned = Learned.read(state.learned)
    rhythm = learned.rhythm
    if rhythm is None or learned.seen_at is None:
        rhythm = first_rhythm([date.timestamp() for date in dates], now)
    else:
        seen_at = learned.seen_at
        rhythm = rhythm.observe(seen_at, now, [at.timestamp() if at else seen_at for at in times])
    ttl = learned.ttl_s if ttl_s is None else min(ttl_s, TTL_MOST_S)
    learned = replace(
        learned, rhythm=rhythm, seen_at=int(now), ttl_s=ttl, lied_at=int(now) if lied else learned.lied_at
    )
    interval = max(next_interval(rhythm, now, bounds), min(ttl, bounds.most))
    if state.kind == "sitemap-index":
        interval = max(min(interval, INDEX_MOST_S), bounds.least)
    return replace(
        state,
        interval_s=int(interval),
        next_poll=state.last_poll + timedelta(seconds=interval),
        learned=learned.to_bytes(),
    )


def first_rhythm(dates: list[float], now: float) -> Rhythm:
    """Return the rhythm that the dates in a document's first answer tell."""
    dates = [date for date in dates if date <= now]
    if not dates:
        return Rhythm()
    since = max(min(dates), now - HISTORY_S)
    return Rhythm().observe(since, now, [date for date in dates if date > since])


def is_lie(before: DocumentState, after: DocumentState) -> bool:
    """Tell whether *after*, which brought new stories, has the validators that *before* was called unchanged by."""
    same = (after.etag, after.last_modified) == (before.etag, before.last_modified)
    return before.outcome == "unchanged" and same and bool(after.etag or after.last_modified)

"""A month of polls on a virtual clock: how soon stories are found, and what that costs, beside fixed intervals.

    python -m tests.benchmarks.schedule [--sources 200] [--days 30] [--seed 12] [--plot docs/schedule.svg]

Runs start every ten minutes, some seconds early or late. The sources are made up (``tests.benchmarks.newsweek``): each
has a feed of its 30 newest stories and a home page that names them, too. What is asked and what the answers mean is
decided by ``newscrawl.schedule.polls``, as in a crawl. ``polls`` is the share of the requests of a fixed schedule that
asks for each feed every ten minutes; the learned one's home pages, and what failed, are counted as well. ``whole`` is
the share of polls that were answered with the document. A fixed schedule asks for the feed alone, unconditionally, and
is told of a move at once.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newscrawl.schedule.interval import Bounds
from newscrawl.schedule.polls import after_answer, after_failure, after_unchanged, how_to_ask, is_lie, scheduled
from newscrawl.schedule.together import with_company
from newscrawl.spiders.due import EARLY
from newscrawl.store.schedule.states import DocumentState
from tests.benchmarks.newsweek import DAY, MINUTE, START, Source, made_up
from tests.benchmarks.schedule_plot import plot

RUN_S = 600.0
SHOWN = 30  # stories in a feed
GOAL_S = 1800.0
FIXED_MINUTES = (10, 20, 30, 40, 60)


@dataclass(slots=True)
class Spent:
    """What a way of polling came to."""

    delays: list[float] = field(default_factory=list)
    """Seconds from publication to discovery, of the stories that were found."""

    published: int = 0
    polls: int = 0
    whole: int = 0

    def row(self, way: str, fixed: int) -> dict[str, Any]:
        """Return the figures; *fixed*: the polls of a schedule of ten minutes."""
        delays = sorted(self.delays)
        return {
            "way": way,
            "within_30_min": round(sum(delay <= GOAL_S for delay in delays) / self.published, 4),
            "polls": round(self.polls / fixed, 4),
            "whole": round(self.whole / self.polls, 3),
            "median_min": round(delays[len(delays) // 2] / MINUTE, 1),
            "p95_min": round(delays[len(delays) * 95 // 100] / MINUTE, 1),
            "lost": self.published - len(delays),
        }


def runs(days: int, seed: int) -> list[float]:
    """Return when the runs of *days* days start."""
    chance = random.Random(seed)
    return [START + number * RUN_S + chance.uniform(0, 20) for number in range(1, int(days * DAY / RUN_S))]


def learned(source: Source, starts: Sequence[float], spent: Spent) -> None:
    """Poll one source as the crawl does."""
    feed = DocumentState(f"https://{source.name}.example/feed", source.name, "feed")
    home = DocumentState(f"https://{source.name}.example/", source.name, "page")
    known = START  # what was published until then is known
    for start in starts:
        now = datetime.fromtimestamp(start, UTC)
        states = (feed, home)
        due = [state for state in states if state.next_poll is None or state.next_poll <= now + EARLY]
        for document in with_company(due, (state for state in states if state not in due)):
            spent.polls += 1
            frozen = document.kind == "feed" and start >= source.moved_at and not document.url.endswith("/new")
            after, new = poll(source, document, now, known, frozen=frozen)
            spent.whole += after.outcome == "read"
            spent.delays += [start - story for story in new]
            if new or (after.outcome != "failed" and not frozen):
                known = max([known, *new])
            if document.kind == "feed":
                feed = after
            else:
                home = after
                if after.outcome == "read" and start >= source.moved_at and not feed.url.endswith("/new"):
                    feed = DocumentState(feed.url + "/new", source.name, "feed")


def poll(
    source: Source, state: DocumentState, now: datetime, known: float, *, frozen: bool
) -> tuple[DocumentState, list[float]]:
    """Return the document's state after a poll, and the stories that were not known before."""
    at, bounds = now.timestamp(), Bounds()
    if not source.is_up(at):
        return after_failure(state, "not-found" if at >= source.dead_from else "server-error", now), []
    asking = how_to_ask(state, source.name, None, now)
    until = min(at, source.moved_at) if frozen else at
    shown = [*source.history, *source.published(0, until)][-SHOWN:]
    new = [story for story in shown if story > known]
    content = str(shown[-1] if shown else "")
    etag = {"honest": content, "constant": "same", "none": None}[source.etag if state.kind == "feed" else "none"]
    if etag and asking.headers.get("If-None-Match") == etag:
        return scheduled(after_unchanged(state, now), (), bounds), []
    if asking.same_is_unchanged and content == state.content_hash and state.kind != "page":
        return scheduled(after_unchanged(state, now, whole=True), (), bounds), []
    full = after_answer(replace(state, content_hash=content), etag=etag, last_modified=None, since=None, now=now)
    times = [datetime.fromtimestamp(story, UTC) for story in new]
    dates = [datetime.fromtimestamp(story, UTC) for story in shown] if state.kind == "feed" else []
    return scheduled(full, times, bounds, dates=dates, lied=bool(new) and is_lie(state, full)), new


def fixed(minutes: int) -> Callable[[Source, Sequence[float], Spent], None]:
    """Return what polls a feed every so many minutes."""

    def way(source: Source, starts: Sequence[float], spent: Spent) -> None:
        known = START
        for start in starts[minutes // 10 - 1 :: minutes // 10]:
            spent.polls += 1
            if source.is_up(start):
                spent.whole += 1
                new = source.published(known, start)[-SHOWN:]
                spent.delays += [start - story for story in new]
                known = start

    return way


def measure(sources: Sequence[Source], days: int, seed: int) -> list[dict[str, Any]]:
    """Return a row of figures for each way."""
    starts = runs(days, seed)
    ways = {"learned": learned, **{f"every {minutes} min": fixed(minutes) for minutes in FIXED_MINUTES}}
    rows = []
    for name, way in ways.items():
        spent = Spent(published=sum(len(source.published(START, starts[-1] - GOAL_S)) for source in sources))
        for source in sources:
            kept = replace(source, stories=[story for story in source.stories if story <= starts[-1] - GOAL_S])
            way(kept, starts, spent)
        rows.append(spent.row(name, len(sources) * len(starts)))
    return rows


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--plot", type=Path, help="write an SVG of the figures there")
    options = parser.parse_args(arguments)
    rows = measure(made_up(options.sources, options.days, options.seed), options.days, options.seed)
    for row in rows:
        print(json.dumps(row))
    if options.plot:
        options.plot.write_text(plot(rows), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What is kept of a source's runs, a row a day: the figures that its health is judged by. Pure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

KEPT_DAYS = 60
KEPT_ARRIVALS = 60
FIELDS = ("published_at", "authors", "image_url", "section", "description")
"""Fields whose absence shows that a site has changed its template; others are absent from whole sites."""


@dataclass(slots=True)
class History:
    """One source as its last runs found it."""

    days: dict[str, Counter[str]] = field(default_factory=dict)
    """By day (UTC): ``runs``, ``dead`` (runs in which no document answered), ``pages``, ``articles`` (of the pages),
    ``blocked``, ``written``, as ``has:NAME`` written articles that have a field, and as ``found:NAME`` and
    ``missed:NAME`` articles on which a person's own rule for a field found something or nothing."""

    arrivals: list[int] = field(default_factory=list)
    """When runs ended that brought a new story, the oldest first; seconds since 1970."""

    broken: dict[str, list[str]] = field(default_factory=dict)
    """By day: feeds and sitemaps that failed in several polls, each as ``URL: reason``."""

    certificate: tuple[int, int] | None = None
    """From when until when the host's certificate is valid; of several the one that ends first."""

    put_off: int = 0
    """Runs in a row in which it kept the others waiting and was put off."""

    starved: int = 0
    """Those of them, in a row, in which it gave no answer at all."""

    def add(self, at: datetime, figures: Mapping[str, int], broken: Iterable[str] = ()) -> None:
        """Add the figures of a run that ended at *at*."""
        day = day_of(at)
        self.days.setdefault(day, Counter()).update({"runs": 1, **{name: n for name, n in figures.items() if n}})
        self.days = dict(sorted(self.days.items())[-KEPT_DAYS:])
        if figures.get("written"):
            self.arrivals = [*self.arrivals, int(at.timestamp())][-KEPT_ARRIVALS:]
        if listed := list(broken)[:5]:
            self.broken[day] = listed
        else:
            self.broken.pop(day, None)
        self.broken = {name: urls for name, urls in self.broken.items() if name in self.days}

    def note_put_off(self, *, is_put_off: bool, answers: int) -> None:
        """Note whether the last run put the source off, and how many answers it gave."""
        self.put_off = self.put_off + 1 if is_put_off else 0
        self.starved = self.starved + 1 if is_put_off and not answers else 0

    def until(self, day: str) -> History:
        """Return the history as it was at the end of *day*."""
        end = datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() + 86400
        return History(
            {name: figures for name, figures in self.days.items() if name <= day},
            [moment for moment in self.arrivals if moment < end],
            {name: urls for name, urls in self.broken.items() if name <= day},
            self.certificate,
        )

    def write(self) -> bytes:
        """Return it as the store keeps it."""
        return json.dumps(
            {
                "days": self.days,
                "arrivals": self.arrivals,
                "broken": self.broken,
                "certificate": self.certificate,
                "put_off": [self.put_off, self.starved],
            },
            separators=(",", ":"),
        ).encode()

    @classmethod
    def read(cls, data: bytes | None) -> History:
        """Return what :meth:`write` wrote; a new history where there is none."""
        stored: dict[str, Any] = json.loads(data) if data else {}
        days = {day: Counter(figures) for day, figures in stored.get("days", {}).items()}
        certificate = stored.get("certificate")
        lifetime = tuple(certificate) if certificate else None
        return cls(days, stored.get("arrivals", []), stored.get("broken", {}), lifetime, *stored.get("put_off", ()))


def day_of(moment: datetime) -> str:
    """Return the day of *moment* in UTC, as ``YYYY-MM-DD``."""
    return f"{moment.astimezone(UTC):%Y-%m-%d}"

"""What a run brought, source by source, as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from newscrawl.health.judge import Problem
from newscrawl.outcomes import Outcome, Reason
from newscrawl.reports.parked_host import ParkedHost

GOOD = ("known", Outcome.WRITTEN, Outcome.REVISED, Outcome.DUPLICATE, Outcome.UNCHANGED, Outcome.PENDING)
"""Figures that show that a source works."""
BAD = (Outcome.REJECTED, Outcome.FAILED, Outcome.SKIPPED)


@dataclass(frozen=True, slots=True)
class DocumentFailure:
    """A feed, sitemap or page of links that did not come."""

    url: str
    reason: Reason
    detail: str = ""
    """One line for a person."""

    def __str__(self) -> str:
        return f"{self.url}: {self.reason} {self.detail}".rstrip()


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What one configured source brought."""

    name: str
    counts: Mapping[str, int] = field(default_factory=dict)
    """URLs by the names of the manifest's figures (``discovered``, ``known``, an Outcome); a missing name is 0."""

    reasons: Mapping[str, int] = field(default_factory=dict)
    """URLs by the reason of their outcome."""

    read: Mapping[str, int] = field(default_factory=dict)
    """Documents that came, by kind."""

    named: int = 0
    """Article URLs that the documents named, those counted for another source too."""

    failures: tuple[DocumentFailure, ...] = ()
    documents: tuple[Mapping[str, Any], ...] = ()
    """Each document that was asked for, with its outcome, as the manifest has it."""

    is_list: bool = False
    """The person gave article URLs: there is no document to read."""

    held_by: str | None = None
    """The living run that crawls this source; this run did nothing with it."""

    parked: int = 0
    """Its URLs that wait for a host which gives no pages for now."""

    problems: tuple[Problem, ...] = ()
    """What is wrong with it by its own history, the worst first."""

    put_off: str = ""
    """Why what is left of it waits for the next run; empty: it does not."""

    label: str = ""
    """What people call it; empty: ``name``."""

    asked: bool = True
    """False: this run left the source out."""

    polled: bool = True
    """False: no document of it was due; the run fetched what was pending, or looked at known articles again."""

    @property
    def title(self) -> str:
        """What the summary calls it."""
        return self.label or self.name

    @property
    def trouble(self) -> str | None:
        """One sentence on which stage brought nothing; None where something came, or nothing was asked."""
        if self.held_by is not None or not self.asked or not self.polled:
            return None
        if not self.read and not self.is_list:
            why = "; ".join(str(failure) for failure in self.failures[:2])
            return f"no answer ({why})" if why else "no answer"
        if not self.named and not self.read.get("unchanged"):
            read = ", ".join(f"{count} {kind}" for kind, count in self.read.items())
            return f"no feed, sitemap or article link found in what was read ({read})"
        fetched = sum(self.counts.get(name, 0) for name in BAD)
        if fetched and not self.gave:
            return f"{fetched} pages named, none gave an article"
        return None

    @property
    def gave(self) -> bool:
        """Whether any URL of it was or is an article, as far as known, or nothing changed since one was."""
        good = sum(self.counts.get(name, 0) for name in GOOD)
        waiting = min(self.parked, self.counts.get(Outcome.PENDING, 0))
        return bool(self.read.get("unchanged")) or good > waiting

    def as_json(self) -> dict[str, Any]:
        """Return what the manifest says of its discovery."""
        return {
            **({"label": self.label} if self.label else {}),
            "read": dict(self.read),
            "named": self.named,
            "documents": [dict(document) for document in self.documents],
            "failures": [
                {"url": failure.url, "reason": str(failure.reason), "detail": failure.detail}
                for failure in self.failures
            ],
            **({"put_off": self.put_off} if self.put_off else {}),
            **({"trouble": self.trouble} if self.trouble else {}),
            **({"health": [problem.as_json() for problem in self.problems]} if self.problems else {}),
        }


@dataclass(frozen=True, slots=True)
class RunReport:
    """What one run did: the source of its summary, of its manifest and of its exit code."""

    run_id: str
    finished_at: datetime
    finish_reason: str
    """Scrapy's word; ``finished`` where nothing stopped the run."""

    sources: tuple[SourceReport, ...]
    """Every source that was configured, in that order; of a big sites file, those with which something was done."""

    unlisted: int = 0
    """Sources of a big sites file with which nothing was done."""

    requests: int = 0
    bytes: int = 0
    budgets: Mapping[str, int] = field(default_factory=dict)
    """What budgets refused, by their stat."""

    parked: tuple[ParkedHost, ...] = ()
    """Hosts that gave no pages for now."""
    health: bool = False
    """An unwell source is worth exit code 3."""

    faults: int = 0
    """Exceptions in spider and pipelines, and items that were lost."""

    articles: Path | None = None
    """None where nothing was new."""

    rejected: Path | None = None
    manifest: Path | None = None
    page: Path | None = None
    """The HTML report."""

    @property
    def counts(self) -> Counter[str]:
        """The counts of all sources together."""
        total: Counter[str] = Counter()
        for source in self.sources:
            total.update(source.counts)
        return total

    @property
    def reasons(self) -> Counter[str]:
        """The reasons of all sources together."""
        total: Counter[str] = Counter()
        for source in self.sources:
            total.update(source.reasons)
        return total

    @property
    def troubled(self) -> tuple[SourceReport, ...]:
        """The sources that gave nothing though they were asked, that are unwell, or that were put off."""
        return tuple(source for source in self.sources if source.trouble or source.problems or source.put_off)

    @property
    def nothing_got(self) -> bool:
        """Whether no source gave anything, though one was asked; what is merely too old is no failure."""
        asked = any(source.asked and source.polled and source.held_by is None for source in self.sources)
        outside = (Reason.SINCE, Reason.UNTIL)
        gave = any(source.gave or any(map(source.reasons.get, outside)) for source in self.sources)
        return asked and not gave

    @property
    def exit_code(self) -> int:
        """0 fine, 1 a fault of ours, 3 nothing could be got, or a source is unwell and the person wants to know."""
        if self.faults:
            return 1
        unwell = self.health and any(source.problems for source in self.sources)
        return 3 if self.nothing_got or unwell else 0

    def as_json(self) -> dict[str, Any]:
        """Return what the manifest says beside the store's own figures."""
        asked = [source for source in self.sources if source.asked and source.held_by is None]
        resting = [source for source in self.sources if not source.asked and source.held_by is None]
        return {
            "finish_reason": self.finish_reason,
            "requests": self.requests,
            "bytes": self.bytes,
            "budgets": dict(self.budgets),
            "parked": {host.host: host.as_json() for host in self.parked},
            "held": {source.name: source.held_by for source in self.sources if source.held_by is not None},
            "not_due": [source.name for source in resting],
            **({"unlisted": self.unlisted} if self.unlisted else {}),
            "unwell": {
                source.name: [problem.as_json() for problem in source.problems] for source in resting if source.problems
            },
            "discovery": {source.name: source.as_json() for source in asked},
        }

"""Keeps what the health of sources is judged by, run after run, and judges those of this one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from newscrawl.extensions.outcomes import OutcomesExtension, pending_of
from newscrawl.extensions.store import require_options, store_of
from newscrawl.health.history import FIELDS, History
from newscrawl.health.judge import Problem
from newscrawl.health.read import judged, read_health
from newscrawl.items import Article
from newscrawl.outcomes import Outcome, Reason
from newscrawl.reports import SourceReport
from newscrawl.sources.asking import source_of
from newscrawl.sources.catalogue import by_name
from newscrawl.store.schedule.states import DocumentState, SourceState

BLOCKS = (Reason.HTTP_STATUS, Reason.RATE_LIMITED, Reason.CAPTCHA)
ARTICLES = (Outcome.WRITTEN, Outcome.REVISED, Outcome.DUPLICATE, Outcome.UNCHANGED)
BROKEN_POLLS = 3  # in a row, of one feed or sitemap


class HealthExtension:
    """Counts which fields the written articles have, looks at certificates, and records each source at the run's end.

    What is wrong with a source is judged by its own history (:mod:`newscrawl.health.judge`) and stands in the manifest.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.sources = by_name(require_options(crawler).sources)
        self.fields: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.certificates: dict[str, tuple[int, int]] = {}
        self.hosts: set[tuple[str, str]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if require_options(crawler).dry_run:
            raise NotConfigured
        extension = cls(crawler)
        crawler.signals.connect(extension.item_scraped, signals.item_scraped)
        crawler.signals.connect(extension.response_received, signals.response_received)
        return extension

    def item_scraped(self, item: Any, response: Any = None) -> None:
        """Count the fields of an article; of a list each is a source of its own, of which no report is made."""
        pending = pending_of(response)
        if isinstance(item, Article) and (pending is None or pending.source == item.source):
            have = self.fields[item.source]
            have.update(f"has:{name}" for name in FIELDS if getattr(item, name))

    def response_received(self, response: Response, request: Request) -> None:
        """Note until when the certificate of a source's host is valid."""
        source = source_of(request, self.sources)
        certificate = getattr(response, "certificate", None)
        if source is None or certificate is None or (seen := (source.name, response.url.split("/")[2])) in self.hosts:
            return
        self.hosts.add(seen)
        lifetime = validity(certificate)
        if lifetime is not None:
            known = self.certificates.get(source.name, lifetime)
            self.certificates[source.name] = min(known, lifetime, key=lambda pair: pair[1])

    async def record(self, reports: Iterable[SourceReport], now: datetime) -> dict[str, list[Problem]]:
        """Record how the sources of this run fared; return what is wrong with them, by name."""
        store, problems, states = store_of(self.crawler), {}, []
        for report in reports:
            if not report.asked or report.held_by is not None:
                continue
            before = await store.source(report.name) or SourceState(report.name, first_run=now)
            documents = await store.documents_of(report.name)
            state = self.after(before, report, documents, now)
            states.append(state)
            if wrong := judged(state, now):
                problems[report.name] = wrong
        if states:
            await store.record_source(*states)
        return problems

    async def known(self, names: Iterable[str], now: datetime) -> dict[str, list[Problem]]:
        """Return what is wrong with sources that this run did not ask, by name."""
        asked = list(names)
        return (await store_of(self.crawler).read(lambda connection: read_health(connection, asked, now)))[1]

    def after(
        self, before: SourceState, report: SourceReport, documents: Iterable[DocumentState], now: datetime
    ) -> SourceState:
        """Return the state of a source after this run."""
        history = History.read(before.learned)
        answered = bool(report.read) or report.is_list
        polled = answered or bool(report.failures)
        outcomes = self.crawler.get_extension(OutcomesExtension)
        rules = outcomes.rules[report.name] if outcomes else {}
        figures = {**figures_of(report, answered, polled), **self.fields[report.name], **rules}
        history.add(now, figures, broken_of(documents))
        history.certificate = self.certificates.get(report.name, history.certificate)
        assert self.crawler.stats is not None
        answers = self.crawler.stats.get_value("newscrawl/put_off", {}).get(report.name, ("", 0))[1]
        history.note_put_off(is_put_off=bool(report.put_off), answers=answers)
        written = report.counts.get(Outcome.WRITTEN, 0)
        failed = polled and not answered
        return replace(
            before,
            first_run=before.first_run or now,
            last_run=now,
            last_success=now if answered else before.last_success,
            last_story=now if written else before.last_story,
            failures=before.failures + 1 if failed else (0 if answered else before.failures),
            reason=str(report.failures[0].reason) if failed else (None if answered else before.reason),
            learned=history.write(),
        )


def figures_of(report: SourceReport, answered: bool, polled: bool) -> dict[str, int]:
    """Return the figures of one run as :class:`History` has them."""
    articles = sum(report.counts.get(name, 0) for name in ARTICLES)
    refused = sum(report.reasons.get(reason, 0) for reason in BLOCKS)
    refused += sum(failure.reason in BLOCKS for failure in report.failures)
    lost = report.counts.get(Outcome.REJECTED, 0) + report.counts.get(Outcome.FAILED, 0)
    return {
        "dead": int(polled and not answered),
        "pages": articles + lost,
        "articles": articles,
        "blocked": refused,
        "written": report.counts.get(Outcome.WRITTEN, 0),
    }


def broken_of(documents: Iterable[DocumentState]) -> list[str]:
    """Return the feeds and sitemaps that fail again and again, each as ``URL: reason``."""
    return [
        f"{state.url}: {state.reason or 'it failed'}"
        for state in documents
        if state.failures >= BROKEN_POLLS and ("feed" in state.kind or "sitemap" in state.kind)
    ]


def validity(certificate: Any) -> tuple[int, int] | None:
    """Return from when until when a certificate of Twisted's is valid; None where that cannot be read."""
    try:
        parsed = certificate.original.to_cryptography()
        return int(parsed.not_valid_before_utc.timestamp()), int(parsed.not_valid_after_utc.timestamp())
    except (AttributeError, ValueError, OverflowError):
        return None

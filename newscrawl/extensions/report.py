"""Ends a run: publishes its files, says in a few lines what it brought, and sets the exit code."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from newscrawl.arguments import CrawlOptions
from newscrawl.configuration import Configuration, changed_settings
from newscrawl.discovery.source import SourceDiscovery
from newscrawl.errors import OutputError
from newscrawl.exits import EXIT_CODE, note_exit_code
from newscrawl.extensions.health import HealthExtension
from newscrawl.extensions.store import StoreExtension, require_options, store_of
from newscrawl.health.judge import Problem
from newscrawl.items import format_time
from newscrawl.outcomes import Reason
from newscrawl.report import write_report
from newscrawl.reports import DocumentFailure, ParkedHost, RunReport, SourceReport, summary_lines
from newscrawl.reports.prometheus import metrics
from newscrawl.reports.summary import trouble_of
from newscrawl.sources.catalogue import Catalogue, by_name, named_in_arguments
from newscrawl.sources.source import Source
from newscrawl.store.messages import Figures
from newscrawl.store.output.compaction import pack
from newscrawl.store.output.run_output import runs_path
from newscrawl.store.output.runfile import write_whole

if TYPE_CHECKING:
    from newscrawl.spiders.hosts import HostStates

logger = logging.getLogger(__name__)

FAULTS = (
    "newscrawl/pipeline_errors",
    "newscrawl/items_without_outcome",
    "spider_exceptions/count",
)  # stats that mean exit code 1


class ReportExtension:
    """Publishes the run when the spider closes, and says on stderr and in Scrapy's log file what it brought.

    One line where nothing is wrong and stderr is no terminal, none with ``quiet=1``. The stat ``newscrawl/exit_code``
    is what ``scrapy crawl`` exits with.
    """

    def __init__(self, crawler: Crawler, options: CrawlOptions) -> None:
        self.crawler = crawler
        self.options = options
        self.parked: tuple[ParkedHost, ...] = ()
        self.unwell: list[str] = []
        """Sources of a big sites file with which nothing was done."""

        chosen = Configuration.read(crawler.settings)
        self.health, self.metrics_file = options.health or chosen.health, chosen.prometheus_file
        self.as_json = chosen.log_format == "json"

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler, require_options(crawler))
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        return extension

    async def spider_closed(self, spider: Spider, reason: str) -> None:
        stats, store = self.crawler.stats, store_of(self.crawler)
        assert stats is not None
        code, published, path = 0, False, None
        health: dict[str, list[Problem]] = {}
        try:
            if not self.options.dry_run:
                hosts: HostStates | None = getattr(spider, "hosts", None)
                if hosts is not None:
                    self.parked = await hosts.record(store.session.run.id)
                so_far = self.report(spider, reason, store.figures())
                health = await self.judge(so_far)
                so_far = with_health(self.report(spider, reason, store.figures()) if self.unwell else so_far, health)
                settings = changed_settings(self.crawler.settings)
                nothing_wrong = not so_far.troubled and not so_far.exit_code
                written = {**so_far.as_json(), "settings": settings, "nothing_wrong": nothing_wrong}
                path = await store.publish(written, None if reason == "finished" else reason)
                published = True
        except OutputError as error:
            code = error.exit_code
            print(f"newscrawl: {error}", file=sys.stderr)
        finally:
            await store.close()
        report = self.with_files(with_health(self.report(spider, reason, store.figures()), health), path)
        if report.faults or (code == 0 and not self.options.dry_run):
            code = report.exit_code
        stats.set_value(EXIT_CODE, code)
        if published:
            report = self.packed(report)
            self.say(report, quiet=self.options.quiet)
            self.write_metrics(report)
        note_exit_code(self.crawler, code)

    def report(self, spider: Spider, reason: str, figures: dict[str, Figures]) -> RunReport:
        """Gather what the run did, a :class:`SourceReport` for every source that was configured.

        Of a big sites file, for those with which something was done, or is wrong.
        """
        stats, opened = self.crawler.stats, self.crawler.get_extension(StoreExtension)
        assert stats is not None
        assert opened is not None
        values: dict[str, Any] = stats.get_stats()
        sources = self.options.sources
        configured = by_name(sources)
        own = [source.name for source in named_in_arguments(sources)]
        met = [*figures, *getattr(spider, "discoveries", ()), *getattr(spider, "locked", ()), *self.unwell]
        names = dict.fromkeys((*own, *met))
        return RunReport(
            run_id=opened.run.id,
            finished_at=datetime.now(UTC),
            finish_reason=reason,
            sources=tuple(
                source_report(
                    spider,
                    name,
                    configured.get(name),
                    figures.get(name),
                    sum(host.waiting.get(name, 0) for host in self.parked),
                )
                for name in names
            ),
            unlisted=len(sources) - sum(name in configured for name in names),
            requests=values.get("downloader/request_count", 0),
            bytes=values.get("downloader/response_bytes", 0),
            budgets={name: value for name, value in values.items() if name.startswith("newscrawl/budget/")},
            parked=self.parked,
            health=self.health,
            faults=sum(values.get(fault, 0) for fault in FAULTS),
        )

    async def judge(self, report: RunReport) -> dict[str, list[Problem]]:
        """Record how the sources fared; return what is wrong with them: also with those that were not asked,
        where health decides the exit code.
        """
        extension = self.crawler.get_extension(HealthExtension)
        if extension is None:
            return {}
        problems = await extension.record(report.sources, report.finished_at)
        if self.health:
            resting = [source.name for source in report.sources if not source.asked]
            problems |= await extension.known(resting, report.finished_at)
            if isinstance(self.options.sources, Catalogue):
                listed = {source.name for source in report.sources}
                for names in self.options.sources.names():
                    more = await extension.known([name for name in names if name not in listed], report.finished_at)
                    self.unwell += more
                    problems |= more
        return problems

    def with_files(self, report: RunReport, articles: Path | None) -> RunReport:
        """Return *report* with the files that stand on the disk now."""
        folder = Configuration.read(self.crawler.settings).output_dir
        rejected, manifest = (runs_path(folder, report.run_id, suffix) for suffix in (".rejected.jsonl", ".json"))
        return replace(
            report,
            articles=articles,
            rejected=rejected if rejected.exists() else None,
            manifest=manifest if manifest.exists() else None,
            page=page_of(folder, manifest) if manifest.exists() else None,
        )

    def packed(self, report: RunReport) -> RunReport:
        """Return *report* with the names of its files as they are packed, where that is set; else as it is."""
        form = Configuration.read(self.crawler.settings).compress
        if not form:
            return report
        articles, rejected = (packed(path, form) for path in (report.articles, report.rejected))
        return replace(report, articles=articles, rejected=rejected)

    def say(self, report: RunReport, *, quiet: bool) -> None:
        """Print the summary, and put it into the log file; *quiet*: print it only where something is wrong."""
        lines = summary_lines(report, terminal=sys.stderr.isatty())
        if not (quiet and len(lines) == 1):
            shown = [json.dumps(as_object(report, lines), ensure_ascii=False)] if self.as_json else lines
            print(*shown, sep="\n", file=sys.stderr)
        log(lines)

    def write_metrics(self, report: RunReport) -> None:
        """Write the file that Prometheus reads, where one is set; one that cannot be written costs a warning."""
        if not self.metrics_file:
            return
        try:
            write_whole(Path(self.metrics_file), metrics(report).encode())
        except OSError as error:
            logger.warning("the metrics cannot be written to %s: %s", self.metrics_file, error.strerror or error)


def packed(path: Path | None, form: str) -> Path | None:
    """Pack a file; return where it is now. One that cannot be packed stays as it is, with a warning."""
    try:
        return path and pack(path, form)
    except (OSError, OutputError) as error:
        logger.warning("%s stays as it is, and cannot be packed: %s", path, error)
        return path


def as_object(report: RunReport, lines: Sequence[str]) -> dict[str, Any]:
    """Return the summary as a line of a JSON log has it."""
    return {
        "at": format_time(report.finished_at),
        "level": "WARNING" if report.troubled or report.exit_code else "INFO",
        "logger": "newscrawl.summary",
        "message": "\n".join(lines),
        "run_id": report.run_id,
        "exit_code": report.exit_code,
        "figures": {name: count for name, count in report.counts.items() if count},
        "unwell": {source.title: trouble_of(source) for source in report.troubled},
    }


def page_of(folder: Path, manifest: Path) -> Path | None:
    """Write the page that a person opens; None where that fails, which costs the run nothing else."""
    try:
        return write_report(folder, manifest)
    except OutputError as error:
        logger.warning("%s", error)
        return None


def with_health(report: RunReport, problems: Mapping[str, list[Problem]]) -> RunReport:
    """Return *report* with what is wrong with its sources."""
    sources = (
        replace(source, problems=tuple(problems[source.name])) if source.name in problems else source
        for source in report.sources
    )
    return replace(report, sources=tuple(sources)) if problems else report


def source_report(
    spider: Spider, name: str, source: Source | None, figures: Figures | None, parked: int = 0
) -> SourceReport:
    """Return what *spider* and the store know of one source; another project's spider discovers by itself.

    *source*: as it was configured; None where only the store knows it.
    """
    discoveries: dict[str, SourceDiscovery] | None = getattr(spider, "discoveries", None)
    discovery = discoveries.get(name) if discoveries is not None else None
    counts = {key: count for key, count in (figures or {}).items() if isinstance(count, int)}
    stats = spider.crawler.stats
    assert stats is not None
    is_list = source is not None and bool(source.listed or source.archives)
    return SourceReport(
        name,
        counts,
        dict(figures["reasons"]) if figures else {},
        dict(discovery.read) if discovery else {},
        discovery.named if discovery else 0,
        tuple(DocumentFailure(f.url, f.reason or Reason.BAD_RESPONSE, f.detail) for f in discovery.failures)
        if discovery
        else (),
        documents=tuple(outcome.as_dict() for outcome in discovery.outcomes) if discovery else (),
        is_list=is_list,
        held_by=getattr(spider, "locked", {}).get(name),
        parked=parked,
        put_off=stats.get_value("newscrawl/put_off", {}).get(name, ("", 0))[0],
        label=source.label if source is not None else "",
        asked=discovery is not None or discoveries is None,
        polled=discovery is None or bool(discovery.open) or is_list,
    )


def log(lines: Sequence[str]) -> None:
    """Write *lines* to the log files. ``LOG_LEVEL`` does not count: a log without them says nothing of a good run."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.FileHandler):
            for line in lines:
                handler.handle(logger.makeRecord(logger.name, logging.INFO, __file__, 0, line, (), None))

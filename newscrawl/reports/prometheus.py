"""A run as metrics in Prometheus's text format, for the textfile collector of its node exporter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from newscrawl.outcomes import Outcome
from newscrawl.reports.run_report import RunReport

OUTCOMES = (*Outcome, "known")


def metrics(report: RunReport) -> str:
    """Return the metrics of the last run, all gauges: totals, and for each source that was asked its own."""
    return "\n".join(lines(report)) + "\n"


def lines(report: RunReport) -> Iterator[str]:
    """Yield the lines."""
    asked = [source for source in report.sources if source.asked]
    yield from gauge(
        "newscrawl_run_finished_seconds", "When the last run ended", [({}, report.finished_at.timestamp())]
    )
    yield from gauge("newscrawl_run_exit_code", "What it exited with", [({}, report.exit_code)])
    yield from gauge("newscrawl_run_requests", "Requests that it made", [({}, report.requests)])
    yield from gauge("newscrawl_run_received_bytes", "What it downloaded", [({}, report.bytes)])
    yield from gauge("newscrawl_run_sources", "Sources that it asked", [({}, len(asked))])
    totals = [({"outcome": str(name)}, report.counts.get(name, 0)) for name in OUTCOMES]
    yield from gauge("newscrawl_run_urls", "URLs by what became of them", totals)
    each = [
        ({"source": source.name, "outcome": str(name)}, source.counts[name])
        for source in asked
        for name in OUTCOMES
        if source.counts.get(name, 0)
    ]
    yield from gauge("newscrawl_source_urls", "URLs of a source by what became of them", each)
    silent = [({"source": source.name}, int(source.trouble is not None)) for source in asked]
    yield from gauge("newscrawl_source_trouble", "1: the source gave nothing in this run", silent)
    unwell = [({"source": s.name, "kind": problem.kind}, 1) for s in report.sources for problem in s.problems]
    yield from gauge("newscrawl_source_unwell", "1: unwell by its own history", unwell)


def gauge(name: str, meaning: str, values: Iterable[tuple[Mapping[str, str], float]]) -> Iterator[str]:
    """Yield one metric with its values."""
    yield f"# HELP {name} {meaning}."
    yield f"# TYPE {name} gauge"
    for labels, value in values:
        listed = ",".join(f'{key}="{escaped(text)}"' for key, text in labels.items())
        yield f"{name}{{{listed}}} {value:.15g}" if listed else f"{name} {value:.15g}"


def escaped(text: str) -> str:
    """Return *text* as the value of a label."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

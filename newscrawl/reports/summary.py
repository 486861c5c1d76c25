"""The lines that a person, or a scheduler's mail, reads at the end of a run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from newscrawl.items import format_time
from newscrawl.outcomes import OUTCOME_OF, Outcome, Reason
from newscrawl.reports.run_report import RunReport, SourceReport

SHOWN = 10  # healthy sources; the manifest has all. Troubled ones are shown up to TROUBLED
TROUBLED = 50
HELD = 5  # and of those that other runs hold: with many machines they are many
WORDS = {
    Outcome.REVISED: "revised",
    Outcome.DUPLICATE: "duplicates",
    "known": "known",
    Outcome.UNCHANGED: "unchanged",
    Outcome.REJECTED: "rejected",
    Outcome.SKIPPED: "skipped",
    Outcome.FAILED: "failed",
    Outcome.PENDING: "pending",
}


def summary_lines(report: RunReport, *, terminal: bool) -> list[str]:
    """Return the summary: all sources together, the troubled ones, the others, and the files.

    Where nothing is wrong and no person sits before it (*terminal* is false), it is one line.
    """
    head = dated(report, sentence(report.counts, report.reasons))
    wrong = report.troubled or report.exit_code or report.finish_reason != "finished"
    if not terminal and not wrong and not report.parked and not any(source.held_by for source in report.sources):
        return ["; ".join((head, *files(report)))]
    if report.finish_reason != "finished":
        head += f"; stopped early ({report.finish_reason})"
    parked = [f"  {host}" for host in report.parked[:TROUBLED]]
    return [head, *trouble_lines(report), *parked, *(source_lines(report) if terminal else []), *files(report)]


def dated(report: RunReport, text: str) -> str:
    """Put time and run id before *text*, so that the lines of several runs can be distinguished."""
    return f"{format_time(report.finished_at)} {report.run_id}: {text}"


def sentence(counts: Mapping[str, int], reasons: Mapping[str, int]) -> str:
    """Write figures as ``12 new, 241 known, 6 rejected (login 1, section 5)``; the noughts are left out, but of the
    new."""
    parts = [f"{counts.get(Outcome.WRITTEN, 0)} new"]
    for name, word in WORDS.items():
        if count := counts.get(name, 0):
            parts.append(f"{count} {word}{why(name, reasons)}")
    return ", ".join(parts)


def why(outcome: str, reasons: Mapping[str, int]) -> str:
    """Return the reasons of one outcome in brackets, the most frequent first."""
    own = [(name, count) for name, count in reasons.items() if count and OUTCOME_OF[Reason(name)] == outcome]
    own.sort(key=lambda item: (-item[1], item[0]))
    return f" ({', '.join(f'{name} {count}' for name, count in own)})" if own else ""


def trouble_lines(report: RunReport) -> list[str]:
    """Return a line for each source that gave nothing, and for each that another run holds."""
    troubled = report.troubled
    lines = [f"  {source.title}: {trouble_of(source)}" for source in troubled[:TROUBLED]]
    if len(troubled) > TROUBLED:
        lines.append(f"  and {len(troubled) - TROUBLED} more sources in trouble, in the manifest")
    locked = [source for source in report.sources if source.held_by is not None]
    lines += [
        f"  {source.title}: another run holds it ({source.held_by}); nothing was done" for source in locked[:HELD]
    ]
    return lines + ([f"  and {len(locked) - HELD} more sources that other runs hold"] if len(locked) > HELD else [])


def trouble_of(source: SourceReport) -> str:
    """Say what is wrong with *source*, why its pages gave nothing, since when, and what to do."""
    reasons = ", ".join(f"{count} {WORDS[name]}{why(name, source.reasons)}" for name, count in pages_lost(source))
    trouble = f"{source.trouble}{f': {reasons}' if reasons else ''}" if source.trouble else ""
    put_off = put_off_of(source)
    return "; ".join(part for part in (trouble, put_off, *map(str, source.problems)) if part)


def put_off_of(source: SourceReport) -> str:
    """Say why *source* was put off and what waits; empty where that is said already or was not done."""
    waiting = source.counts.get(Outcome.PENDING, 0)
    if not source.put_off or (source.trouble and not waiting):
        return ""
    return f"put off: {source.put_off}" + (f"; {waiting} pages wait for the next run" if waiting else "")


def pages_lost(source: SourceReport) -> list[tuple[Outcome, int]]:
    """Return how many pages of *source* ended in each of the bad outcomes."""
    bad = (Outcome.REJECTED, Outcome.SKIPPED, Outcome.FAILED)
    return [(outcome, source.counts[outcome]) for outcome in bad if source.counts.get(outcome, 0)]


def source_lines(report: RunReport) -> list[str]:
    """Return a line for each source that works, the first :data:`SHOWN` of them."""
    if len(report.sources) < 2:
        return []
    troubled = {source.name for source in (*report.troubled, *(s for s in report.sources if s.held_by))}
    healthy = [source for source in report.sources if source.asked and source.name not in troubled]
    lines = [f"  {source.title}: {sentence(source.counts, source.reasons)}" for source in healthy[:SHOWN]]
    if len(healthy) > SHOWN:
        lines.append(f"  and {len(healthy) - SHOWN} more sources, in the manifest")
    return lines


def files(report: RunReport) -> list[str]:
    """Name the files that the run left."""
    named: list[tuple[str, Path | None]] = [
        ("written to", report.articles),
        ("rejected log", report.rejected),
        ("manifest", report.manifest),
        ("report", report.page),
    ]
    return [f"{word} {path}" for word, path in named if path is not None]

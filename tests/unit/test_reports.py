"""What the summary says of a run."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.outcomes import Reason
from newscrawl.reports import DocumentFailure, RunReport, SourceReport, summary_lines

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
GOOD = SourceReport("good", {"written": 2, "known": 3}, read={"feed": 1}, named=5)
DEAD = SourceReport("dead", failures=(DocumentFailure("https://d.example/feed", Reason.RATE_LIMITED, "status 503"),))
FORBIDDEN = SourceReport("forbidden", {"skipped": 4}, {"robots": 4}, read={"feed": 1}, named=4)


def report(*sources: SourceReport, reason: str = "finished") -> RunReport:
    return RunReport("r1", NOW, reason, sources, manifest=Path("runs/r1.json"), rejected=Path("runs/r1.rejected.jsonl"))


def test_each_outcome_has_its_reasons_beside_it():
    counts = {"written": 1, "rejected": 6, "failed": 1, "skipped": 2}
    reasons = {"gone": 1, "section": 5, "not-found": 1, "robots": 2}

    lines = summary_lines(report(SourceReport("a", counts, reasons, {"feed": 1}, 10)), terminal=True)

    assert lines == [
        "2026-11-26T12:00:00Z r1: 1 new, 6 rejected (section 5, gone 1), 2 skipped (robots 2), 1 failed (not-found 1)",
        "rejected log runs/r1.rejected.jsonl",
        "manifest runs/r1.json",
    ]


def test_one_line_is_enough_where_nothing_is_wrong_and_nobody_watches():
    (line,) = summary_lines(report(GOOD, GOOD), terminal=False)

    assert line.startswith("2026-11-26T12:00:00Z r1: 4 new, 6 known; ")


@pytest.mark.parametrize("terminal", [True, False])
def test_troubled_sources_come_first_with_their_reasons(terminal):
    lines = summary_lines(report(*[GOOD] * 11, DEAD, FORBIDDEN), terminal=terminal)

    assert lines[1:3] == [
        "  dead: no answer (https://d.example/feed: rate-limited status 503)",
        "  forbidden: 4 pages named, none gave an article: 4 skipped (robots 4)",
    ]


@pytest.mark.parametrize(
    ("sources", "faults", "code"),
    [
        ((GOOD, DEAD), 0, 0),
        ((DEAD,), 0, 3),
        ((FORBIDDEN,), 0, 3),
        ((GOOD,), 1, 1),
        ((SourceReport("old", {"skipped": 4}, {"since": 4}, {"feed": 1}, 4),), 0, 0),
        ((SourceReport("held", held_by="r0", asked=False),), 0, 0),
        ((SourceReport("not due", asked=False),), 0, 0),
    ],
)
def test_the_exit_code_says_whether_anything_came(sources, faults, code):
    run = RunReport("r1", NOW, "finished", sources, faults=faults)

    assert run.exit_code == code


def test_a_run_that_was_stopped_says_so():
    assert "stopped early (shutdown)" in summary_lines(report(GOOD, reason="shutdown"), terminal=False)[0]

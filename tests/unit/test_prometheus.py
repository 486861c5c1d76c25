"""A run's metrics are in the format that Prometheus reads."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from newscrawl.health.judge import Problem
from newscrawl.reports import RunReport, SourceReport
from newscrawl.reports.prometheus import metrics

LINE = re.compile(r'[a-z_]+(\{[a-z_]+="(?:[^"\\\n]|\\.)*"(,[a-z_]+="(?:[^"\\\n]|\\.)*")*\})? -?[0-9.e+]+')


def test_every_line_is_a_comment_or_a_value_whatever_a_source_is_called():
    sources = (
        SourceReport('The "A"\\\n', {"written": 2}, read={"feed": 1}, problems=(Problem("silent", "a", "b"),)),
        SourceReport("resting", asked=False),
    )
    text = metrics(RunReport("r1", datetime(2026, 11, 26, 12, tzinfo=UTC), "finished", sources, 7, 1234))

    assert all(line.startswith("# ") or LINE.fullmatch(line) for line in text.splitlines())
    assert "newscrawl_run_finished_seconds 1795694400\n" in text
    assert 'newscrawl_run_urls{outcome="written"} 2\n' in text
    assert 'newscrawl_source_unwell{source="The \\"A\\"\\\\\\n",kind="silent"} 1\n' in text
    assert "newscrawl_run_sources 1\n" in text

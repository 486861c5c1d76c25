"""The dashboard of ``deploy/`` shows the metrics that a run writes, and no others."""

from __future__ import annotations

import itertools
import json
import re
from datetime import UTC, datetime
from typing import Any

from newscrawl.health.judge import Problem
from newscrawl.reports import RunReport, SourceReport
from newscrawl.reports.prometheus import OUTCOMES, metrics
from tests.crawling import ROOT

DASHBOARD: dict[str, Any] = json.loads((ROOT / "deploy/grafana.json").read_text("utf-8"))
QUERIES = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
GIVEN_BY_PROMETHEUS = {"instance"}


def written() -> dict[str, set[str]]:
    """Return the metrics of a run with a source that is unwell, each with its labels."""
    source = SourceReport("a", {"written": 2}, problems=(Problem("silent", "a", "b"),))
    lines = metrics(RunReport("r1", datetime(2026, 11, 26, tzinfo=UTC), "finished", (source,), 1, 2)).splitlines()
    found: dict[str, set[str]] = {line.split()[2]: set() for line in lines if line.startswith("# TYPE")}
    for line in lines:
        if not line.startswith("#"):
            found[re.split(r"[{ ]", line)[0]] |= set(re.findall(r'(\w+)="', line))
    return found


def test_each_metric_of_the_dashboard_is_one_that_a_run_writes_and_none_is_left_out():
    shown = {name for query in QUERIES for name in re.findall(r"\bnewscrawl_\w+", query)}

    assert shown == set(written())


def test_each_label_of_the_dashboard_is_one_that_its_metric_has():
    for query in QUERIES:
        (name,) = re.findall(r"\bnewscrawl_\w+", query)
        grouped = {label.strip() for by in re.findall(r"by \(([^)]*)\)", query) for label in by.split(",")}
        used = grouped | set(re.findall(r"(\w+)=~?\"", query))

        assert used <= written()[name] | GIVEN_BY_PROMETHEUS, query
        assert set(re.findall(r'outcome="(\w+)"', query)) <= set(map(str, OUTCOMES))
        assert query.count("(") == query.count(")")
        assert '{instance=~"$instance"' in query


def test_panels_stand_beside_each_other_and_take_the_chosen_prometheus():
    places = [panel["gridPos"] for panel in DASHBOARD["panels"]]
    variables = {variable["name"] for variable in DASHBOARD["templating"]["list"]}

    assert variables == {"datasource", "instance"}
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(places)
    for panel in DASHBOARD["panels"]:
        assert {target["datasource"]["uid"] for target in panel["targets"]} == {"${datasource}"}
    for a, b in itertools.combinations(places, 2):
        across = a["x"] < b["x"] + b["w"] and b["x"] < a["x"] + a["w"]
        assert not (across and a["y"] < b["y"] + b["h"] and b["y"] < a["y"] + a["h"]), (a, b)
    assert all(place["x"] + place["w"] <= 24 for place in places)

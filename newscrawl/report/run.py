"""What a report shows of a run, from its manifest, its articles and its rejected log."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newscrawl.report.lines import json_lines
from newscrawl.report.pairs import find_originals
from newscrawl.report.trend import trends
from newscrawl.store.output.lines import DAMAGED, run_of, stored_path
from newscrawl.store.output.shelves import find_run_file

MOST_STORIES = 5000  # the page stays below 2 MB
EXAMPLES = 50  # of a reason
MOST_DUPLICATES = 500

Line = dict[str, Any]


@dataclass(slots=True)
class RunReport:
    """One run as its report shows it."""

    manifest: Line
    stories: list[Line] = field(default_factory=list)
    """The newest articles, the latest first: id, url, title, source, published_at, fetched_at, image_url."""

    story_count: int = 0
    duplicates: list[Line] = field(default_factory=list)
    originals: dict[str, Line] = field(default_factory=dict)
    """url, title and excerpt by the id of an article that a duplicate repeats."""

    trends: dict[str, list[int]] = field(default_factory=dict)
    """New stories of each source in the last runs, the oldest first."""

    reasons: dict[str, list[Line]] = field(default_factory=dict)
    """Lines of the rejected log by reason, at most ``EXAMPLES`` each."""

    counts: Counter[str] = field(default_factory=Counter)
    """How many lines a reason has; duplicates are counted under ``duplicate``."""

    faults: list[str] = field(default_factory=list)
    """Files that could not be read."""


def read_run(folder: Path, manifest: Line) -> RunReport:
    """Read what the report of *manifest*'s run shows from the files below *folder*."""
    run = RunReport(manifest)
    for entry in manifest.get("files") or []:
        name = Path(entry["path"]).name
        if entry["path"].startswith("runs/"):
            path: Path | None = find_run_file(folder, run_of(Path(name)), name[len(run_of(Path(name))) :])
        else:
            path = stored_path(folder / entry["path"])
        if path is None or not path.exists():
            run.faults.append(f"{entry['path']} is gone")
            continue
        try:
            if entry["path"].startswith("runs/"):
                read_rejected(run, path)
            else:
                read_stories(run, path)
        except DAMAGED as error:
            run.faults.append(f"{entry['path']} cannot be read: {error}")
    run.originals = find_originals(folder, {str(line.get("duplicate_of")) for line in run.duplicates})
    run.trends = trends(folder, str(manifest.get("run_id")))
    return run


def read_stories(run: RunReport, path: Path) -> None:
    """Keep the newest articles of *path*, without their texts."""
    names = ("id", "url", "title", "source", "published_at", "fetched_at", "image_url")
    slim = ({name: record.get(name) for name in names} for record in records(path, run))
    run.stories = heapq.nlargest(
        MOST_STORIES, slim, key=lambda story: story["published_at"] or story["fetched_at"] or ""
    )


def records(path: Path, run: RunReport) -> Iterator[Line]:
    """Yield the records of *path* and count them in *run*."""
    for line in json_lines(path):
        run.story_count += 1
        yield line


def read_rejected(run: RunReport, path: Path) -> None:
    """Count the lines of the rejected log and keep examples."""
    for line in json_lines(path):
        outcome, reason = str(line.get("outcome")), str(line.get("reason") or line.get("outcome"))
        run.counts[reason] += 1
        if outcome == "duplicate":
            if len(run.duplicates) < MOST_DUPLICATES:
                run.duplicates.append(line)
        elif outcome != "unchanged" and len(run.reasons.setdefault(reason, [])) < EXAMPLES:
            run.reasons[reason].append(line)

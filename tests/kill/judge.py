"""Reads an output folder as a user would, and says what is wrong with it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from tests.kill.feed import STEP, Feed, is_article

ENDS = ("written", "revised", "duplicate", "unchanged", "rejected", "skipped", "failed", "pending")


def judge(folder: Path, feed: Feed, output: Path | None = None) -> dict[str, Any]:
    """Count what was lost, repeated or torn, the files that no run will complete, and the sums that are wrong."""
    output = output or folder / "output"
    told: Counter[int] = Counter()
    torn = 0
    for path in sorted(output.glob("articles/**/*.jsonl")):
        for line in path.read_bytes().split(b"\n")[:-1]:
            try:
                told[int(json.loads(line)["url"].rpartition("/")[2])] += 1
            except ValueError:
                torn += 1
        torn += not path.read_bytes().endswith(b"\n")
    wanted = {number for number in range(feed.polls() * STEP) if is_article(number)}
    return {
        "published": len(wanted),
        "lost": len(wanted - told.keys()),
        "repeated": sum(told.values()) - len(told),
        "torn": torn,
        "left_over": [str(path.relative_to(output)) for path in output.rglob("*.jsonl.*")],
        "wrong_sums": wrong_sums(output),
    }


def wrong_sums(output: Path) -> list[str]:
    """Return which figures do not add up: in each manifest, with the files, and over all runs."""
    wrong = []
    total: Counter[str] = Counter()
    for path in sorted(output.glob("runs/*.json")):
        manifest = json.loads(path.read_text())
        figures = manifest["figures"]
        total.update({name: count for name, count in figures.items() if name != "reasons"})
        if figures["discovered"] + figures["resumed"] != sum(figures[name] for name in ENDS):
            wrong.append(f"{path.name}: {figures}")
        lines = {entry["path"]: entry["lines"] for entry in manifest["files"]}
        for name, count in lines.items():
            if (output / name).read_bytes().count(b"\n") != count:
                wrong.append(f"{name} has not {count} lines")
        refused = sum(figures[name] for name in ("duplicate", "unchanged", "rejected", "failed"))
        if sum(lines.values()) != figures["written"] + figures["revised"] + refused:
            wrong.append(f"{path.name}: {lines} but {figures}")
    ended = sum(total[name] for name in ENDS if name not in ("failed", "pending"))
    if total["discovered"] != ended:
        wrong.append(f"all runs: {total['discovered']} discovered, {ended} ended")
    return wrong

"""What each step of extraction is worth: the scores of the body where it is left out, and what it costs in truth.

    python -m tests.benchmarks.ablation --pages DIR [--jobs 2]

DIR as in :mod:`tests.benchmarks.extraction`. Prints, a step a line, what is lost without it - of the mean F1 of the
bodies and of the F1 of the segments, in ten-thousandths - how many pages have another body then, and how many true
lines the step costs: lines of the gold that stand in the body only where the step is left out. ``all cuts`` are the
steps of ``cut_lines`` together.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from newscrawl.extraction import reading
from newscrawl.extraction.cuts import lines
from newscrawl.extraction.finder import search
from newscrawl.extraction.pruning import prune
from newscrawl.extraction.text import paragraphs
from tests.benchmarks.extraction import extract_all, pages
from tests.benchmarks.extraction_scores import score, true_lines

Scores = dict[str, float]
NOTHING = "nothing"
COLUMNS = ("body mean", "segments")


def left_out() -> dict[str, Any]:
    """Return, by the name of each step, the context in which it is left out."""
    found: dict[str, Any] = {NOTHING: nullcontext()}
    for function, steps in ((lines.cut_lines, lines.STEPS), (prune.prune, prune.STEPS)):
        for step in steps:
            others = tuple(one for one in steps if one is not step)
            found[step.__name__] = patch.object(function, "__defaults__", (others,))
    return found | {
        "all cuts": patch.object(lines.cut_lines, "__defaults__", ((),)),
        "with_deck": patch.object(reading, "with_deck", lambda _tree, found, *_: list(found)),
        "missed": patch.object(paragraphs, "missed", lambda *_: {}),
        "continued": patch.object(search, "continued", lambda *_: None),
        "thorough": patch.object(search, "_doubt", lambda *_: ""),
        "rescue": patch.object(search, "RESCUE_SHARE", -1.0),
    }


@dataclass(frozen=True, slots=True)
class Row:
    """What one step is worth."""

    name: str
    lost: Scores
    """What is lost without it, by measure."""

    pages: int
    """How many have another body without it."""

    true_lines: int
    """How many lines of the gold it cost."""


def measure(folder: Path, name: str) -> tuple[Scores, dict[str, str]]:
    """Return the scores without the step *name*, and the bodies by page."""
    with left_out()[name]:
        records = extract_all(folder, only=("body", "with"))
    return score(pages(folder), records), {page: record["body"] for page, record in records.items()}


def ablation(folder: Path, jobs: int) -> Iterator[Row]:
    """Yield what each step is worth."""
    gold = {page["id"]: page["gold"]["body"] for page in pages(folder) if "body" in page["gold"]}
    with ProcessPoolExecutor(jobs) as pool:
        measured = pool.map(partial(measure, folder), left_out())
        whole, bodies = next(measured)
        for name, (scores, others) in zip(list(left_out())[1:], measured, strict=True):
            lost = {column: whole[column] - scores[column] for column in COLUMNS if column in whole}
            changed = sum(others.get(page) != body for page, body in bodies.items())
            costs = sum(
                len(true_lines(others.get(page, ""), text) - true_lines(bodies.get(page, ""), text))
                for page, text in gold.items()
            )
            yield Row(name, lost, changed, costs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    options = parser.parse_args()
    total = sum(
        len(true_lines(page["gold"]["body"], page["gold"]["body"]))
        for page in pages(options.pages)
        if "body" in page["gold"]
    )
    print(f"{total} lines in the gold", flush=True)
    for row in ablation(options.pages, options.jobs):
        values = "  ".join(f"{column} {10_000 * value:+6.1f}" for column, value in row.lost.items())
        print(f"{row.name:16} {values}  pages {row.pages:4}  true lines lost {row.true_lines}", flush=True)


if __name__ == "__main__":
    main()

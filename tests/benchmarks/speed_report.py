"""The table and the plot of :mod:`tests.benchmarks.speed`."""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.benchmarks.speed import Result

BASE = "limit"
COLUMNS = ("", "pages/s", "beside the limit", "CPU ms a page", "peak MB", "records", "characters", "asked", "wrote")


def spread(values: Sequence[float], form: str) -> str:
    """Return the median of *values* with the least and the most."""
    return f"{statistics.median(values):{form}} ({min(values):{form}}-{max(values):{form}})"


def table(results: Mapping[str, Sequence[Result]], pages: int) -> str:
    """Return a Markdown table of *results*, with the load of the machine above it."""
    rounds = max(map(len, results.values()))
    lines = [
        f"{pages} pages, {rounds} rounds, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
        "",
        "| " + " | ".join(COLUMNS) + " |",
        "|" + "---|" * len(COLUMNS),
    ]
    limit = results.get(BASE, ())
    for name, own in results.items():
        beside = [base.wall / one.wall for base, one in zip(limit, own, strict=False)]
        cells = [
            name,
            spread([pages / one.wall for one in own], ".1f"),
            spread(beside, ".2f") if beside else "",
            spread([1000 * one.cpu / pages for one in own], ".1f"),
            f"{statistics.median(one.pss_mb for one in own):.0f}",
            f"{statistics.median(one.records for one in own):.0f}",
            f"{statistics.median(one.chars for one in own):,.0f}",
            seconds(own, lambda one: one.first_request),
            seconds(own, lambda one: one.first_record),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def seconds(results: Sequence[Result], of: Callable[[Result], float | None]) -> str:
    """Return the median of a time that not every way has."""
    told = [value for one in results if (value := of(one)) is not None]
    return f"{statistics.median(told):.2f} s" if told else ""


def drawing(ratios: Mapping[str, float]) -> str:
    """Return an SVG of how fast each way is beside the limit."""
    wide, row, left = 560, 34, 150
    scale = (wide - left - 60) / max(1.0, *ratios.values())
    bars = "".join(
        f'<text x="{left - 8}" y="{44 + at * row}" text-anchor="end">{name}</text>'
        f'<rect x="{left}" y="{30 + at * row}" width="{ratio * scale:.0f}" height="20" '
        f'fill="{"#06c" if name == "newscrawl" else "#999"}"/>'
        f'<text x="{left + ratio * scale + 6:.0f}" y="{44 + at * row}">{ratio:.2f}</text>'
        for at, (name, ratio) in enumerate(sorted(ratios.items(), key=lambda one: -one[1]))
    )
    high = 40 + row * len(ratios)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="#fff"/><text x="{left}" y="18">pages a second, two processes of '
        f"plain trafilatura = 1</text>{bars}</svg>\n"
    )

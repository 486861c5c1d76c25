"""Draws the figures of ``tests.benchmarks.schedule`` as an SVG: what is found in time, by what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

WIDTH, HEIGHT, LEFT, TOP = 640, 360, 60, 20
BOTTOM = HEIGHT - 50


def plot(rows: Sequence[dict[str, Any]]) -> str:
    """Return a picture with a point for each way: right what costs more polls, up what finds more within 30 minutes."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for tick in range(0, 11, 2):
        x, y = place(tick / 10, 0)[0], place(0, tick / 10)[1]
        parts += [
            f'<line x1="{x}" y1="{TOP}" x2="{x}" y2="{BOTTOM}" stroke="#ddd"/>',
            f'<line x1="{LEFT}" y1="{y}" x2="{WIDTH - 20}" y2="{y}" stroke="#ddd"/>',
            f'<text x="{x}" y="{BOTTOM + 16}" text-anchor="middle">{10 * tick} %</text>',
            f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{10 * tick} %</text>',
        ]
    parts.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 12}" text-anchor="middle">polls, of a 10-minute schedule</text>')
    parts.append(
        f'<text transform="translate(14 {HEIGHT / 2}) rotate(-90)" text-anchor="middle">found within 30 minutes</text>'
    )
    for row in rows:
        x, y = place(row["polls"], row["within_30_min"])
        is_ours = row["way"] == "learned"
        colour, below = ("#c00", 34) if is_ours else ("#357", 18)
        parts.append(f'<circle cx="{x}" cy="{y}" r="{6 if is_ours else 4}" fill="{colour}"/>')
        label = f"{row['way']}: {row['median_min']:g} min in the median"
        anchor = "end" if row["polls"] > 0.8 else "middle" if row["polls"] > 0.2 else "start"
        parts.append(f'<text x="{x}" y="{y + below}" fill="{colour}" text-anchor="{anchor}">{label}</text>')
    return "\n".join([*parts, "</svg>\n"])


def place(cost: float, found: float) -> tuple[float, float]:
    """Return where a point of two shares stands."""
    return round(LEFT + cost * (WIDTH - 20 - LEFT), 1), round(BOTTOM - found * (BOTTOM - TOP), 1)

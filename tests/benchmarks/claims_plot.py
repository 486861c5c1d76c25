"""Draws what a story's check and claim costs by what is known, as an SVG: flat, or not."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

WIDTH, HEIGHT, LEFT, TOP = 640, 300, 60, 20
RIGHT, BOTTOM = WIDTH - 30, HEIGHT - 50
MOST_MS = 5.0
LINES = ("worker and server", "server")
COLOURS = ("#c00", "#357")


def plot(rows: Sequence[tuple[int, float, float]]) -> str:
    """Return a picture of *rows*: how many articles and URLs are known, and milliseconds of the worker and server."""
    low, high = log10(rows[0][0]), log10(rows[-1][0])

    def place(known: int, cost_ms: float) -> tuple[float, float]:
        right = LEFT + (log10(known) - low) / (high - low) * (RIGHT - LEFT)
        return round(right, 1), round(BOTTOM - cost_ms / MOST_MS * (BOTTOM - TOP), 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for tick in range(int(MOST_MS) + 1):
        y = place(rows[0][0], tick)[1]
        parts.append(f'<line x1="{LEFT}" y1="{y}" x2="{RIGHT}" y2="{y}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{tick} ms</text>')
    for known, *_ in rows:
        parts.append(f'<text x="{place(known, 0)[0]}" y="{BOTTOM + 16}" text-anchor="middle">{known:,}</text>')
    caption = "articles known, and as many URLs; processor time of a story in batches of 32"
    parts.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 12}" text-anchor="middle">{caption}</text>')
    costs = ([worker + server for _, worker, server in rows], [server for *_, server in rows])
    for name, colour, values in zip(LINES, COLOURS, costs, strict=True):
        points = [place(known, value) for (known, *_), value in zip(rows, values, strict=True)]
        listed = " ".join(f"{x},{y}" for x, y in points)
        parts.append(f'<polyline points="{listed}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in points]
        x, y = points[-1]
        parts.append(f'<text x="{x}" y="{y - 8}" fill="{colour}" text-anchor="end">{name}</text>')
    return "\n".join([*parts, "</svg>\n"])

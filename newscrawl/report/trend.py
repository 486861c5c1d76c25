"""How each source fared in the last runs, as a row of bars."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from html import escape
from pathlib import Path

from newscrawl.store.output.shelves import manifests

RUNS = 20
MOST_BYTES = 20_000_000  # of manifests that are read: a run over 5,000 sources leaves one of a megabyte
HEIGHT = 20


def trends(folder: Path, run_id: str) -> dict[str, list[int]]:
    """Return how many new stories each source brought in the last runs up to *run_id*, the oldest first.

    Runs that found nothing leave no manifest and are no part of it. A manifest that cannot be read is passed over.
    """
    earlier = [path for path in manifests(folder) if path.stem <= run_id][-RUNS:]
    counts: defaultdict[str, list[int]] = defaultdict(list)
    read = size = 0
    for path in reversed(earlier):
        try:
            text = path.read_bytes()
            figures = dict(json.loads(text).get("sources") or {})
        except (OSError, ValueError, AttributeError, TypeError):
            continue
        size += len(text)
        if size > MOST_BYTES:
            break
        for name, own in figures.items():
            counts[name] += [0] * (read - len(counts[name]))
            counts[name].append(int((own or {}).get("written") or 0))
        read += 1
    return {name: [0] * (read - len(values)) + values[::-1] for name, values in counts.items()}


def sparkline(values: Sequence[int]) -> str:
    """Return a bar for each value, the highest for the greatest, the newest at the right; a dot stands for nothing."""
    most = max(values, default=0)
    bars = []
    for number, value in enumerate(values, RUNS - len(values)):
        high = max(2, round(HEIGHT * value / most)) if value else 1
        bars.append(f"M{5 * number + 2} {HEIGHT}v-{high}")
    said = escape("new in the last runs: " + ", ".join(map(str, values)))
    box = f'viewBox="0 0 {5 * RUNS} {HEIGHT}" width="{5 * RUNS}" height="{HEIGHT}"'
    return f'<svg role="img" aria-label="{said}" {box}><title>{said}</title><path d="{"".join(bars)}"/></svg>'

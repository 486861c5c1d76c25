"""Learn the weights by which blocks that the finder passed over are added to the text, and check them.

    python -m tests.benchmarks.missed DIR [DIR ...]          F1 of the blocks, cross-validated by site
    python -m tests.benchmarks.missed DIR [DIR ...] --fit    the same, then the table for missed_weights.py

DIR as in :mod:`tests.benchmarks.extraction`. A block is the article's where most of its words stand in the gold in
their order. What the bodies gain, :mod:`tests.benchmarks.ablation` tells (its step ``missed``).
"""

from __future__ import annotations

import argparse
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from newscrawl.extraction import Page, extract
from newscrawl.extraction.cuts.lines import share_of
from newscrawl.extraction.text import missed
from newscrawl.extraction.text.blocks import Block
from newscrawl.extraction.text.missed import features_of
from newscrawl.text.clean import words
from newscrawl.urls import site_of
from tests.benchmarks.extraction import pages

FOLDS = 5
RIDGE = 0.003  # of the mean loss
STEPS = 250
SAME = 0.7
"""Of a block's pieces that stand in the gold where it is the article's."""

Sample = tuple[list[str], bool, float]


def samples(folder: Path) -> Iterator[tuple[str, list[Sample]]]:
    """Yield, page by page, its site and the blocks that were passed over: features, whether true, weight."""
    for page in pages(folder):
        if "body" not in page["gold"]:
            continue
        gold, url = words(page["gold"]["body"]), page["url"] or f"https://{page['id'].replace('/', '-')}.example/a"
        found: list[Sample] = []

        def record(
            blocks: Sequence[Block],
            kept: set[int],
            prose: Sequence[int],
            inside: set[int],
            gold: str = gold,
            found: list[Sample] = found,
        ) -> dict[int, list[str]]:
            features = features_of(blocks, kept, prose, inside)
            found[:] = [
                (
                    shown,
                    bool(key := words(blocks[at].line.text)) and share_of(key, gold) >= SAME,
                    (0.3 + min(len(blocks[at].line.text), 400) / 100) / math.sqrt(1 + len(features) / 20),
                )
                for at, shown in features.items()
            ]  # of the way that is tried last
            return {}

        with patch.object(missed, "features_of", record):
            extract(Page((folder / page["file"]).read_bytes(), fetched_at=datetime.now(UTC)), url)
        yield site_of(url), found


def fit(rows: Sequence[Sample]) -> dict[str, float]:
    """Logistic regression with a ridge, by gradient steps with momentum (no library, no chance)."""
    names = sorted({name for found, _, _ in rows for name in found})
    place = {name: number for number, name in enumerate(names)}
    numbered = [([place[name] for name in found], truth, share) for found, truth, share in rows]
    total = sum(share for _, _, share in rows)
    w, speed = [0.0] * len(names), [0.0] * len(names)
    for _ in range(STEPS):
        slope = [RIDGE * value for value in w]
        for found, truth, share in numbered:
            score = max(-30.0, min(30.0, sum([w[number] for number in found])))
            gap = (1 / (1 + math.exp(-score)) - truth) * share / total
            for number in found:
                slope[number] += gap
        for number in range(len(names)):
            speed[number] = 0.9 * speed[number] - 0.7 * slope[number]
            w[number] += speed[number]
    return dict(zip(names, w, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="DIR")
    parser.add_argument("--fit", action="store_true", help="print the table of weights")
    options = parser.parse_args()
    rows = [row for folder in options.folders for row in samples(folder)]
    sites = sorted({site for site, _ in rows})
    random.Random(5).shuffle(sites)
    counts: Counter[str] = Counter()
    for fold in range(FOLDS):
        held = set(sites[fold::FOLDS])
        w = fit([sample for site, found in rows if site not in held for sample in found])
        for _, found in (row for row in rows if row[0] in held):
            for shown, truth, _ in found:
                added = sum(w.get(name, 0.0) for name in shown) >= 0
                counts["hit" if added and truth else "wrong" if added else "missed" if truth else "left"] += 1
    precision = counts["hit"] / max(1, counts["hit"] + counts["wrong"])
    recall = counts["hit"] / max(1, counts["hit"] + counts["missed"])
    print(f"{counts.total()} blocks, cross-validated by site: precision {precision:.3f}  recall {recall:.3f}")
    if options.fit:
        w = fit([sample for _, found in rows for sample in found])
        print("WEIGHTS: dict[str, float] = {")
        for name in sorted(w):
            print(f'    "{name}": {w[name]:.2f},')
        print("}")


if __name__ == "__main__":
    main()

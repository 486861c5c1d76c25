"""Measure ``article_likelihood`` on labelled links, and learn its weights anew.

    python -m tests.benchmarks.likelihood LINKS.csv          F1, cross-validated by site, and speed
    python -m tests.benchmarks.likelihood LINKS.csv --fit    the same, then the table for likelihood_weights.py

LINKS.csv has the columns site, url, text, is_article. Each link is learned twice, with and without its text, so that
the weights serve for feeds' and sitemaps' bare addresses too.
"""

from __future__ import annotations

import csv
import math
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from newscrawl.discovery.likelihood import article_likelihood, features

FOLDS = 10
RIDGE = 0.01  # of the mean loss; a tenth of it to twice as much differ by less than one standard error
STEPS = 500
LEVEL = re.compile(r"(.*) (\d+)")
PRIOR = {
    "never": -12.0,
    "below paid": -7.0,
    "text of paid": -7.0,
    "text of list": -3.0,
    "text of house": -3.0,
    "below listing": -2.5,
    "below archive": -0.5,
    "ends in archive": -4.0,
    "below service": -3.0,
    "below offer": -2.0,
    "below story": 2.0,
    "ends in paid": -5.0,
    "ends in listing": -4.0,
    "ends in service": -4.0,
    "ends in offer": -4.0,
    "ends in subject": -3.0,
    "no news host": -5.0,
    "subdomain": -3.0,
    "handle": -2.0,
    "URL in query": -4.0,
    "list in query": -3.0,
    "id in query": 4.0,
    "slug of house": -1.5,
    "date": 2.0,
    "date at end": -3.0,
    "month": 1.5,
    "month at end": -4.0,
    "uuid": 2.0,
    "id": 1.5,
    "long id": 2.0,
    "named number": 3.0,
    "below letter": 2.5,
    "number": 2.0,
    "long number": 1.5,
    "number before slug": 2.5,
    "number after slug": 1.0,
    "slug words >=4": 0.4,
    "text words >=7": 0.4,
    "text words >=9": 0.6,
}
"""What is known beyond the labelled links (few of them are paid for, or from Asia); they move it where they can."""
BARE = 1.2
"""Added to a bare address: it is met in sitemaps more than in menus, and a lost story costs more than a fetch."""
Row = tuple[str, str, str, bool]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(r["site"], r["url"], r["text"], r["is_article"] == "1") for r in csv.DictReader(file)]


def fit(samples: Sequence[tuple[list[str], bool]], weight: Sequence[float]) -> dict[str, float]:
    """Logistic regression with a ridge towards PRIOR, by gradient steps with momentum (no library, no chance)."""
    levels = defaultdict(set)
    for found, _ in samples:
        for name in found:
            if match := LEVEL.fullmatch(name):
                levels[match[1]].add(int(match[2]))
    rows = [([part for name in found for part in steps(name, levels)], truth) for found, truth in samples]
    names = sorted({name for found, _ in rows for name in found} | PRIOR.keys())
    w = {name: PRIOR.get(name, 0.0) for name in names}
    speed = dict.fromkeys(names, 0.0)
    total = sum(weight)
    for _ in range(STEPS):
        slope = {name: RIDGE * (w[name] - PRIOR.get(name, 0.0)) * (name != "bias") for name in names}
        for (found, truth), share in zip(rows, weight, strict=True):
            gap = (1 / (1 + math.exp(-sum([w[name] for name in found]))) - truth) * share / total
            for name in found:
                slope[name] += gap
        for name in names:
            speed[name] = 0.9 * speed[name] - 0.5 * slope[name]
            w[name] += speed[name]
    w["no text"] += BARE
    table = {name: value for name, value in w.items() if ">=" not in name}
    for kind, values in levels.items():
        for level in values:
            table[f"{kind} {level}"] = sum(w[name] for name in steps(f"{kind} {level}", levels))
    return table


def steps(name: str, levels: Mapping[str, set[int]]) -> list[str]:
    """Return "slug words 3" as its steps >=1, >=2, >=3: what holds for three words holds for four, seldom seen."""
    match = LEVEL.fullmatch(name)
    return [f"{match[1]} >={level}" for level in levels[match[1]] if level <= int(match[2])] if match else [name]


def figures(pairs: Iterable[tuple[bool, bool]]) -> str:
    pairs = list(pairs)
    hit = sum(got and truth for got, truth in pairs)
    out, gold = sum(got for got, _ in pairs), sum(truth for _, truth in pairs)
    p, r = hit / max(out, 1), hit / max(gold, 1)
    return f"P {p:.3f}  R {r:.3f}  F1 {2 * p * r / max(p + r, 1e-9):.3f}"


def samples_of(rows: Sequence[Row]) -> tuple[list[tuple[list[str], bool]], list[float]]:
    samples, weight = [], []
    for _, url, text, truth in rows:
        for words, share in ((text, 1.0), ("", 0.4)):
            found = features(url, words)
            if found != ["never"]:
                samples.append((found, truth))
                weight.append(share)
    return samples, weight


def guess(w: dict[str, float], url: str, text: str) -> bool:
    found = features(url, text)
    return found != ["never"] and sum(w.get(name, 0.0) for name in found) >= 0


def main(path: str, *options: str) -> None:
    rows = read(Path(path))
    by_site = defaultdict(list)
    for row in rows:
        by_site[row[0]].append(row)
    sites = sorted(by_site)
    random.Random(7).shuffle(sites)
    results: dict[str, list[tuple[bool, bool]]] = {"text": [], "bare": []}
    faults = []
    for fold in range(FOLDS):
        held = set(sites[fold::FOLDS])
        w = fit(*samples_of([row for row in rows if row[0] not in held]))
        for site, url, text, truth in rows:
            if site in held:
                got = guess(w, url, text)
                results["text"].append((got, truth))
                results["bare"].append((guess(w, url, ""), truth))
                if got != truth:
                    faults.append(f"{int(truth)} {url[:110]} | {text[:40]!r}")
    for name, pairs in results.items():
        print(f"cross-validated by site, {name}: {figures(pairs)}")
    if "-v" in options:
        print("\n".join(faults))
    if "--fit" in options:
        w = fit(*samples_of(rows))
        print("WEIGHTS: dict[str, float] = {")
        for name in sorted(w):
            print(f'    "{name}": {w[name]:.2f},')
        print("}")
        return
    print("shipped weights:", figures((article_likelihood(url, text) >= 0.5, truth) for _, url, text, truth in rows))
    began = time.process_time()
    for _ in range(10):
        for _, url, text, _ in rows:
            article_likelihood(url, text)
    print(f"{10 * len(rows) / (time.process_time() - began):,.0f} links a second")


if __name__ == "__main__":
    main(*sys.argv[1:])

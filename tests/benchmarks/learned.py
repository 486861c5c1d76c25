"""What learned sites are worth: saved pages read with what other pages of their sites taught, and without.

    python -m tests.benchmarks.learned --pages DIR [--least 3] [--worst 5]

DIR holds ``pages.jsonl`` as :mod:`tests.benchmarks.extraction` takes it. Of each site with at least ``--least`` pages,
every page is read twice beside what all others of the site taught: as a page that learns, and as one that does not.
Prints how many are read by a template, also of those whose container two others of the site have, the body F1 of those
that have gold with its precision and recall, the processor time of a served page beside that of the same page read the
generic way, and the pages whose text got worse and better by most.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from newscrawl.extraction import Observation, Page, memory_key, warm
from newscrawl.extraction.learned.template import MIN_COMMON, TEACHERS, common_share
from newscrawl.extraction.reading import Reading, as_article, read_page
from tests.benchmarks.extraction import NOW, pages
from tests.benchmarks.extraction_scores import f1, overlap

SERVED = "the site's template, as"


@dataclass(frozen=True, slots=True)
class Twice:
    """One page read both ways."""

    name: str
    served: bool
    how: str
    seconds: tuple[float, float]
    """Of the page that learns, and of the one that does not."""

    scores: tuple[tuple[float, float], tuple[float, float]] | None
    """Precision and recall of both bodies; None without gold."""

    alike: bool = False
    """Two other pages of its site have its container."""

    @property
    def gain(self) -> float:
        """How much better the F1 is of the page that learns."""
        return f1(*self.scores[0]) - f1(*self.scores[1]) if self.scores else 0.0


def read_twice(page: dict[str, Any], body: bytes, memory: Sequence[Observation]) -> Twice:
    """Read *page* both ways; who goes first is told by its name, and each is read twice, of which the faster counts."""
    whole = Page(body, fetched_at=NOW)
    ways = (whole, replace(whole, learn=False))
    spent, readings = [9.0, 9.0], [None, None]
    for round_ in range(4):
        at = (round_ + len(page["id"])) % 2
        began = time.process_time()
        reading = read_page(ways[at], page["url"], memory)
        if isinstance(reading, Reading):
            as_article(reading, ways[at])
        spent[at] = min(spent[at], time.process_time() - began)
        readings[at] = reading if isinstance(reading, Reading) else None
    first, second = readings
    how = first.how if first else ""
    gold = page["gold"].get("body")
    scores = (overlap(gold, first.body), overlap(gold, second.body)) if gold and first and second else None
    return Twice(page["id"], how.startswith(SERVED), how, (spent[0], spent[1]), scores)


def taught(page: dict[str, Any], body: bytes, memory: Sequence[Observation] = ()) -> Observation | None:
    """Return what *page* teaches beside *memory*, which is too little for a template."""
    reading = read_page(Page(body, fetched_at=NOW), page["url"], memory)
    return reading.observation if isinstance(reading, Reading) else None


def results(folder: Path, least: int) -> list[Twice]:
    """Return every page of the sites with at least *least* pages, read both ways."""
    sites: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for page in pages(folder):
        if page["url"]:
            sites[memory_key(page["url"])].append(page)
    warm()
    found = []
    for own in sites.values():
        if len(own) < least:
            continue
        bodies = [(folder / page["file"]).read_bytes() for page in own]
        firsts = [taught(page, body) for page, body in zip(own, bodies, strict=True)]
        lessons = [
            taught(page, body, [one] if (one := firsts[at - 1]) is not None else ())
            for at, (page, body) in enumerate(zip(own, bodies, strict=True))
        ]
        for at, (page, body) in enumerate(zip(own, bodies, strict=True)):
            memory = tuple(one for other, one in enumerate(lessons) if other != at and one is not None)
            found.append(replace(read_twice(page, body, memory), alike=has_alike(lessons, at)))
    return found


def has_alike(lessons: Sequence[Observation | None], at: int) -> bool:
    """Say whether two others of *lessons* have the container of the one at *at*."""
    shapes = [one.shape if one else None for one in lessons]
    own = shapes[at]
    others = (shape for other, shape in enumerate(shapes) if other != at and shape)
    return own is not None and sum(common_share(own, shape) >= MIN_COMMON for shape in others) >= TEACHERS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--least", type=int, default=3)
    parser.add_argument("--worst", type=int, default=5)
    options = parser.parse_args()
    both = results(options.pages, options.least)
    served = [one for one in both if one.served]
    alike = [one for one in both if one.alike]
    print(f"{len(both)} pages of sites with {options.least} or more, {len(served)} read by a template")
    print(f"{len(alike)} whose container two others have, {sum(one.served for one in alike)} of them read by it")
    for name, group in (("all", both), ("served", served)):
        pairs = [one.scores for one in group if one.scores]
        if not pairs:
            continue
        for way, at in (("learned", 0), ("generic", 1)):
            precision, recall = (statistics.mean(values) for values in zip(*(pair[at] for pair in pairs), strict=True))
            score = statistics.mean(f1(*pair[at]) for pair in pairs)
            print(f"{name} ({len(pairs)} with gold), {way}: F1 {score:.4f}, {precision:.4f} right, {recall:.4f} found")
    if served:
        ratios = [one.seconds[0] / one.seconds[1] for one in served]
        milliseconds = [1000 * statistics.median(one.seconds[at] for one in served) for at in (0, 1)]
        print(
            f"a served page: {milliseconds[0]:.1f} ms, generic {milliseconds[1]:.1f}; {statistics.median(ratios):.2f}"
        )
    scored = sorted((one for one in both if one.scores), key=lambda one: one.gain)
    for one in [*scored[: options.worst], *scored[-options.worst :]]:
        print(f"{one.gain:+.3f} {one.name}: {one.how}")


if __name__ == "__main__":
    main()

"""Scores extraction on a folder of saved pages with gold, and its CPU, beside trafilatura's.

    python -m tests.benchmarks.extraction --pages DIR [--cpu N [--rounds N]]

DIR holds ``pages.jsonl``, one ``{"id", "dataset", "file", "url", "gold"}`` a line; gold may have body, title, date and
authors, or ``with`` and ``without``: pieces that must and must not stand in the body. Without that file, DIR is a
folder of cases as tests/pages is.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from trafilatura import bare_extraction
from trafilatura.settings import Document

from newscrawl.extraction import Observation, Page, extract, memory_key, warm
from newscrawl.items import Article, as_record
from tests.benchmarks.extraction_scores import score

NOW = datetime.now(UTC)
WARM_PAGES = 10
"""Pages that both read before the clock runs: regular expressions, stop words and names of months are loaded then."""


def pages(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the pages of *folder* with their gold: of its pages.jsonl, or of cases as in tests/pages."""
    if not (folder / "pages.jsonl").exists():
        for case in sorted(folder.glob("*/article.json")):
            gold = json.loads(case.read_text("utf-8"))
            file = next(case.parent.glob("page.*"), None)
            if gold.get("body") and file is not None:
                yield {
                    "id": case.parent.name,
                    "dataset": "cases",
                    "file": str(file.relative_to(folder)),
                    "url": gold.get("url"),
                    "gold": {"body": gold["body"]},
                }
        return
    with (folder / "pages.jsonl").open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def extract_all(folder: Path, only: Collection[str] = ()) -> dict[str, dict[str, Any]]:
    """Return the records by page id, each site's pages in order with what the earlier ones taught.

    With *only*, those alone whose gold has one of these fields.
    """
    memory: dict[str, list[Observation]] = defaultdict(list)
    records = {}
    for page in pages(folder):
        if only and not any(name in page["gold"] for name in only):
            continue
        url = page["url"] or f"https://unknown.example/{page['id']}"
        site = memory_key(url)
        body = (folder / page["file"]).read_bytes()
        result, observation = extract(Page(body, fetched_at=NOW), url, tuple(memory[site][-16:]))
        if observation is not None:
            memory[site].append(observation)
        if isinstance(result, Article):
            records[page["id"]] = as_record(result)
    return records


def trafilatura_all(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what trafilatura balanced makes of each page, under the names of our record."""
    records = {}
    for page in pages(folder):
        body, url = (folder / page["file"]).read_bytes(), page["url"] or None
        found = bare_extraction(body, url=url, with_metadata=True, include_comments=False)
        if isinstance(found, Document):
            names = [name for name in (found.author or "").split(";") if name.strip()]
            records[page["id"]] = {
                "title": found.title,
                "body": found.text,
                "published_at": found.date,
                "authors": names,
            }
    return records


def cpu(folder: Path, count: int, rounds: int) -> Iterator[tuple[float, float]]:
    """Yield the CPU seconds of a page, ours and those of trafilatura balanced with metadata, a round at a time.

    *count* pages from all over the folder, page by page in turn; who goes first alternates by page and by round.
    """
    everything = list(pages(folder))
    sample = [everything[len(everything) * number // count] for number in range(count)]

    def ours(body: bytes, url: str) -> None:
        extract(Page(body, fetched_at=NOW), url)

    def theirs(body: bytes, url: str) -> None:
        bare_extraction(body, url=url, with_metadata=True, include_comments=False)

    def timed(extractor: Callable[[bytes, str], None], page: dict[str, Any]) -> float:
        body, url = (folder / page["file"]).read_bytes(), page["url"] or "https://unknown.example/a"
        started = time.process_time()
        extractor(body, url)
        return time.process_time() - started

    warm()
    theirs(b"<html><body><p>13 grudnia roku 2020</p></body></html>", "https://unknown.example/a")
    for page in sample[:WARM_PAGES]:
        timed(ours, page), timed(theirs, page)
    for number in range(rounds):
        spent = {ours: 0.0, theirs: 0.0}
        for index, page in enumerate(sample):
            for extractor in (ours, theirs) if (index + number) % 2 else (theirs, ours):
                spent[extractor] += timed(extractor, page)
        yield spent[ours] / len(sample), spent[theirs] / len(sample)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--cpu", type=int, default=0, metavar="N", help="compare the CPU of N pages from all data sets")
    parser.add_argument(
        "--rounds", type=int, default=3, metavar="N", help="how often; the median of them is the figure"
    )
    options = parser.parse_args()
    if options.cpu:
        ratios = []
        for ours, theirs in cpu(options.pages, options.cpu, options.rounds):
            ratios.append(ours / theirs)
            print(f"{ours * 1000:.1f} ms a page, trafilatura {theirs * 1000:.1f} ms: {ratios[-1]:.3f}", flush=True)
        print(f"CPU beside trafilatura: {statistics.median(ratios):.2f}")
    else:
        ours = score(pages(options.pages), extract_all(options.pages))
        theirs = score(pages(options.pages), trafilatura_all(options.pages))
        for name, value in ours.items():
            print(f"{name:26} {value:.4f}   trafilatura {theirs[name]:.4f}")


if __name__ == "__main__":
    main()

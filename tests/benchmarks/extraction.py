"""Scores extraction on a folder of saved pages with gold, step by step, and its CPU beside trafilatura's.

    python -m tests.benchmarks.extraction --pages DIR [--cpu N [--rounds N]]

DIR holds ``pages.jsonl``, one ``{"id", "dataset", "file", "url", "gold"}`` a line; gold may have body, title, date and
authors, or ``with`` and ``without``: pieces that must and must not stand in the body.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from trafilatura import bare_extraction

from newscrawl.extraction import Observation, Page, extract, memory_key, warm
from newscrawl.items import Article, as_record

CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff\u1000-\u109f"
TOKEN = re.compile(rf"[{CJK}]|[^\W{CJK}]+")
NOW = datetime.now(UTC)
WARM_PAGES = 10
"""Pages that both read before the clock runs: regular expressions, stop words and names of months are loaded then."""


def pages(folder: Path) -> Iterator[dict[str, Any]]:
    with (folder / "pages.jsonl").open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def words(text: str | None) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text or "").casefold()))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = TOKEN.findall(text or "")
    return Counter(tuple(tokens[at : at + 4]) for at in range(max(1, len(tokens) - 3)))


def overlap(gold: str, got: str) -> tuple[float, float]:
    """Return precision and recall of 4-gram shingles."""
    a, b = shingles(gold), shingles(got)
    hit = (a & b).total()
    return hit / max(1, b.total()), hit / max(1, a.total())


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


def score(folder: Path, records: dict[str, dict[str, Any]]) -> dict[str, float]:
    """Return macro F1 of the bodies by data set and their mean, F1 of segments, and shares of exact titles and days."""
    bodies: dict[str, list[tuple[float, float]]] = defaultdict(list)
    shares: dict[str, list[bool]] = defaultdict(list)
    hit = wrong = wanted = 0
    for page in pages(folder):
        gold, record, name = page["gold"], records.get(page["id"], {}), page["dataset"]
        body, title = record.get("body") or "", record.get("title") or ""
        shares["without a record"].append(not record)
        if "body" in gold:
            bodies[name].append(overlap(gold["body"], body))
            first = words(body.split("\n", 1)[0])
            shares["headline first"].append(first in {words(gold.get("title")), words(title)} - {""})
        if "with" in gold:
            text = " ".join(body.split())
            hit += sum(" ".join(piece.split()) in text for piece in gold["with"])
            wrong += sum(" ".join(piece.split()) in text for piece in gold["without"])
            wanted += len(gold["with"])
        if "title" in gold:
            shares[f"title {name}"].append(words(gold["title"]) == words(title))
        if re.match(r"\d{4}-\d\d-\d\d", str(gold.get("date", ""))):
            shares[f"day {name}"].append((record.get("published_at") or "")[:10] == gold["date"][:10])
    result = {}
    for name, pairs in bodies.items():
        precision, recall = (statistics.mean(values) for values in zip(*pairs, strict=True))
        result[f"body {name}"] = 2 * precision * recall / max(1e-9, precision + recall)
    result["body mean"] = statistics.mean(result.values()) if result else 0.0
    result["segments"] = 2 * hit / max(1, hit + wrong + wanted)
    return result | {name: statistics.mean(values) for name, values in shares.items()}


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
        for name, value in score(options.pages, extract_all(options.pages)).items():
            print(f"{name:20} {value:.4f}")


if __name__ == "__main__":
    main()

"""What deduplication costs and what its guards are worth.

    python -m tests.benchmarks.dedup speed [--known 10000 100000 1000000] [--plot growth.svg]
    python -m tests.benchmarks.dedup size [--stories 100000]
    python -m tests.benchmarks.dedup ablation DIR SCORER

``speed`` decides on new stories of 700 words, a fifth of them copies, with so many stories known; ``size`` fills a
store with stories as they would arrive; ``ablation`` switches off one guard after the other over the JSON Lines files
of DIR (``all.jsonl``, ``stretch.jsonl``) and scores each with ``SCORER DIR OUT``.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import runpy
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from sqlalchemy import Connection

from newscrawl.commands import dedup
from newscrawl.configuration import Configuration
from newscrawl.items import Article
from newscrawl.similarity import fingerprint
from newscrawl.similarity.evidence import Evidence, gather
from newscrawl.similarity.rule import Rule
from newscrawl.store.backend.database import Database
from newscrawl.store.index import articles as known
from newscrawl.store.index.articles import Known
from newscrawl.store.index.recent import RecentStories, head_hash, postings, site_hash, stories
from newscrawl.store.index.stories import StoryIndex
from newscrawl.urls import article_id

START = datetime(2026, 11, 1, tzinfo=UTC)
WORDS = 700
BATCH = 64


class Newsroom:
    """Writes stories whose words are as unevenly frequent as a language's."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        letters = "etaoinshrdlucmfwypvbgkjqxz"
        self.words = ["".join(self.random.choices(letters, k=self.random.randint(2, 11))) for _ in range(30_000)]
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))

    def text(self, count: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.weights, k=count))

    def article(self, number: int, site: str = "") -> Article:
        site = site or f"site{number % 500}.example"
        url = f"https://{site}/{number}-story"
        title, body = self.text(9), self.text(WORDS)
        when = START + timedelta(seconds=number % 86_400)
        return Article(
            id=article_id(url), url=url, title=title, body=body, site=site, published_at=when, fetched_at=when
        )


@contextmanager
def store() -> Iterator[Connection]:
    """Open an empty index in a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/state.sqlite")
        with database.write() as connection:
            for table in (known.known, stories, postings):
                table.create(connection)
        try:
            with database.write() as connection:
                yield connection
        finally:
            database.close()


def invented(room: Newsroom, model: Evidence) -> Evidence:
    """Return evidence like *model*'s with a body of its own, without the cost of writing one."""
    keys = tuple(sorted(room.random.sample(range(1 << model.sketch.passages.bits), len(model.sketch.keys))))
    title = tuple(room.random.randrange(1 << 16) for _ in model.title)
    sketch = dataclasses.replace(model.sketch, keys=keys)
    return dataclasses.replace(model, title=title, sketch=sketch, body="")


def fill(connection: Connection, room: Newsroom, count: int) -> None:
    """Index *count* stories in the order of their arrival."""
    article = room.article(0)
    made = fingerprint(article.title, article.body)
    model = gather(article.title, made.title_key, article.body, made.minhash)
    now = int(START.timestamp())
    for start in range(0, count, 1000):
        view = RecentStories(connection, [], [])
        entries = {}
        for number in range(start, min(start + 1000, count)):
            key = room.random.getrandbits(64) - (1 << 63)
            site = site_hash(f"site{number % 500}.example")
            evidence = invented(room, model)
            view.add(key, site, head_hash(site, evidence), now, evidence)
            entries[key] = Known(key, room.random.getrandbits(24), 1)
        view.write(now)
        known.write_known(connection, entries, now)


def fill_fast(connection: Connection, room: Newsroom, count: int) -> None:
    """Index *count* stories by SQL alone: for a million of them in minutes."""
    fill(connection, room, 1000)
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1001 UNION ALL SELECT i + 1 FROM n WHERE i < :count)"
    run = connection.exec_driver_sql
    values = {"count": count}
    run(
        f"INSERT INTO stories {numbers} SELECT i, random(), abs(random()) % 500, random(), s.at, s.seen, s.evidence "
        "FROM n JOIN stories s ON s.seq = i % 1000 + 1",
        values,
    )
    run(f"INSERT INTO known (id, body, version, week) {numbers} SELECT random(), 1, 1, 2960 FROM n ORDER BY 1", values)
    each = "WITH RECURSIVE a(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM a WHERE k < 43)"
    for start in range(1000, count, 50_000):  # in slices, each sorted, so that the index is filled in order
        spread = f"{each} SELECT abs(random()) % (1 << 28), s.seq FROM stories s, a WHERE s.seq > {start}"
        run(f"INSERT OR IGNORE INTO postings {spread} AND s.seq <= {start + 50_000} ORDER BY 1")


def decide(connection: Connection, articles: Sequence[Article]) -> list[float]:
    """Return how many seconds each story took, from its text to its entry; one figure a batch."""
    index = StoryIndex(14, 365, clock=START.timestamp)
    spent = []
    for start in range(0, len(articles), BATCH):
        batch = articles[start : start + BATCH]
        begun = time.process_time()
        for article in batch:
            made = fingerprint(article.title, article.body, names=(article.publisher, article.site))
            article.title_key, article.body_sha256, article.minhash = made.title_key, made.body_sha256, made.minhash
        index.decide(connection, batch)
        spent.append((time.process_time() - begun) / len(batch))
    return spent


def measure_speed(sizes: Sequence[int], plot: str | None) -> None:
    results: list[tuple[int, float]] = []
    for size in sizes:
        room = Newsroom(size)
        with store() as connection:
            fill_fast(connection, room, size)
            articles = [room.article(2_000_000 + number) for number in range(16 * BATCH)]
            for copy, original in zip(articles[4 * BATCH :: 5], articles, strict=False):
                copy.body = original.body
            spent = decide(connection, articles)[4:]
            results.append((size, statistics.median(spent)))
        print(f"{size:>9,} known: {1 / results[-1][1]:6.0f} stories/s, {results[-1][1] * 1e3:.2f} ms each")
    print(f"time per story grew {results[-1][1] / results[0][1]:.2f} times")
    if plot:
        Path(plot).write_text(drawing(results), "utf-8")


def drawing(results: Sequence[tuple[int, float]]) -> str:
    """Return an SVG of the time per story over the stories known (logarithmic)."""
    wide, high, top = 560, 320, max(2.0, 1.2e3 * max(seconds for _, seconds in results))
    step = (wide - 120) / max(1, len(results) - 1)
    points = [
        (70 + at * step, high - 50 - seconds * 1e3 / top * (high - 90)) for at, (_, seconds) in enumerate(results)
    ]
    labels = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4"/><text x="{x:.0f}" y="{y - 10:.0f}">{seconds * 1e3:.2f} ms</text>'
        f'<text x="{x:.0f}" y="{high - 28}">{size:,}</text>'
        for (x, y), (size, seconds) in zip(points, results, strict=True)
    )
    line = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="12" '
        'text-anchor="middle"><rect width="100%" height="100%" fill="#fff"/>'
        f'<path d="M70 30V{high - 50}H{wide - 40}" fill="none" stroke="#888"/>'
        f'<polyline points="{line}" fill="none" stroke="#06c" stroke-width="2"/>{labels}'
        f'<text x="{wide / 2}" y="{high - 8}">stories in the window</text>'
        f'<text x="{wide / 2}" y="18">CPU time per new story of {WORDS} words</text></svg>\n'
    )


def measure_size(count: int) -> None:
    with store() as connection:
        fill(connection, Newsroom(1), count)
        run = connection.exec_driver_sql
        rows = run("SELECT name, sum(pgsize) AS size FROM dbstat GROUP BY name")
        pages = {row.name: row.size for row in rows}
        for name, size in sorted(pages.items()):
            print(f"{name:>16}: {size / 1e6:8.1f} MB")
        keys = pages["known"]
        print(f"{count:,} stories in the window: {(sum(pages.values()) - keys) / count / 10:.1f} MB per 100,000")
        print(f"keys: {keys / count:.1f} MB per million")


def measure_guards(folder: Path, scorer: str) -> None:
    score = runpy.run_path(scorer)["score"]
    guards = [field.name for field in dataclasses.fields(Rule) if field.type == "bool"]
    for guard in ["", *guards]:
        dedup.INDEX.rule = Rule(**{guard: False}) if guard else Rule()
        told = []
        for name in ("all", "stretch"):
            with tempfile.TemporaryDirectory() as out:
                dedup.deduplicate([folder / f"{name}.jsonl"], Path(out, "out.jsonl"), Configuration.read({}), keep=True)
                results, _ = score(str(folder), str(Path(out, "out.jsonl")))
            for part in ("reuters_weighted", "syndication", "titles", "stretch"):
                if part in results:
                    one = results[part]
                    traps = f" {one['traps_kept']}" if part in ("titles", "stretch") else ""
                    told.append(f"{part} {one['P']:.3f}/{one['R']:.3f}{traps}")
        print(f"{'without ' + guard if guard else 'all guards':>25}: {'; '.join(told)}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    speed = commands.add_parser("speed")
    speed.add_argument("--known", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    speed.add_argument("--plot")
    size = commands.add_parser("size")
    size.add_argument("--stories", type=int, default=100_000)
    ablation = commands.add_parser("ablation")
    ablation.add_argument("folder", type=Path)
    ablation.add_argument("scorer")
    given = parser.parse_args()
    if given.command == "speed":
        measure_speed(given.known, given.plot)
    elif given.command == "size":
        measure_size(given.stories)
    else:
        measure_guards(given.folder, given.scorer)


if __name__ == "__main__":
    main()

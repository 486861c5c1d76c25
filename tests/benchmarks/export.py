"""What an export costs: ``python -m tests.benchmarks.export [--records 100000] [--format parquet]``."""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from newscrawl.items import Article, RelatedLink, as_record
from tests.crawling import ROOT

WORDS = 500  # of a body: the median of news stories is about 400


def write_records(path: Path, count: int) -> None:
    """Write *count* records of made-up words."""
    chance = random.Random(1)
    words = [f"{chance.choice('bcdfgklmnprst')}{chance.choice('aeiou')}{number:x}" for number in range(5000)]
    link = RelatedLink("https://a.example/related", "A related story")
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            body = " ".join(chance.choices(words, k=WORDS))
            url = f"https://a.example/2026/11/18/{number}"
            article = Article(
                id=f"n{number:016x}", url=url, title=body[:60], body=body, related_links=[link] * 3, minhash="m" * 700
            )
            record = as_record(article) | {"published_at": "2026-11-18T11:40:00Z"}
            file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--format", default="parquet")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "records.jsonl"), Path(folder, "export")
        write_records(source, options.records)
        began = time.perf_counter()
        arguments = ["export", "--format", options.format, "-o", str(target), str(source)]
        subprocess.run([sys.executable, "-m", "scrapy", *arguments], cwd=ROOT, check=True)
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(
            f"{options.records} records, {source.stat().st_size / 1e6:.0f} MB, "
            f"to {target.stat().st_size / 1e6:.0f} MB: "
            f"{time.perf_counter() - began:.1f} s, {usage.ru_utime + usage.ru_stime:.1f} s of processor time, "
            f"{usage.ru_maxrss / 1024:.0f} MiB at most"
        )


if __name__ == "__main__":
    main()

"""How many bytes an article costs on the disk: in the article files, plain and packed, and in the store.

python -m tests.benchmarks.growth [--stories 300]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from newscrawl.store.output.compaction import pack
from tests.benchmarks.pageserver import PageServer
from tests.crawling import FAST, crawl


def size_of(*paths: Path) -> int:
    """Return the bytes of some files."""
    return sum(path.stat().st_size for path in paths)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=300)
    stories = parser.parse_args(arguments).stories
    with TemporaryDirectory() as name, PageServer(stories) as server:
        folder = Path(name)
        (folder / "list.txt").write_text("\n".join(server.urls), "utf-8")
        done = crawl("news", folder / "out", settings=FAST, urls=folder / "list.txt")
        written = len(done.records)
        (articles,) = done.output.glob("articles/*/*.jsonl")
        store = size_of(*done.output.glob("state.sqlite*"))
        print(f"{written} articles, bytes of each:")
        print(f"article file: {size_of(articles) / written:,.0f}")
        print(f"packed, zst: {size_of(pack(articles, 'zst')) / written:,.0f}")
        print(f"store: {store / written:,.0f}")
        print(f"manifest and report of the run: {size_of(*done.output.glob('runs/*')):,}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

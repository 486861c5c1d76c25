"""How much memory a crawl's main process has by the number of pages that it wrote.

    python -m tests.benchmarks.memory [--pages 10000] [--every 1000]

The pages have 2 kB, from one host, and are named by a list. Prints articles written and memory (PSS) in MB, as often as
asked: what grows with the pages of a run grows here.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.pageserver import PageServer
from tests.benchmarks.processes import pss_mb
from tests.crawling import FAST, ROOT

LOOK_S = 0.5


class Lines:
    """The lines of the article files below a folder, counted as they grow."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        self.read = 0
        """Bytes."""

    def counted(self) -> int:
        """Return how many there are by now."""
        for path in self.folder.glob("articles/*/*.jsonl*"):
            with path.open("rb") as file:
                file.seek(self.read)
                while block := file.read(1 << 20):
                    self.read += len(block)
                    self.count += block.count(b"\n")
        return self.count


def samples(pages: int, every: int) -> Iterator[tuple[int, float]]:
    """Crawl so many pages; yield articles written and megabytes of the main process."""
    with PageServer(pages, small=True) as server, tempfile.TemporaryDirectory() as name:
        listed, output = Path(name, "urls.txt"), Path(name, "output")
        listed.write_text("\n".join(server.urls), "utf-8")
        command = [sys.executable, "-m", "newscrawl", "crawl", "news", "-a", f"urls={listed}"]
        for setting, value in (FAST | {"NEWSCRAWL_OUTPUT_DIR": str(output)}).items():
            command += ["-s", f"{setting}={value}"]
        lines, wanted = Lines(output), every
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None:
                time.sleep(LOOK_S)
                if lines.counted() >= wanted:
                    yield lines.count, pss_mb(process.pid)
                    wanted = (lines.count // every + 1) * every


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--every", type=int, default=1000)
    options = parser.parse_args()
    for written, megabytes in samples(options.pages, options.every):
        print(f"{written:>7,} articles: {megabytes:.0f} MB", flush=True)


if __name__ == "__main__":
    main()

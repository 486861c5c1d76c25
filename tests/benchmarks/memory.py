"""How much memory a crawl's main process has by the number of pages that it wrote.

    python -m tests.benchmarks.memory [--pages 10000] [--every 1000] [--plot memory.svg [--printed FILE]]

The pages have 2 kB, from one host, and are named by a list. Prints articles written and memory (PSS) in MB, as often as
asked: what grows with the pages of a run grows here. ``--plot`` draws it, of a run that was printed to FILE before.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
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


def printed(file: Path) -> Iterator[tuple[int, float]]:
    """Yield what an earlier run of this command printed to *file*."""
    for line in file.read_text("utf-8").splitlines():
        written, megabytes = line.replace(",", "").removesuffix(" MB").split(" articles: ")
        yield int(written), float(megabytes)


def drawing(rows: Sequence[tuple[int, float]]) -> str:
    """Return an SVG of megabytes by articles written."""
    wide, high, left, bottom = 640, 240, 60, 200
    most = max(1.0, *(megabytes for _, megabytes in rows)) * 1.2
    scale = (wide - left - 40) / rows[-1][0]
    points = " ".join(
        f"{left + written * scale:.0f},{bottom - megabytes / most * (bottom - 20):.0f}" for written, megabytes in rows
    )
    marks = "".join(
        f'<text x="{left + written * scale:.0f}" y="{bottom + 18}" text-anchor="middle">{written:,}</text>'
        for written, _ in (rows[len(rows) // 4], rows[len(rows) // 2], rows[-1])
    )
    ends = "".join(
        f'<text x="{left + written * scale:.0f}" y="{bottom - megabytes / most * (bottom - 20) - 8:.0f}" '
        f'text-anchor="middle">{megabytes:.0f} MB</text>'
        for written, megabytes in (rows[0], rows[-1])
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="#fff"/><polyline points="{points}" fill="none" stroke="#06c" '
        f'stroke-width="2"/><path d="M{left} 20V{bottom}H{wide - 30}" fill="none" stroke="#999"/>{marks}{ends}'
        f'<text x="{wide / 2}" y="{high - 6}" text-anchor="middle">memory of the main process, by articles</text>'
        "</svg>\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--every", type=int, default=1000)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--printed", type=Path, metavar="FILE")
    options = parser.parse_args()
    rows = []
    for written, megabytes in printed(options.printed) if options.printed else samples(options.pages, options.every):
        print(f"{written:>7,} articles: {megabytes:.0f} MB", flush=True)
        rows.append((written, megabytes))
    if options.plot and rows:
        options.plot.write_text(drawing(rows), "utf-8")


if __name__ == "__main__":
    main()

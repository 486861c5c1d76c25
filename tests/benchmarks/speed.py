"""How fast a crawl with everything on is, beside what others do with the same pages.

    python -m tests.benchmarks.speed [--stories 300] [--rounds 5] [--pages DIR] [--hosts 8] [--peers PYTHON]
                                     [--plot speed.svg]

Ours fetches the pages from a server of its own process over loopback, reads robots.txt, extracts, deduplicates and
writes with every promise kept. The others read the same pages as files and write no more than a line each:
``limit`` is two processes of plain trafilatura (balanced, with metadata), then trafilatura's own command, newspaper4k
and news-please. They are looked for in the environment of ``--peers`` (default: this one); one that is missing is said
to be missing. All run in turn, round by round, in an order that changes, after a warm-up (``--rounds 1`` has none).

Without ``--pages DIR`` (``DIR/pages.jsonl`` has ``{"file", "url"}`` of each saved page) the pages are made up:
``--hosts 20 --stories 600`` is 20 sites with 30 pages each.

Prints, as medians with the least and the most: pages a second and the ratio to the limit of the same round, processor
time a page of all processes together, peak memory (PSS) of all together, records and characters of text, and the
seconds from the command to the first request and to the first record.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.pageserver import PageServer
from tests.benchmarks.processes import Watch, measured
from tests.benchmarks.speed_report import drawing, table
from tests.crawling import FAST

MODULES = {"newspaper4k": "newspaper", "news-please": "newsplease"}
LIMIT, OURS, COMMAND = "limit", "newscrawl", "trafilatura command"


@dataclass(frozen=True, slots=True)
class Result:
    """What one way did with all pages once."""

    wall: float
    cpu: float
    pss_mb: float
    records: int
    chars: int
    first_request: float | None = None
    first_record: float | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """The pages, and where they are."""

    server: PageServer
    folder: Path
    python: str

    @property
    def files(self) -> Path:
        """The same pages as files, one a page."""
        return self.folder / "files"

    def ours(self) -> Result:
        """Crawl the pages into a new folder."""
        output = self.folder / "output"
        shutil.rmtree(output, ignore_errors=True)
        settings = FAST | {"NEWSCRAWL_OUTPUT_DIR": str(output)}
        command = [sys.executable, "-m", "newscrawl", "crawl", "news", "-a", f"urls={self.folder / 'urls.txt'}"]
        command += [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        self.server.first_asked()
        began = time.monotonic()
        watch = Watch(lambda: any(path.stat().st_size for path in output.glob("articles/*/*")))
        spent = measured(command, watch)
        asked = self.server.first_asked()
        lines = [line for path in output.glob("articles/*/*.jsonl") for line in path.read_text("utf-8").splitlines()]
        chars = sum(len(json.loads(line)["body"]) for line in lines)
        return Result(
            spent.wall, spent.all, watch.peak_mb, len(lines), chars, asked - began if asked else None, watch.seen_after
        )

    def peer(self, name: str) -> Result:
        """Let two processes of the extractor *name* read the files."""
        out = self.folder / "out.jsonl"
        out.unlink(missing_ok=True)
        python = sys.executable if name == "trafilatura" else self.python
        command = [python, "tests/benchmarks/peers.py", name, str(self.folder / "pages.json"), str(out)]
        watch = Watch(lambda: out.exists() and out.stat().st_size > 0)
        spent = measured(command, watch)
        rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        chars = sum(row["chars"] for row in rows)
        return Result(spent.wall, spent.all, watch.peak_mb, len(rows), chars, None, watch.seen_after)

    def command(self) -> Result:
        """Let trafilatura's command read the folder of files."""
        out = self.folder / "trafilatura"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        command = [sys.executable, "-m", "trafilatura.cli", "--input-dir", str(self.files), "--output-dir", str(out)]
        watch = Watch(lambda: any(out.rglob("*.json")))
        spent = measured([*command, "--json", "--with-metadata", "--parallel", "2"], watch)
        rows = [json.loads(path.read_text("utf-8")) for path in out.rglob("*.json")]
        chars = sum(len(row.get("text") or "") for row in rows)
        return Result(spent.wall, spent.all, watch.peak_mb, len(rows), chars, None, watch.seen_after)

    def ways(self) -> dict[str, Callable[[], Result]]:
        """Return what is compared, by name; a peer that is not installed is said to be missing."""
        found: dict[str, Callable[[], Result]] = {
            LIMIT: lambda: self.peer("trafilatura"),
            OURS: self.ours,
            COMMAND: self.command,
        }
        for name, module in MODULES.items():
            if not can_import(self.python, module):
                print(f"{name} is missing: {self.python} cannot import {module}", flush=True)
            else:
                found[name] = lambda name=name: self.peer(name)  # type: ignore[misc]
        return found


def can_import(python: str, module: str) -> bool:
    """Say whether the interpreter *python* has *module*."""
    try:
        return subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def prepare(server: PageServer, folder: Path, pages: Path | None) -> None:
    """Write the list of URLs for the crawl, and the pages as files with their own URLs for the others."""
    (folder / "files").mkdir()
    (folder / "urls.txt").write_text("\n".join(server.urls), "utf-8")
    own: list[str | None] = [None] * len(server.urls)
    if pages is not None:
        rows = (pages / "pages.jsonl").read_text("utf-8").splitlines()[: len(server.urls)]
        own = [json.loads(row)["url"] for row in rows]
    listed = []
    for number, (address, url) in enumerate(zip(server.urls, own, strict=True)):
        path = folder / "files" / f"{number:05}.html"
        path.write_bytes(server.page(address))
        listed.append([str(path), url or address])
    (folder / "pages.json").write_text(json.dumps(listed), "utf-8")


def compare(bench: Bench, rounds: int, only: Sequence[str] = ()) -> dict[str, list[Result]]:
    """Run all ways in turn, *rounds* times after a warm-up (none before a single one); return the results by name."""
    ways = {name: way for name, way in bench.ways().items() if not only or name in only}
    results: defaultdict[str, list[Result]] = defaultdict(list)
    for number in range(int(rounds == 1), rounds + 1):
        for name in list(ways) if number % 2 else list(ways)[::-1]:
            one = ways[name]()
            if number:
                results[name].append(one)
                print(f"{name}: {one.wall:.2f} s, cpu {one.cpu:.2f}, {one.records} records", flush=True)
    return dict(results)


def ratios(results: dict[str, list[Result]]) -> dict[str, float]:
    """Return how many times as fast as the limit of the same round each way was, as the median."""
    limit = results[LIMIT]
    return {
        name: statistics.median(base.wall / one.wall for base, one in zip(limit, own, strict=True))
        for name, own in results.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--hosts", type=int, default=8)
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--only", nargs="*", default=(), help="of the ways that are compared, by name")
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    with (
        PageServer(options.stories, saved=options.pages, hosts=options.hosts) as server,
        tempfile.TemporaryDirectory() as name,
    ):
        prepare(server, Path(name), options.pages)
        results = compare(Bench(server, Path(name), options.peers), options.rounds, options.only)
        pages = len(server.urls)
    print(table(results, pages))
    if options.plot and LIMIT in results:
        options.plot.write_text(drawing(ratios(results)), "utf-8")


if __name__ == "__main__":
    main()

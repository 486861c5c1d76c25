"""What the promise costs: the same crawl with the store, and writing plain lines without it, in turn.

    python -m tests.benchmarks.store_cost [--stories 400] [--rounds 5]

Both fetch the same list of stories from a server of its own process over loopback and extract them in workers; one
hands them to the store, which forgets nothing and writes nothing twice, the other to Scrapy's feed export, which does
neither. Prints the seconds of each round, user and system time of all processes together, and the median of the ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.utils.project import get_project_settings

from newscrawl.extensions.workers import WorkersExtension
from newscrawl.items import Article
from newscrawl.spiders.news import NewsSpider
from tests.crawling import FAST, ROOT
from tests.newspaper import article


class PlainSpider(Spider):
    """Fetches a list and extracts it, as ``NewsSpider`` does, and remembers nothing."""

    name = "plain"

    async def start(self) -> AsyncIterator[Any]:
        for url in self.urls:  # type: ignore[attr-defined]
            yield Request(url, dont_filter=True)

    async def parse(self, response: Response) -> AsyncIterator[Article]:
        workers = self.crawler.get_extension(WorkersExtension)
        assert workers is not None
        result, _ = await workers.pool.extract(NewsSpider.page_of(self, response), response.url, ())  # type: ignore[arg-type]
        if isinstance(result, Article):
            yield result


def crawl_plainly(urls: list[str], folder: Path) -> None:
    settings = get_project_settings()
    settings.setdict(FAST)
    settings.set("FEEDS", {str(folder / "plain.jsonl"): {"format": "jsonlines"}})
    settings["ITEM_PIPELINES"]["pipelines.jsonl.JsonlPipeline"] = None
    settings.set("NEWSCRAWL_MAX_DOCUMENTS", 0)  # the plain spider does not say which of its requests are articles
    process = AsyncCrawlerProcess(settings)
    process.crawl(PlainSpider, urls=urls, named_hosts=frozenset({url.split("/")[2] for url in urls}))
    process.start()


def serve(stories: int) -> None:
    """Serve the stories until the parent ends."""
    pages = {f"/story/{number}": article(number).encode() for number in range(stories)}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = pages.get(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    server.serve_forever()


def measured(command: list[str]) -> tuple[float, float]:
    """Run *command*; return its seconds of wall and of processor time, its children's included."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=600)
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--plain", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.stories)
        return
    if options.plain:
        crawl_plainly(json.loads(Path(options.plain[0]).read_text("utf-8")), Path(options.plain[1]))
        return
    module = [sys.executable, "-m", "tests.benchmarks.store_cost"]
    server = subprocess.Popen([*module, "--serve", "--stories", str(options.stories)], cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        urls = [f"http://127.0.0.1:{port}/story/{number}" for number in range(options.stories)]
        rows = []
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "urls.json").write_text(json.dumps(urls), "utf-8")
            (folder / "urls.txt").write_text("\n".join(urls), "utf-8")
            fast = [part for setting, value in FAST.items() for part in ("-s", f"{setting}={value}")]
            for number in range(options.rounds + 1):  # the first is a warm-up
                output = folder / f"output-{number}"
                command = ["crawl", "news", "-a", f"urls={folder}/urls.txt", "-s", f"NEWSCRAWL_OUTPUT_DIR={output}"]
                stored = measured([sys.executable, "-m", "scrapy", *command, *fast])
                lines = sum(len(path.read_bytes().splitlines()) for path in output.glob("articles/*/*.jsonl"))
                (folder / "plain.jsonl").unlink(missing_ok=True)
                plain = measured([*module, "--plain", str(folder / "urls.json"), str(folder)])
                copied = len((folder / "plain.jsonl").read_bytes().splitlines())
                assert lines == copied == options.stories, (lines, copied)
                if number:
                    rows.append((*stored, *plain))
                    print("store {:.2f} s, cpu {:.2f} s · plain {:.2f} s, cpu {:.2f} s".format(*rows[-1]), flush=True)
    finally:
        server.terminate()
        server.wait()
    wall = statistics.median(row[0] / row[2] for row in rows)
    cpu = statistics.median(row[1] / row[3] for row in rows)
    print(f"{options.stories} stories, median of {len(rows)} rounds, store / plain: wall {wall:.3f}, cpu {cpu:.3f}")
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()

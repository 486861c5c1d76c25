"""What a person at a terminal sees while a crawl runs, and what a log file does not."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

from tests.crawling import FAST, ROOT, crawl
from tests.newspaper import article


def on_terminal(command: list[str]) -> str:
    """Run *command* with a terminal for its stderr; return what came there."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            data = os.read(ours, 65536)
        except OSError:  # Linux says so when the last writer is gone
            break
        if not data:
            break
        shown += data
    os.close(ours)
    assert process.wait(timeout=60) == 0
    return shown.decode("utf-8")


def test_a_terminal_shows_live_figures_and_then_the_summary(site, tmp_path):
    site.pages["/story/1"] = article(1)
    settings = {**FAST, "NEWSCRAWL_OUTPUT_DIR": str(tmp_path)}
    command = ["-m", "scrapy", "crawl", "news", "-a", f"url={site.url}/story/1"]

    shown = on_terminal([sys.executable, *command, *(part for n, v in settings.items() for part in ("-s", f"{n}={v}"))])

    assert "found 0  fetched 0  new 0" in shown
    assert shown.rstrip().endswith(".jsonl")
    assert "\n1 new\r" in shown or "K1 new\r" in shown


def test_a_pipe_gets_the_summary_only(site, tmp_path):
    site.pages["/story/1"] = article(1)

    done = crawl("news", tmp_path, url=f"{site.url}/story/1")

    assert done.stderr.splitlines()[0] == "1 new"
    assert done.stderr.splitlines()[1].startswith("written to ")
    assert len(done.stderr.splitlines()) == 2

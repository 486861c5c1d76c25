"""What a person at a terminal sees while a crawl runs, and what a log file does not."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import Started, start
from tests.crawling import FAST, ROOT, crawl
from tests.newspaper import article, headline, rss
from tests.site import Site

FRIDAY = "Fri, 20 Nov 2026 08:00:00 GMT"


def on_terminal(
    words: list[str], when: Callable[[], bool] | None = None, then: Callable[[], None] = lambda: None
) -> str:
    """Run the command of these *words* with a terminal for its stderr, and return what came there.

    Interrupt it *when* that holds, and call *then* once it says that it is stopping.
    """
    ours, theirs = pty.openpty()
    process = start(*words, stderr=theirs)
    os.close(theirs)
    if when is not None:
        threading.Thread(target=lambda: interrupt(process, when), daemon=True).start()
    shown = b""
    while True:
        try:
            data = os.read(ours, 65536)
        except OSError:  # Linux says so when the last writer is gone
            break
        if not data:
            break
        shown += data
        if b"stopping" in shown:
            then()
    os.close(ours)
    with process:
        assert process.wait(timeout=240) == 0
    return shown.decode("utf-8")


def interrupt(process: Started, when: Callable[[], bool]) -> None:
    while not when() and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)


def news(site: Site, tmp_path: Path, path: str, **more: object) -> list[str]:
    settings = {**FAST, "NEWSCRAWL_OUTPUT_DIR": str(tmp_path), **more}
    words = ["crawl", "news", "-a", f"url={site.url}{path}"]
    return [*words, *(part for name, value in settings.items() for part in ("-s", f"{name}={value}"))]


def test_a_terminal_shows_live_figures_and_then_the_summary(site, tmp_path):
    site.pages["/story/1"] = article(1)

    shown = on_terminal(news(site, tmp_path, "/story/1"))

    assert "found 0  fetched 0  new 0" in shown
    assert re.search(r": 1 new\r\nwritten to \S+\.jsonl\r\nmanifest \S+\.json\r\nreport \S+\.html\r\n$", shown)


def test_ctrl_c_says_at_once_what_is_in_flight_and_leaves_what_waits_for_its_turn_pending(site, tmp_path):
    gate = threading.Event()
    site.pages["/feed.xml"] = rss([(f"{site.url}/story/{n}", headline(n), FRIDAY) for n in range(6)])
    site.pages |= {f"/story/{n}": lambda _: (gate.wait(240), (200, {}, article(0).encode()))[1] for n in range(6)}

    def on_their_way() -> bool:
        return sum(site.hits[f"/story/{n}"] for n in range(6)) == 2

    words = news(site, tmp_path, "/feed.xml", CONCURRENT_REQUESTS_PER_DOMAIN=2)
    shown = on_terminal(words, on_their_way, gate.set)

    assert "stopping: 2 pages in flight; again to stop now" in shown
    assert "4 pending; stopped early (shutdown)" in shown
    assert sum(site.hits[f"/story/{n}"] for n in range(6)) == 2


@pytest.mark.parametrize(
    ("command", "sentence"),
    [("crawl", "newscrawl: stopped before anything was fetched\n"), ("export", "newscrawl: stopped\n")],
)
def test_an_interrupt_that_no_command_handles_is_a_sentence(command, sentence):
    done = subprocess.run(
        [sys.executable, "-c", "import newscrawl.commands; raise KeyboardInterrupt", command],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.stderr == sentence
    assert done.returncode != 0


LINE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \d{8}T\d{6}Z-\w+: 1 new; written to \S+; manifest \S+; report \S+\n"
)


def test_a_pipe_gets_one_dated_line(site, tmp_path):
    site.pages["/story/1"] = article(1)

    done = crawl("news", tmp_path, url=f"{site.url}/story/1")

    assert LINE.fullmatch(done.stderr)


def test_a_quiet_run_prints_nothing_where_nothing_is_wrong_and_the_log_file_has_its_line(site, tmp_path):
    site.pages["/story/1"] = article(1)
    settings = {**FAST, "LOG_FILE": str(tmp_path / "log")}

    done = crawl("news", tmp_path, url=f"{site.url}/story/1", quiet=1, settings=settings)

    assert (done.code, done.stderr) == (0, "")
    assert (tmp_path / "log").read_text("utf-8").rstrip().endswith(".html")


def test_a_quiet_run_still_says_what_is_wrong_and_puts_the_dead_source_first(site, tmp_path):
    site.pages |= {f"/{n}.xml": rss([(f"{site.url}/story/{n}", headline(n), FRIDAY)]) for n in range(11)}
    site.pages |= {f"/story/{n}": article(n) for n in range(11)}
    names = [*map(str, range(11)), "dead"]
    sites = tmp_path / "sites.toml"
    sites.write_text("".join(f'["{n}"]\nurl = "{site.url}/{n}.xml"\n' for n in names), "utf-8")

    done = crawl("news", tmp_path / "output", sites=sites, quiet=1)

    lines = done.stderr.splitlines()
    assert (done.code, len(done.records)) == (0, 11)
    assert lines[1].startswith("  dead: no answer (")
    assert "not-found status 404" in lines[1]
    assert set(done.manifests[0]["sources"]) == set(names)


def test_info_says_what_became_of_each_document_and_page(site, tmp_path):
    site.pages["/feed.xml"] = rss([(f"{site.url}/story/{n}", headline(n), FRIDAY) for n in (1, 2)])
    site.pages["/story/1"] = article(1)

    done = crawl("news", tmp_path, url=f"{site.url}/feed.xml", settings={**FAST, "LOG_LEVEL": "INFO"})

    assert f"{site.url}/feed.xml: feed, 2 articles named" in done.stderr
    assert f"{site.url}/story/1: written" in done.stderr
    assert f"{site.url}/story/2: failed not-found status 404" in done.stderr

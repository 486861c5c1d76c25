"""The benchmark of speed runs, on a few made-up pages."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.crawling import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")


def test_each_way_finds_every_story_and_a_missing_peer_is_said_to_be_missing():
    command = [sys.executable, "-m", "tests.benchmarks.speed", "--stories", "4", "--hosts", "2", "--rounds", "1"]
    command += ["--peers", "no-such-python", "--only", "limit", "newscrawl"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)

    assert done.returncode == 0, done.stderr
    rows = {cells[1].strip(): cells for line in done.stdout.splitlines() if len(cells := line.split("|")) > 5}
    assert [rows[name][6].strip() for name in ("limit", "newscrawl")] == ["4", "4"]
    assert rows["newscrawl"][8].strip().endswith(" s"), "the time to the first request"
    assert "newspaper4k is missing" in done.stdout

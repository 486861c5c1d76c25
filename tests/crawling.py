"""Runs ``scrapy crawl`` as a person does, in a process of its own, and reads what it left on disk."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.commands import at_root, run

ROOT = Path(__file__).parents[1]
FAST = {"DOWNLOAD_DELAY": "0", "AUTOTHROTTLE_ENABLED": "False", "CONCURRENT_REQUESTS_PER_DOMAIN": "16"}
"""Settings for a site that is our own."""


@dataclass
class Crawl:
    """What a crawl printed and left."""

    code: int
    stdout: str
    stderr: str
    output: Path

    @property
    def records(self) -> list[dict[str, Any]]:
        """The articles of all runs in the folder, in order."""
        return [
            json.loads(line)
            for path in sorted(self.output.glob("articles/*/*.jsonl"), key=lambda path: path.stat().st_mtime_ns)
            for line in path.read_text("utf-8").splitlines()
        ]

    @property
    def rejected(self) -> list[dict[str, Any]]:
        return [
            json.loads(line)
            for path in sorted(self.output.glob("runs/*.rejected.jsonl"), key=lambda path: path.stat().st_mtime_ns)
            for line in path.read_text("utf-8").splitlines()
        ]

    @property
    def manifests(self) -> list[dict[str, Any]]:
        """One a run that found something, the oldest first: several runs may begin in one second."""
        paths = sorted(self.output.glob("runs/*.json"), key=lambda path: path.stat().st_mtime_ns)
        return [json.loads(path.read_text("utf-8")) for path in paths]


def crawl(
    spider: str,
    output: Path,
    *,
    settings: dict[str, str] = FAST,
    timeout: float = 240,
    stdin: str | None = None,
    **arguments: object,
) -> Crawl:
    """Crawl into *output*; *arguments* become ``-a name=value``."""
    words = ["crawl", spider, "-s", f"NEWSCRAWL_OUTPUT_DIR={output}"]
    for name, value in settings.items():
        words += ["-s", f"{name}={value}"]
    for name, value in arguments.items():
        words += ["-a", f"{name}={value}"]
    done = run(*words, input=stdin or "", timeout=timeout)
    return Crawl(done.returncode, done.stdout, done.stderr, output)


def scrapy(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of ours in the folder *cwd*."""
    return run(*arguments, module="newscrawl", cwd=cwd, env=at_root(os.environ), timeout=110)

"""Edits the stories of a site while crawls of it are killed: each true change is one version, nothing else is any.

    python -m tests.kill.versions --kills 30

Each round changes every story in one of eight ways, kills a crawl or two with -9 at a random moment, and lets one end.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests import commands
from tests.crawling import FAST
from tests.newspaper import article, headline, paragraphs
from tests.site import Site

EDITS = ("body", "markup", "headline", "boilerplate", "date", "removed", "restored", "moved")
TRUE = {"body": "body", "headline": "title"}
PER_ROUND = 2  # kills


@dataclass
class Story:
    """One story as its site has it."""

    number: int
    bodies: int = 0
    titles: int = 0
    cosmetic: int = 0
    removed: bool = False
    moved: bool = False
    expected: list[list[str]] = field(default_factory=list)
    """What each version after the first must say of its change."""

    def edit(self, kind: str) -> None:
        """Change it; what is gone or has moved stays as it is but for its return."""
        if self.moved or (self.removed and kind != "restored"):
            return
        if kind in TRUE:
            self.bodies += kind == "body"
            self.titles += kind == "headline"
            self.expected.append([TRUE[kind]])
        elif kind in ("removed", "restored"):
            self.removed = kind == "removed"
        elif kind == "moved":
            self.moved = self.number % 4 == 0
        else:
            self.cosmetic += 1

    def html(self) -> str:
        """Return its page."""
        foot = (
            f"<p>{self.cosmetic * 7:,} readers</p><aside><h3>Related</h3><a href='/x{self.cosmetic}'>More</a></aside>"
        )
        date = f"2026-11-20T08:{self.cosmetic:02}:00+01:00"
        text = article(self.number, foot=foot, date=date).replace("<p>", f'<p data-build="{self.cosmetic}">')
        first = paragraphs(self.number)[0]
        corrected = f"{first} The council corrected these figures for the {self.bodies + 1}. time on its own site."
        text = text.replace(first, corrected) if self.bodies else text
        return text.replace(headline(self.number), f"{headline(self.number)}, part {self.titles} of the inquiry opens")


def publish(site: Site, stories: Sequence[Story]) -> None:
    """Let *site* serve the stories as they are."""
    for story in stories:
        path, html = f"/story/{story.number}", story.html().encode()
        etag = f'"{sha256(html).hexdigest()[:12]}"'

        def answer(handler: Any, etag: str = etag, html: bytes = html) -> Any:
            same = handler.headers.get("If-None-Match") == etag
            return (304, {"ETag": etag}, b"") if same else (200, {"ETag": etag}, html)

        site.pages[path] = (410, {}, b"gone") if story.removed else answer
        if story.moved:
            site.pages |= {path: (301, {"Location": f"/moved{path}"}, b""), f"/moved{path}": answer}


def start(folder: Path) -> commands.Started:
    """Start a crawl of all stories, which a person names: the known ones are looked at again."""
    words = ["crawl", "news", "-s", f"NEWSCRAWL_OUTPUT_DIR={folder / 'out'}", "-a", f"urls={folder / 'list.txt'}"]
    return commands.start(*words, *(word for name, value in FAST.items() for word in ("-s", f"{name}={value}")))


def run(kills: int, folder: Path, *, stories: int = 16, seed: int = 7) -> dict[str, Any]:
    """Edit, kill and crawl; return how many versions there must be, there are, and what is wrong."""
    chosen, told = random.Random(seed), [Story(number) for number in range(stories)]
    with Site() as site:
        (folder / "list.txt").write_text("".join(f"{site.url}/story/{n}\n" for n in range(stories)), "utf-8")
        publish(site, told)
        began = time.monotonic()
        with start(folder):
            pass
        took = time.monotonic() - began
        done = 0
        while done < kills:
            for story in told:
                story.edit(EDITS[(story.number + done // PER_ROUND) % len(EDITS)])
            publish(site, told)
            for _ in range(min(PER_ROUND, kills - done)):
                with start(folder) as process:
                    time.sleep(chosen.uniform(0.3 * took, took))
                    process.kill()
                done += 1
            with start(folder):
                pass
    return judge(folder / "out", told) | {"kills": done}


def judge(output: Path, stories: Sequence[Story]) -> dict[str, Any]:
    """Compare what was written with what was changed."""
    written: defaultdict[int, list[list[str]]] = defaultdict(list)
    wrong: list[str] = []
    files = output.glob("articles/*/*.jsonl")  # two runs of one second may stand in any order
    records = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]
    for record in sorted(records, key=lambda record: record["version"]):
        number = int(record["url"].rpartition("/")[2])
        if record["version"] != len(written[number]) + 1:
            wrong.append(f"{record['url']}: version {record['version']} comes after {len(written[number])}")
        written[number].append(record["changed"])
    for story in stories:
        if written[story.number] != [[], *story.expected]:
            wrong.append(f"story {story.number}: {written[story.number]} and not {[[], *story.expected]}")
    expected = sum(1 + len(story.expected) for story in stories)
    return {"expected": expected, "written": sum(map(len, written.values())), "wrong": wrong}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--stories", type=int, default=16)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="newscrawl-kill-") as folder:
        result = run(given.kills, Path(folder), stories=given.stories, seed=given.seed)
    print(json.dumps(result, indent=1))
    return 1 if result["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

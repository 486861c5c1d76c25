"""Kill readers of the published files with -9 and count the records that each got.

``python -m tests.kill.tail --kills 50`` crawls the bundled newsroom, kills ``scrapy tail`` that often between this run
and the next, and prints one JSON line; it exits with 1 if a record was lost, or came twice to a sink that commits the
position with the record.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests import commands

LINES = 1000  # of the first run; its few records are repeated under new ids, so that a reader takes some time

SINK = """
import json, sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], isolation_level=None)
for line in sys.stdin:
    line = json.loads(line)
    database.execute("INSERT INTO records VALUES (?, ?)", (line["record"]["id"], line["after"]))
    time.sleep(float(sys.argv[2]))
"""
"""A sink that commits each record together with the position behind it."""
PAUSE_S = 0.002  # of the sink between two records


def publish(folder: Path, first: int, lines: int = LINES) -> None:
    """Crawl one story of the newsroom, and repeat its record as *lines* records, numbered from *first*."""
    before = {*folder.glob("articles/*/*.jsonl")}
    assert commands.run("crawl", "sample", "-a", "limit=1", "-s", f"NEWSCRAWL_OUTPUT_DIR={folder}").returncode == 0
    (path,) = {*folder.glob("articles/*/*.jsonl")} - before
    record = json.loads(path.read_text("utf-8"))
    path.write_text("".join(json.dumps(record | {"id": f"n{first + n}"}) + "\n" for n in range(lines)), "utf-8")
    with contextlib.closing(sqlite3.connect(folder / "state.sqlite")) as store, store:
        store.execute("UPDATE files SET lines = ? WHERE path LIKE ?", (lines, f"%{path.name}"))


def consume(folder: Path, setting: str, after_s: float | None = None) -> None:
    """Let the consumer append to the log of *folder*: until it is killed, or to the end."""
    follow = [] if after_s is None else ["--follow"]
    with (
        (folder / "log").open("ab") as log,
        commands.start("tail", "--consumer", "search", *follow, "-s", setting, stdout=log.fileno()) as consumer,
    ):
        if after_s is not None:
            time.sleep(after_s)
            consumer.kill()


def sink(database: Path, setting: str, after_s: float | None = None) -> None:
    """Let the sink read on behind what it has committed: until it is killed, or to the end."""
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS records (id TEXT, after TEXT)")
        row = connection.execute("SELECT after FROM records ORDER BY rowid DESC LIMIT 1").fetchone()
    ours, theirs = os.pipe()
    with commands.start("tail", "--numbered", "--after", row[0] if row else "0", "-s", setting, stdout=theirs):
        os.close(theirs)
        pause_s = 0 if after_s is None else PAUSE_S
        with subprocess.Popen([sys.executable, "-c", SINK, str(database), str(pause_s)], stdin=ours) as process:
            os.close(ours)
            if after_s is not None:
                time.sleep(after_s)
                process.kill()


def whole(lines: bytes) -> Iterator[str]:
    """Yield the ids of the records in *lines*; one that a kill has torn is none."""
    for line in lines.splitlines():
        with contextlib.suppress(ValueError):
            yield json.loads(line)["id"]


def run(kills: int, folder: Path, *, lines: int = LINES, seed: int = 7) -> dict[str, Any]:
    """Kill each kind of reader *kills* times, half before and half after a second run; then both read to the end."""
    chosen, output = random.Random(seed), folder / "output"
    setting, database = f"NEWSCRAWL_OUTPUT_DIR={output}", folder / "sink.sqlite"
    publish(output, 0, lines)
    begin = time.monotonic()
    commands.run("tail", "-s", setting)
    took_s = time.monotonic() - begin
    for number in range(kills):
        if number == kills // 2:
            publish(output, lines, lines)
        consume(folder, setting, chosen.uniform(0.3, 1.5) * took_s)
        sink(database, setting, chosen.uniform(0.5 * took_s, 0.5 * took_s + PAUSE_S * lines))
    consume(folder, setting)
    sink(database, setting)
    with contextlib.closing(sqlite3.connect(database)) as connection:
        exactly = Counter(row[0] for row in connection.execute("SELECT id FROM records"))
    at_least = Counter(whole((folder / "log").read_bytes()))
    wanted = {f"n{number}" for number in range(2 * lines)}
    return {
        "kills": 2 * kills,
        "records": len(wanted),
        "consumer": {"lost": len(wanted - at_least.keys()), "again": sum(at_least.values()) - len(at_least)},
        "transactional_sink": {"lost": len(wanted - exactly.keys()), "again": sum(exactly.values()) - len(exactly)},
    }


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="newscrawl-kill-") as folder:
        result = run(options.kills, Path(folder), seed=options.seed)
    print(json.dumps(result))
    lost = result["consumer"]["lost"] + result["transactional_sink"]["lost"]
    return 0 if lost + result["transactional_sink"]["again"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Extraction of many archives by a Dask cluster, one archive a task.

A task is what ``scrapy extract`` does with one archive, in a process of its own: the same workers that can be killed,
the same limits, the same records. Archives share nothing, so that neither their order nor the number of machines
changes a record.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from newscrawl.errors import OutputError, UsageError
from newscrawl.export.targets import written
from newscrawl.objects import SCHEME, download, is_there

if TYPE_CHECKING:
    from distributed import Client

FINE = (0, 3)  # exit codes of scrapy extract: records, or not one
ENDINGS = (".gz", ".zst", ".warc", ".jsonl", ".ndjson")
RETRIES = 3  # of an archive whose machine was lost


@dataclass(frozen=True, slots=True)
class Extracted:
    """What became of one archive."""

    source: str
    records: str
    """Where its records are; the pages that gave none are beside it, as ``.rejected.jsonl``."""

    code: int
    """The exit code of ``scrapy extract``; 0 and 3 are fine."""

    said: str
    """What it said at the end: counts, or what is wrong."""


def extract_archives(
    client: Client, sources: Iterable[str], output: str, settings: Mapping[str, str] | None = None
) -> Iterator[Extracted]:
    """Extract *sources* on the cluster of *client*; yield what became of each, in their order.

    *sources*: WARC files or lists, as paths that all machines have or addresses such as ``s3://``. *output*: a folder
    that all machines have, or an address; an archive whose records are there is passed over, so that a batch that was
    killed goes on. *settings* are those of ``scrapy extract``. Raises UsageError where two archives would get one name.
    """
    todo = {source: records for source, records in names(sources, output).items() if not is_there(records)}
    tasks = [
        client.submit(extract_archive, source, records, dict(settings or {}), retries=RETRIES, pure=False)
        for source, records in todo.items()
    ]
    for task in tasks:
        done: Extracted = task.result()
        yield done


def names(sources: Iterable[str], output: str) -> dict[str, str]:
    """Return where the records of each of *sources* go: below *output*, under its name."""
    found: dict[str, str] = {}
    for source in sources:
        stem = PurePosixPath(source).name
        while stem.endswith(ENDINGS):
            stem = stem.rpartition(".")[0]
        found[source] = f"{output.rstrip('/')}/{stem}.jsonl"
    if len(set(found.values())) < len(found):
        raise UsageError("two archives have the same name: extract them into different folders")
    return found


def extract_archive(source: str, records: str, settings: Mapping[str, str]) -> Extracted:
    """Extract one archive with ``scrapy extract``; *records* appears whole, after its rejected pages."""
    options = {"NEWSCRAWL_WORKERS": "1"} | dict(settings)  # a task is a core
    line = [sys.executable, "-m", "newscrawl", "extract"]
    with tempfile.TemporaryDirectory(prefix="newscrawl-batch-") as folder:
        archive = source
        if SCHEME.match(source):
            archive = str(Path(folder, PurePosixPath(source).name))
            if not download(source, Path(archive)):
                return Extracted(source, records, 2, f"there is nothing at {source}")
        made = Path(folder, "records.jsonl"), Path(folder, "rejected.jsonl")
        line += [archive, "-o", str(made[0]), "--rejected", str(made[1])]
        line += [word for name, value in options.items() for word in ("-s", f"{name}={value}")]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        said = done.stderr.strip()
        if done.returncode in FINE:
            try:
                publish(made[1], f"{records.removesuffix('.jsonl')}.rejected.jsonl")
                publish(made[0], records)
            except OutputError as error:
                return Extracted(source, records, 1, str(error))
    return Extracted(source, records, done.returncode, said)


def publish(path: Path, target: str) -> None:
    """Copy a file to *target*, where it appears whole."""
    with written(target, append=False) as (fresh, _):
        fresh.write_bytes(path.read_bytes())

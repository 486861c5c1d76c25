"""Takes articles out of the published files and the index, for good.

The journal is first (``store.forgetting``), so that no run writes them again; a takedown that was killed is done again
from its beginning.
Each file is written anew beside the old one; the store knows its new size before it takes the old one's place. A reader
that stands behind a removed line goes back by it: at worst it meets one line twice, and never misses one.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import zstandard
from sqlalchemy import Connection, delete, select, update

from newscrawl.errors import OutputError
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.schema import consumers, files, known, postings, runs, stories
from newscrawl.store.index.articles import ALIAS, as_number
from newscrawl.store.output.bucket import replace_published
from newscrawl.store.output.lines import DAMAGED, article_files, open_lines, run_of
from newscrawl.store.output.run_output import runs_path
from newscrawl.store.output.runfile import sync_folder, write_whole
from newscrawl.store.output.shelves import find_run_file

SEARCH_INDEX = "search.sqlite"
Report = Callable[[Path, Path], Path]


@dataclass(slots=True)
class Rewritten:
    """One file without the lines that go."""

    path: Path
    data: bytes
    """Its lines, as they are written plain."""

    removed: list[int]
    """Numbers of the lines that went, from 1."""

    lines: int
    ids: set[str]
    """Of the articles that went."""


@dataclass(slots=True)
class Taken:
    """What a takedown removed."""

    lines: int = 0
    files: int = 0
    ids: set[str] = field(default_factory=set)

    def add(self, other: Taken) -> None:
        """Count what another one removed, too."""
        self.lines, self.files, self.ids = self.lines + other.lines, self.files + other.files, self.ids | other.ids


def take_down(database: Database, folder: Path, ids: set[str], report: Report) -> Taken:
    """Remove the articles *ids* from all files of *folder*; return what went.

    *report* writes the report of a run anew, where it had one.
    OutputError: a file cannot be read whole or written; what was done until then stays done.
    """
    taken = Taken()
    try:
        for path in article_files(folder):
            if (fresh := without(path, ids)) is not None:
                replace_file(database, folder, fresh, report)
                taken.add(Taken(len(fresh.removed), 1, fresh.ids))
        for name in (SEARCH_INDEX, f"{SEARCH_INDEX}-wal", f"{SEARCH_INDEX}-shm"):  # made anew by the next search
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{error.filename or folder} cannot be written: {error.strerror or error}") from error
    return taken


def forget_index(connection: Connection, ids: Iterable[str]) -> None:
    """Remove what the store knows of articles; that their URLs are done stays known."""
    for number in map(as_number, ids):
        connection.execute(delete(known).where(known.c.id == number))
        connection.execute(delete(known).where(known.c.story == number, known.c.version == ALIAS))
        rows = select(stories.c.seq).where(stories.c.id == number)
        connection.execute(delete(postings).where(postings.c.seq.in_(rows)))
        connection.execute(delete(stories).where(stories.c.id == number))


def without(path: Path, ids: set[str]) -> Rewritten | None:
    """Return the file at *path* without the articles *ids*; None where it has none of them."""
    marks = [article_id.encode() for article_id in ids]
    kept, removed, found, number = [], [], set(), 0
    try:
        with open_lines(path) as lines:
            for number, line in enumerate(lines, 1):
                if any(mark in line for mark in marks) and (article_id := id_of(line)) in ids:
                    removed.append(number)
                    found.add(str(article_id))
                else:
                    kept.append(line)
    except DAMAGED as error:
        raise OutputError(f"{path} cannot be read: {error}; restore it, and forget again") from error
    return Rewritten(path, b"".join(kept), removed, number - len(removed), found) if removed else None


def id_of(line: bytes) -> str | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    value = record.get("id") if isinstance(record, dict) else None
    return value if isinstance(value, str) else None


def replace_file(database: Database, folder: Path, fresh: Rewritten, report: Report) -> None:
    """Put the shortened file in the place of the old one, and say so in store, manifest and report."""
    run_id = run_of(fresh.path)
    temporary = fresh.path.with_name(f"{fresh.path.name}.forget.tmp")
    with temporary.open("wb") as file:
        file.write(packed(fresh.data, fresh.path.suffix))
        file.flush()
        os.fsync(file.fileno())
    with database.write() as connection:
        shorten(connection, run_id, fresh)
    manifest = find_run_file(folder, run_id, ".json")
    page = manifest.with_suffix(".html")
    if manifest.exists():
        content = shortened(manifest, fresh)
        write_whole(manifest, content)
        replace_published(database.bucket, folder, runs_path(folder, run_id, ".json"), content)
    plain = fresh.path.with_name(f"{run_id}.jsonl")
    replace_published(database.bucket, folder, plain, fresh.data)
    shown = page.exists()
    page.unlink(missing_ok=True)  # a takedown that is killed must not leave it; scrapy report makes it anew
    temporary.rename(fresh.path)
    sync_folder(fresh.path.parent)
    if shown and manifest.exists():
        report(folder, manifest)


def shortened(manifest: Path, fresh: Rewritten) -> bytes:
    """Return a run's manifest with the new size of its article file."""
    content = json.loads(manifest.read_bytes())
    for entry in content.get("files") or ():
        if entry["path"].startswith("articles/"):
            digest = sha256(fresh.data).hexdigest()
            entry |= {"lines": fresh.lines, "bytes": len(fresh.data), "sha256": digest}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def shorten(connection: Connection, run_id: str, fresh: Rewritten) -> None:
    """Record the new size of a run's file, and set readers back by the lines that went before them."""
    sizes = {"lines": fresh.lines, "bytes": len(fresh.data)}
    connection.execute(update(files).where(files.c.run_id == run_id).values(**sizes))
    figures = {"articles_lines": fresh.lines, "articles_bytes": len(fresh.data)}
    connection.execute(update(runs).where(runs.c.id == run_id).values(**figures))
    sequence = connection.scalar(select(files.c.sequence).where(files.c.run_id == run_id))
    readers = select(consumers).where(consumers.c.sequence == sequence, consumers.c.line > 0)
    for reader in connection.execute(readers).all():
        line = reader.line - sum(number <= reader.line for number in fresh.removed)
        connection.execute(update(consumers).where(consumers.c.name == reader.name).values(line=line))


def packed(data: bytes, suffix: str) -> bytes:
    """Return *data* as a file with *suffix* holds it."""
    if suffix == ".gz":
        return gzip.compress(data, mtime=0)
    return zstandard.ZstdCompressor(level=10).compress(data) if suffix == ".zst" else data

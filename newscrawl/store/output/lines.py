"""Reads run files as they were published, or as somebody compressed them since."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import zstandard

SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst")
DAMAGED = (EOFError, OSError, zstandard.ZstdError)
"""What reading a file raises that is cut short or not what its name says."""


def article_files(folder: Path) -> list[Path]:
    """Return the published article files of an output folder, sorted by run; of two forms of one file the plain one."""
    by_run: dict[str, Path] = {}
    for path in sorted(folder.glob("articles/dt=*/*.jsonl*"), key=lambda path: len(path.name)):
        if path.name.endswith(SUFFIXES):
            by_run.setdefault(run_of(path), path)
    return [by_run[run_id] for run_id in sorted(by_run)]


def run_of(path: Path) -> str:
    """Return the id of the run that wrote the file at *path*."""
    return path.name.partition(".")[0]


def stored_path(path: Path) -> Path | None:
    """Return where the file published at *path* stands now: there, or compressed beside it; None where it is gone."""
    forms = (path.with_name(run_of(path) + suffix) for suffix in SUFFIXES)
    return next((form for form in forms if form.exists()), None)


@contextmanager
def open_lines(path: Path) -> Iterator[Iterable[bytes]]:
    """Open a run file; iterating gives its lines as they were written. Raises one of ``DAMAGED`` where it is torn."""
    with path.open("rb") as file:
        yield decompressed(file, path.suffix)


def decompressed(file: BinaryIO, suffix: str) -> Iterable[bytes]:
    """Return the lines of *file*, unpacked as its *suffix* says."""
    if suffix == ".gz":
        return gzip.open(file)
    if suffix == ".zst":  # frames one behind the other, as `cat` makes them, are one file
        return io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True))
    return file

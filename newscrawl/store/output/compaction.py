"""Packs the files of old runs, and removes of them what can be spared. The articles stay, whole and in their order."""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import zstandard

from newscrawl.errors import OutputError
from newscrawl.store.output.lines import DAMAGED, decompressed
from newscrawl.store.output.runfile import BLOCK, sha256_of, sync_folder
from newscrawl.store.output.shelves import find_run_file

DAY = re.compile(r"dt=(\d{4}-\d\d-\d\d)")
RUN_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)T")


def packed_gzip(plain: BinaryIO, packed: BinaryIO) -> None:
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as file:
        while block := plain.read(BLOCK):
            file.write(block)


def packed_zstd(plain: BinaryIO, packed: BinaryIO) -> None:
    zstandard.ZstdCompressor(level=10).copy_stream(plain, packed)


PACKERS: dict[str, Callable[[BinaryIO, BinaryIO], None]] = {"zst": packed_zstd, "gz": packed_gzip}


def compact(folder: Path, before: datetime, form: str = "zst") -> tuple[int, int, int]:
    """Pack article files and rejected logs of runs before the day of *before*.

    Return how many, and their bytes before and after. Each is read back and compared before the plain one goes; one
    that was killed in between is packed again. OutputError: the disk does not take it.
    """
    count, plain, packed = 0, 0, 0
    for path in old_files(folder, before, "*.jsonl"):
        try:
            size = path.stat().st_size
            target = pack(path, form)
        except OSError as error:
            raise OutputError(f"{path} cannot be packed: {error.strerror or error}") from error
        count, plain, packed = count + 1, plain + size, packed + target.stat().st_size
    return count, plain, packed


def pack(path: Path, form: str) -> Path:
    """Pack one file; return where it is now."""
    target, temporary = path.with_name(f"{path.name}.{form}"), path.with_name(f"{path.name}.{form}.tmp")
    with path.open("rb") as plain, temporary.open("wb") as packed:
        PACKERS[form](plain, packed)
        packed.flush()
        os.fsync(packed.fileno())
    if not same(path, temporary, f".{form}"):
        temporary.unlink()
        raise OutputError(f"{path} was not packed: what was written differs from it; look at the disk")
    temporary.rename(target)
    sync_folder(path.parent)
    path.unlink()
    sync_folder(path.parent)
    return target


def same(path: Path, packed: Path, suffix: str) -> bool:
    """Tell whether a packed file holds what the plain one does."""
    import hashlib

    digest = hashlib.sha256()
    try:
        with packed.open("rb") as file:
            for line in decompressed(file, suffix):
                digest.update(line)
    except DAMAGED:
        return False
    return digest.hexdigest() == sha256_of(path)


def prune(folder: Path, before: datetime) -> tuple[int, int]:
    """Remove reports and rejected logs of runs before the day of *before*; return how many, and their bytes.

    Articles and manifests stay: from them the store is rebuilt.
    """
    count, size = 0, 0
    for pattern in ("*.html", "*.rejected.jsonl", "*.rejected.jsonl.gz", "*.rejected.jsonl.zst"):
        for path in old_files(folder, before, pattern, articles=False):
            try:
                size += path.stat().st_size
                path.unlink()
            except OSError as error:
                raise OutputError(f"{path} cannot be removed: {error.strerror or error}") from error
            count += 1
    return count, size


def old_files(folder: Path, before: datetime, pattern: str, *, articles: bool = True) -> list[Path]:
    """Return the files of closed runs before the day of *before*: a dead run's are recovered first."""
    day = f"{before:%Y-%m-%d}"
    paths = [*folder.glob(f"runs/{pattern}"), *folder.glob(f"runs/dt=*/{pattern}")]
    paths += folder.glob(f"articles/dt=*/{pattern}") if articles else []
    return sorted(
        path for path in paths if (when := day_of(path)) is not None and when < day and is_closed(folder, path)
    )


def is_closed(folder: Path, path: Path) -> bool:
    """Tell whether the run that left *path* has its manifest; articles have their name only then."""
    return path.parent.parent.name == "articles" or find_run_file(folder, path.name.partition(".")[0], ".json").exists()


def day_of(path: Path) -> str | None:
    """Return the day of a run's file; None for one that is not named like a run's."""
    if folder := DAY.fullmatch(path.parent.name):
        return folder[1]
    run = RUN_DAY.match(path.name)
    return "-".join(run.groups()) if run else None

"""Puts what runs left into a folder a day: a scheduler makes 50,000 runs a year."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newscrawl.store.output.runfile import sync_folder

RUN_FILE = re.compile(r"(\d{4})(\d\d)(\d\d)T\d{6}Z-\w+\.(?:json|html|rejected\.jsonl(?:\.gz|\.zst)?)")
FLAT_DAYS = 2  # today's and yesterday's stand beside each other


def shelve(folder: Path, now: int, running: Collection[str] = ()) -> int:
    """Move manifests, reports and rejected logs of earlier days to ``runs/dt=YYYY-MM-DD/``; return how many.

    The files of a run stay where recovery looks for them until the run is closed: while its id is among *running*, and
    while it has no manifest. A file that another run moves at the same time, or that cannot be moved, is left alone.
    """
    kept = {f"{datetime.fromtimestamp(now, UTC) - timedelta(days=days):%Y%m%d}" for days in range(-1, FLAT_DAYS)}
    moved = 0
    for path in (folder / "runs").glob("*T*Z-*.*"):
        name = RUN_FILE.fullmatch(path.name)
        if name is None or "".join(name.groups()) in kept:
            continue
        run_id = path.name.partition(".")[0]
        if run_id in running or not find_run_file(folder, run_id, ".json").exists():
            continue
        shelf = path.parent / f"dt={name[1]}-{name[2]}-{name[3]}"
        with suppress(OSError):
            if not shelf.exists():
                shelf.mkdir()
                sync_folder(shelf.parent)
            path.rename(shelf / path.name)
            moved += 1
    return moved


def find_run_file(folder: Path, run_id: str, suffix: str) -> Path:
    """Return where a run's file stands: beside the latest runs', or in the folder of its day; the former if nowhere."""
    flat = folder / "runs" / f"{run_id}{suffix}"
    for form in (suffix, f"{suffix}.zst", f"{suffix}.gz"):
        for path in (flat.with_name(f"{run_id}{form}"), shelf_of(folder, run_id) / f"{run_id}{form}"):
            if path.exists():
                return path
    return flat


def shelf_of(folder: Path, run_id: str) -> Path:
    """Return the folder of the day of a run."""
    return folder / "runs" / f"dt={run_id[:4]}-{run_id[4:6]}-{run_id[6:8]}"


def manifests(folder: Path) -> list[Path]:
    """Return the manifests of an output folder, the oldest run first."""
    return sorted([*folder.glob("runs/*.json"), *folder.glob("runs/dt=*/*.json")], key=lambda path: path.name)

"""The articles that a person had taken down: none of them is written again."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from newscrawl.errors import OutputError
from newscrawl.store.output.runfile import sync_folder

JOURNAL = "forgotten.jsonl"


def read_forgotten(folder: Path) -> dict[str, bool]:
    """Return the ids of the articles that were taken down, and whether all of each is gone; a torn line is no id.

    OutputError: the journal is there and cannot be read, so that nobody knows what must not be written.
    """
    done: dict[str, bool] = {}
    try:
        lines = (folder / JOURNAL).read_bytes().splitlines()
    except FileNotFoundError:
        return done
    except OSError as error:
        raise OutputError(f"{folder / JOURNAL} cannot be read: {error.strerror or error}") from error
    for line in lines:
        try:
            entry: dict[str, Any] = json.loads(line)
            done[str(entry["id"])] = done.get(str(entry["id"]), False) or bool(entry.get("done"))
        except (ValueError, KeyError, TypeError):
            continue
    return done


def note_forgotten(folder: Path, ids: list[str], at: str, *, done: bool) -> None:
    """Append to the journal that *ids* are to go, or that they are gone; on disk when this returns."""
    path = folder / JOURNAL
    try:
        with path.open("ab") as file:
            if file.tell() and not path.read_bytes().endswith(b"\n"):  # the machine died in the middle of a line
                file.write(b"\n")
            for article_id in ids:
                file.write(
                    json.dumps({"id": article_id, "at": at, **({"done": True} if done else {})}).encode() + b"\n"
                )
            file.flush()
            os.fsync(file.fileno())
        sync_folder(folder)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from error

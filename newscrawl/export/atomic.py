"""A file that is there with all of its content, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newscrawl.errors import OutputError
from newscrawl.store.output.runfile import sync_folder


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """Give a temporary path beside *path*, which takes its place when all went well. OutputError: it cannot."""
    if path.is_dir():
        raise OutputError(f"{path} is a folder; name a file")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        temporary.unlink(missing_ok=True)

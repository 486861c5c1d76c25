"""A file that grows by whole lines and appears by rename."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

BLOCK = 1 << 20


class RunFile:
    """One file of a run: ``<name>.part`` while it grows, then *path*.

    ``size`` is what the store has recorded. What lies behind it, a crash or a failed write left there; the next append
    writes over it.
    """

    def __init__(self, path: Path, size: int = 0, lines: int = 0) -> None:
        self.path = path
        self.part = path.with_name(path.name + ".part")
        self.size = size
        self.lines = lines
        self.descriptor = -1
        self.dirty = False

    def add(self, _connection: Connection, lines: Sequence[bytes]) -> int:
        """Append *lines*, as :meth:`append` does."""
        return self.append(b"".join(lines)) if lines else self.size

    def append(self, data: bytes) -> int:
        """Write *data* behind the recorded part; return the size that the store is to record."""
        if self.descriptor < 0:
            self.open()
        self.dirty = True
        if os.fstat(self.descriptor).st_size != self.size:
            os.ftruncate(self.descriptor, self.size)
        offset = self.size
        view = memoryview(data)
        while view:
            written = os.pwrite(self.descriptor, view, offset)
            offset += written
            view = view[written:]
        return offset

    def sync(self) -> None:
        """Bring what was appended to the disk."""
        if self.dirty:
            os.fsync(self.descriptor)
            self.dirty = False

    def open(self) -> None:
        """Open the file for appending, and make its folders durable."""
        made = [folder for folder in (self.part.parent, *self.part.parent.parents) if not folder.exists()]
        self.part.parent.mkdir(parents=True, exist_ok=True)
        self.descriptor = os.open(self.part, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
        for folder in {self.part.parent, *(folder.parent for folder in made)}:
            sync_folder(folder)  # a file is safe only when its name is, and so on up

    def cut(self) -> None:
        """Remove what lies behind the recorded size."""
        if self.descriptor < 0 and self.part.exists():
            self.open()
        if self.descriptor >= 0 and os.fstat(self.descriptor).st_size != self.size:
            os.ftruncate(self.descriptor, self.size)
            self.dirty = True

    def tail(self) -> list[bytes]:
        """Return the whole lines behind the recorded size; a torn last one is left out."""
        if not self.part.exists():
            return []
        with self.part.open("rb") as file:
            file.seek(self.size)
            return file.read().split(b"\n")[:-1]

    def short(self) -> bool:
        """Tell whether the disk holds less than the store has recorded, as after a disk that lied about a sync."""
        there = next((path for path in (self.path, self.part) if path.exists()), None)
        return self.size > 0 and (there is None or there.stat().st_size < self.size)

    def is_current(self, connection: Connection) -> bool:
        """Tell whether the file is as it is to be numbered: it is changed after that alone."""
        return True

    def publish(self) -> Path | None:
        """Give the file its final name; None where nothing was ever recorded."""
        if self.part.exists():
            self.cut()
            self.sync()
            if self.size:
                self.part.rename(self.path)
            else:
                self.part.unlink()
            sync_folder(self.part.parent)
        self.close()
        return self.path if self.size else None

    def close(self) -> None:
        """Close the file; closing it again does nothing."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


def sync_folder(folder: Path) -> None:
    """Bring the names in *folder* to the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, data: bytes) -> None:
    """Write a small file so that it is there with all of *data*, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".tmp")
    with fresh.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)
    sync_folder(path.parent)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hex digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()

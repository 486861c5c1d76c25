"""Where an export goes: a file, or an address of object storage that fsspec knows."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newscrawl.export.atomic import replaced
from newscrawl.objects import SCHEME, download, filesystem, upload

DATABASES = ("sqlite", "postgresql", "mysql", "mariadb", "oracle", "mssql")


def is_database(target: str) -> bool:
    """Tell whether *target* is the SQLAlchemy URL of a database, such as ``postgresql+psycopg://…``."""
    match = SCHEME.match(target)
    return match is not None and match[1].partition("+")[0] in DATABASES


@contextmanager
def written(target: str, *, append: bool) -> Iterator[tuple[Path, Path | None]]:
    """Give the path to write to, and one of what *target* holds so far, or None; *append* asks for the latter.

    The target has all of the new content, or what it had. OutputError: it cannot be read or written.
    """
    if SCHEME.match(target) is None:
        path = Path(target)
        with replaced(path) as temporary:
            yield temporary, path if append and path.exists() else None
        return
    filesystem(target)  # a mistake is said before any work
    with tempfile.TemporaryDirectory(prefix="newscrawl-export-") as folder:
        fresh, before = Path(folder, "new"), Path(folder, "before")
        there = append and download(target, before)
        yield fresh, before if there else None
        upload(fresh, target)

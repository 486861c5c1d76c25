"""Where an export goes: a file, or an address of object storage that fsspec knows."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newscrawl.errors import OutputError, UsageError
from newscrawl.export.atomic import replaced

SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://")
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
    fs, address = filesystem(target)
    with tempfile.TemporaryDirectory(prefix="newscrawl-export-") as folder:
        fresh, before = Path(folder, "new"), Path(folder, "before")
        try:
            there = append and fs.exists(address)
            if there:
                fs.get_file(address, str(before))
            yield fresh, before if there else None
            parent = address.rpartition("/")[0]
            if parent:
                fs.makedirs(parent, exist_ok=True)
            beside = f"{address}.part"
            fs.put_file(str(fresh), beside)
            fs.mv(beside, address)
        except OSError as error:
            raise OutputError(f"{target} cannot be written: {error}") from error


def filesystem(target: str) -> tuple[Any, str]:
    """Return the file system of an address and the path in it; raise UsageError where nothing here can reach it."""
    try:
        import fsspec
    except ImportError:
        raise UsageError(f"{target} needs fsspec: pip install 'newscrawl[remote]'") from None
    try:
        fs, path = fsspec.core.url_to_fs(target)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{target} cannot be reached: {error}") from None
    return fs, str(path)

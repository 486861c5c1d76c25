"""Files at addresses that fsspec knows: object storage (``s3://``, ``gs://``, ``az://``) and others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newscrawl.errors import OutputError, UsageError

SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://")
PART_BYTES = 16 << 20  # of an upload in parts: ten are under way at once, and s3fs would take 50 MB each
MOST_PARTS = 9_000  # S3 takes 10,000
WHOLE = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl"})
"""Where an object is there only when its upload is complete. Elsewhere a file is written beside, and renamed."""


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


def upload(path: Path, target: str) -> None:
    """Copy a file to the address *target*, which has all of it then, and before what it had. OutputError: it cannot."""
    fs, address = filesystem(target)
    protocols = {fs.protocol} if isinstance(fs.protocol, str) else set(fs.protocol)
    with reaching(target, "written"):
        if "s3" in protocols:
            fs.put_file(str(path), address, chunksize=max(PART_BYTES, path.stat().st_size // MOST_PARTS))
        elif protocols & WHOLE:
            fs.put_file(str(path), address)
        else:
            if parent := address.rpartition("/")[0]:
                fs.makedirs(parent, exist_ok=True)
            fs.put_file(str(path), f"{address}.part")
            fs.mv(f"{address}.part", address)


def download(target: str, path: Path) -> bool:
    """Copy what stands at the address *target*; tell whether there was something. OutputError: it cannot be read."""
    fs, address = filesystem(target)
    with reaching(target, "read"):
        if not fs.exists(address):
            return False
        fs.get_file(address, str(path))
        return True


def is_there(target: str) -> bool:
    """Tell whether something stands at *target*, an address or the path of a file. OutputError: nobody knows."""
    if SCHEME.match(target) is None:
        return Path(target).exists()
    fs, address = filesystem(target)
    with reaching(target, "read"):
        return bool(fs.exists(address))


@contextmanager
def reaching(target: str, what: str) -> Iterator[None]:
    """Raise OutputError for whatever a file system raises: each driver has exceptions of its own."""
    try:
        yield
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise OutputError(f"{target} cannot be {what}: {reason}") from error

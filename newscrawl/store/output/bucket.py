"""Copies of the published files in object storage, for readers that have neither the folder nor the database.

A file goes there after it has its name and before it has its number; the manifest goes last. Until both are there, the
run is not closed: whoever completes it, here or on another machine, uploads the same bytes to the same address again.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

from newscrawl.objects import upload
from newscrawl.store.output.lease import SHARED_RENEW_S

logger = logging.getLogger(__name__)


def upload_published(bucket: str, folder: Path, path: Path, keep_alive: Callable[[], None] = lambda: None) -> None:
    """Copy the file at *path* below *folder* to the same place below the address *bucket*; nothing where that is empty.

    *keep_alive* is called from time to time on this thread. OutputError: it cannot be copied.
    """
    if not bucket:
        return
    target = address_of(bucket, folder, path)
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(upload, path, target)
        while not wait([done], SHARED_RENEW_S).done:
            keep_alive()
        done.result()
    logger.info("%s is published as %s", path, target)


def replace_published(bucket: str, folder: Path, path: Path, data: bytes) -> None:
    """Put *data* in the place of what was published of the file at *path*."""
    if not bucket:
        return
    with tempfile.TemporaryDirectory(prefix="newscrawl-upload-") as temporary:
        file = Path(temporary, path.name)
        file.write_bytes(data)
        upload(file, address_of(bucket, folder, path))


def address_of(bucket: str, folder: Path, path: Path) -> str:
    """Return the address below *bucket* of a file below *folder*."""
    return f"{bucket.rstrip('/')}/{path.relative_to(folder).as_posix()}"

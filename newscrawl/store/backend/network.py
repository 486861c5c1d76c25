"""Folders on network file systems, where SQLite's locks and its shared memory do not hold."""

from __future__ import annotations

import os
from pathlib import Path

from newscrawl.errors import OutputError

NETWORK = frozenset({"nfs", "nfs3", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "fuse.rclone", "fuse.s3fs"})
MOUNTS = Path("/proc/mounts")


def refuse_network_folder(folder: Path, mounts: str | None = None) -> None:
    """Raise OutputError where *folder* lies on a network file system; *mounts* is the system's table of them."""
    if mounts is None:
        try:
            mounts = MOUNTS.read_text("utf-8", "replace")
        except OSError:  # no Linux
            return
    if (kind := filesystem_of(folder, mounts)) in NETWORK:
        raise OutputError(
            f"{folder} lies on a network file system ({kind}), where the locks of the store do not hold; set "
            "NEWSCRAWL_OUTPUT_DIR to a local folder, or NEWSCRAWL_STORE to a PostgreSQL database"
        )


def filesystem_of(folder: Path, mounts: str) -> str:
    """Return the type of the file system that *folder* lies on, or will lie on, by the table *mounts*."""
    real = os.path.realpath(folder)
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        place = fields[1].encode().decode("unicode_escape", "replace")  # \\040 is a blank
        inside = place == "/" or real == place or real.startswith(f"{place}/")
        if inside and len(place) >= best:  # of two at one place the later hides the earlier
            best, kind = len(place), fields[2]
    return kind

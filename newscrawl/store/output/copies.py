"""Takes articles out of the copies in object storage whose files stand on other machines, or nowhere any more."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePosixPath

from sqlalchemy import select

from newscrawl.errors import OutputError
from newscrawl.objects import download, upload
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.schema import files
from newscrawl.store.output.lines import article_files, run_of
from newscrawl.store.output.takedown import Taken, shortened, without


def take_down_copies(database: Database, folder: Path, ids: set[str]) -> Taken:
    """Remove the articles *ids* from the copies of all files that *folder* does not have.

    The store keeps what it says of these files: it tells of the files themselves, which follow when a run begins in
    their folder, and then have the same bytes as the copy. OutputError: a copy cannot be read or written.
    """
    taken = Taken()
    if not database.bucket or not ids:
        return taken
    own = {run_of(path) for path in article_files(folder)}
    with database.read() as connection:
        rows = connection.execute(select(files.c.run_id, files.c.path).order_by(files.c.sequence)).all()
    for row in rows:
        if row.run_id not in own:
            taken.add(shorten_copy(database.bucket.rstrip("/"), row.run_id, row.path, ids))
    return taken


def shorten_copy(bucket: str, run_id: str, path: str, ids: set[str]) -> Taken:
    """Remove the articles *ids* from the copy of one file, and say so in its manifest, which goes first."""
    with tempfile.TemporaryDirectory(prefix="newscrawl-copies-") as name:
        articles, manifest = Path(name, PurePosixPath(path).name), Path(name, "manifest.json")
        if not download(f"{bucket}/{path}", articles) or (fresh := without(articles, ids)) is None:
            return Taken()
        address = f"{bucket}/runs/{run_id}.json"
        if download(address, manifest):
            try:
                manifest.write_bytes(shortened(manifest, fresh))
            except (ValueError, KeyError, TypeError, AttributeError):
                raise OutputError(f"{address} is no manifest of ours: remove it, and forget again") from None
            upload(manifest, address)
        articles.write_bytes(fresh.data)
        upload(articles, f"{bucket}/{path}")
    return Taken(len(fresh.removed), 1, fresh.ids)

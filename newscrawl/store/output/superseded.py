"""Removes from a folder what others have published meanwhile, since its machine had been given up.

A worker whose machine vanishes between the name of its file and the number of it is completed by another one, in that
one's folder: readers go by the store. When the machine comes back, its own copy would tell the stories once more.
"""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import select

from newscrawl.store.backend.database import Database
from newscrawl.store.backend.schema import files, runs
from newscrawl.store.output.lines import run_of, stored_path
from newscrawl.store.output.run_output import RUNNING

logger = logging.getLogger(__name__)


def remove_superseded(database: Database, folder: Path) -> list[Path]:
    """Remove the copies of files that were published elsewhere, and the halves of files that never got their name."""
    own = database.folder_name(folder)
    elsewhere = (
        select(files.c.path)
        .join(runs, runs.c.id == files.c.run_id)
        .where(runs.c.folder == own, files.c.folder != own, runs.c.status != RUNNING)
    )
    with database.read() as connection:
        copies = [stored_path(folder / path) for path in connection.scalars(elsewhere)]
        closed = set(connection.scalars(select(runs.c.id).where(runs.c.folder == own, runs.c.status != RUNNING)))
    halves = [*folder.glob("articles/dt=*/*.jsonl.part"), *folder.glob("runs/*.jsonl.part")]
    paths = [copy for copy in copies if copy is not None] + [path for path in halves if run_of(path) in closed]
    for path in paths:
        path.unlink(missing_ok=True)
        logger.info("%s is published elsewhere, by the worker that completed its run; this copy is removed", path)
    return paths

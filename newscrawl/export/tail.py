"""The lines of published files in the order of their publication."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from itertools import islice

from newscrawl.errors import OutputError
from newscrawl.store.output.lines import DAMAGED, open_lines, stored_path
from newscrawl.store.output.published import Cursor, PublishedFile, PublishedFiles

logger = logging.getLogger(__name__)

POLL_S = 1.0  # a file is published at the end of a run: looking once a second is soon enough and costs nothing


def lines_after(files: PublishedFiles, cursor: Cursor, *, follow: bool = False) -> Iterator[tuple[Cursor, bytes]]:
    """Yield every line behind *cursor* with the cursor that stands behind it; with *follow*, wait for more, forever.

    The cursor that follows the last line of a file stands before the next file. A file that is gone is skipped with a
    warning; OutputError is raised at one that cannot be read whole.
    """
    while True:
        for file in files.after(cursor.sequence - 1):
            yield from lines_of(file, cursor.line if file.sequence == cursor.sequence else 0)
            cursor = Cursor(file.sequence + 1)
        if not follow:
            return
        time.sleep(POLL_S)


def lines_of(file: PublishedFile, skipped: int) -> Iterator[tuple[Cursor, bytes]]:
    """Yield the lines of *file* but for the first *skipped*."""
    path = stored_path(file.path)
    if path is None:
        logger.warning("%s is gone: its %d records are skipped", file.path, file.lines - skipped)
        return
    try:
        with open_lines(path) as lines:
            for number, line in enumerate(islice(lines, skipped, None), skipped + 1):
                whole = number >= file.lines
                yield Cursor(file.sequence + 1) if whole else Cursor(file.sequence, number), line
    except DAMAGED as error:
        raise OutputError(
            f"{path} cannot be read: {error}; restore it, or go on behind it: --after {file.sequence}"
        ) from error

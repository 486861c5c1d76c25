"""Says in one sentence what is wrong with the folder or the store, and what a person can do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError, DBAPIError, InternalError, OperationalError

from newscrawl.errors import OutputError

FULL = "is full: make room and start again; what was not written stays pending"
ADVICE: dict[int, str] = {
    errno.ENOSPC: f"the disk of {{path}} {FULL}",
    errno.EDQUOT: f"your quota on the disk of {{path}} {FULL}",
    errno.EACCES: "{path} cannot be written: give yourself the right, or name another folder by NEWSCRAWL_OUTPUT_DIR",
    errno.EPERM: "{path} cannot be written: give yourself the right, or name another folder by NEWSCRAWL_OUTPUT_DIR",
    errno.EROFS: "{path} lies on a read-only disk: name another folder by NEWSCRAWL_OUTPUT_DIR",
    errno.ENOTDIR: "{path} cannot be made: a file stands where a folder should; name another by NEWSCRAWL_OUTPUT_DIR",
    errno.EEXIST: "{path} cannot be made: a file stands where a folder should; name another by NEWSCRAWL_OUTPUT_DIR",
    errno.EFBIG: "{path} has grown as large as a file may be here: end the run sooner (limit=), or raise ulimit -f",
}
DATABASE_ADVICE = (  # SQLite says it in words
    ("disk is full", ADVICE[errno.ENOSPC]),
    ("readonly database", "the store {path} cannot be written: give yourself the right to it and its folder"),
    ("unable to open", "the store {path} cannot be opened: is its folder there, and may you write in it?"),
    ("not a database", "the store {path} is no SQLite file: move it away; the next run rebuilds it from the articles"),
    ("malformed", "the store {path} is damaged: move it away; the next run rebuilds it from the articles"),
    ("disk I/O error", "the disk of the store {path} fails: read the system's log; what was not written stays pending"),
    ("locked", "the store {path} is locked by another program: end that one, or wait for it"),
)
OUTSIDE = (DatabaseError, InternalError, OperationalError)  # not their subclasses: those are ours


def output_error(error: Exception, path: Path | str) -> OutputError:
    """Return the sentence for *error*, which came while *path* was used."""
    if isinstance(error, OSError):
        text = ADVICE.get(error.errno or 0, f"{{path}} cannot be used: {error.strerror or error}")
        return OutputError(text.format(path=error.filename or path))
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    text = next((text for words, text in DATABASE_ADVICE if words in said), "the store {path} cannot be used: {said}")
    return OutputError(text.format(path=path, said=said.splitlines()[0]))


@contextmanager
def faults(path: Path | str) -> Iterator[None]:
    """Turn what the disk or the database refuses into an :class:`OutputError`; a mistake of ours stays what it is."""
    try:
        yield
    except OSError as error:
        raise output_error(error, path) from error
    except DatabaseError as error:
        if type(error) not in OUTSIDE:
            raise
        raise output_error(error, path) from error

"""Says in one sentence what is wrong with the folder or the store, and what a person can do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, InternalError, OperationalError

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
POSTGRES_ADVICE = {  # by SQLSTATE, or its class
    "28": "the store {path} does not let us in: {said}",
    "3D": "the store {path} has no such database: create it (createdb)",
    "42501": "the store {path} may not be written by this user: grant it CREATE on its schema; {said}",
    "53100": f"the disk of the store {{path}} {FULL}",
    "54": "the store {path} refuses what is too large for it: {said}",
}
LOST = ("08", "57P", "25006", "25P03", "40", "53300", "55P03")
"""SQLSTATEs after which the same may succeed on a new connection: cut, shut down, failed over, waited for too long."""
OUTSIDE = (DatabaseError, InternalError, OperationalError)  # not their subclasses: those are ours


class ConnectionLost(OutputError):
    """The database went away, or took our connection from us: what was under way may be tried again."""

    in_commit = False
    """Whether it was lost when all was said, so that it may be written for all that."""


def output_error(error: Exception, path: Path | str) -> OutputError:
    """Return the sentence for *error*, which came while *path* was used."""
    if isinstance(error, OSError):
        text = ADVICE.get(error.errno or 0, f"{{path}} cannot be used: {error.strerror or error}")
        return OutputError(text.format(path=error.filename or path))
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    if (state := getattr(getattr(error, "orig", None), "sqlstate", None)) and not is_lost(error):
        advice = next((text for code, text in POSTGRES_ADVICE.items() if state.startswith(code)), None)
        sentence = advice or "the store {path} cannot be used: {said}"
        return OutputError(sentence.format(path=path, said=first_line(said)))
    if is_lost(error):
        return ConnectionLost(f"the store {path} cannot be reached: {first_line(said)}")
    text = next((text for words, text in DATABASE_ADVICE if words in said), "the store {path} cannot be used: {said}")
    return OutputError(text.format(path=path, said=first_line(said)))


@contextmanager
def faults(path: Path | str) -> Iterator[None]:
    """Turn what the disk or the database refuses into an :class:`OutputError`; a mistake of ours stays what it is."""
    try:
        yield
    except OSError as error:
        raise output_error(error, path) from error
    except DBAPIError as error:
        if type(error) not in OUTSIDE and not is_lost(error) and sqlstate_of(error) != "42501":
            raise
        raise output_error(error, path) from error


def sqlstate_of(error: DBAPIError) -> str:
    """Return PostgreSQL's code of *error*; empty where it has none."""
    return getattr(error.orig, "sqlstate", None) or ""


def is_lost(error: Exception) -> bool:
    """Tell whether *error* says that the connection is gone, and not that something is wrong with what was asked."""
    if not isinstance(error, DBAPIError):
        return False
    foreign = not type(error.orig).__module__.startswith("sqlite3")
    return foreign and (
        error.connection_invalidated
        or sqlstate_of(error).startswith(LOST)
        or (isinstance(error, OperationalError | InterfaceError) and not sqlstate_of(error))
    )


def first_line(said: str) -> str:
    """Return the first line of what a driver said."""
    return next(iter(said.strip().splitlines()), "no reason is given")

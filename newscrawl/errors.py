"""What a person can mend: each is one sentence on stderr and an exit code, never a traceback."""

from __future__ import annotations


class NewscrawlError(Exception):
    """Base of what ends a command with one sentence. The sentence says what came, what was expected, what to do."""

    exit_code = 1


class UsageError(NewscrawlError):
    """An argument, a setting or an input file is wrong."""

    exit_code = 2


class OutputError(NewscrawlError):
    """The output folder or the store cannot be opened or written."""

"""Shows a person at a terminal how far an export has come."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from newscrawl.export.records import Record

SECONDS = 0.25  # between two looks


@contextmanager
def counted(records: Iterable[Record]) -> Iterator[Iterable[Record]]:
    """Give *records*, whose number is shown while they are read; elsewhere than at a terminal nothing is shown."""
    if not sys.stderr.isatty():
        yield records
        return
    from rich.console import Console

    with Console(stderr=True).status("reading") as status:

        def each() -> Iterator[Record]:
            began = shown = time.monotonic()
            for number, record in enumerate(records, 1):
                if (now := time.monotonic()) - shown > SECONDS:
                    shown = now
                    status.update(f"{number:,} records  {number / (now - began):,.0f}/s")
                yield record

        yield each()

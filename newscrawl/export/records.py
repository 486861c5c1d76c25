"""Which records are exported: read from files, one after the other, and selected."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from newscrawl.errors import OutputError
from newscrawl.items import format_time
from newscrawl.store.output.lines import DAMAGED, open_lines

logger = logging.getLogger(__name__)

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Selection:
    """What a record must be to be exported; what is None or empty selects nothing out."""

    since: datetime | None = None
    """Compared with when it was published, or fetched where that is unknown."""

    sources: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    """``en`` takes ``en-gb``, too."""

    def takes(self, record: Record) -> bool:
        """Tell whether *record* is wanted."""
        language = record.get("language") or ""
        return (
            (not self.sources or record.get("source") in self.sources)
            and (not self.sites or record.get("site") in self.sites)
            and (not self.languages or language in self.languages or language.split("-")[0] in self.languages)
            and (self.since is None or time_of(record) >= format_time(self.since))
        )


def time_of(record: Record) -> str:
    """Return when the story was published, or else fetched, as it is written; empty where neither is known."""
    return record.get("published_at") or record.get("fetched_at") or ""


def read_records(paths: Sequence[Path]) -> Iterator[Record]:
    """Yield the records of files; a line that is none is logged and left out. OutputError: a file cannot be read."""
    for path in paths:
        try:
            with open_lines(path) as lines:
                for number, line in enumerate(lines, 1):
                    try:
                        record = json.loads(line)
                    except (ValueError, RecursionError):
                        record = None
                    if isinstance(record, dict):
                        yield record
                    elif line.strip():
                        logger.warning("%s:%d is no JSON object and was left out", path, number)
        except DAMAGED as error:
            raise OutputError(f"{path} cannot be read: {error}") from error


def select(paths: Sequence[Path], selection: Selection, *, latest_version: bool = False) -> Iterator[Record]:
    """Yield the selected records; with *latest_version* only the last revision of each article, after a first pass."""
    if not latest_version:
        yield from filter(selection.takes, read_records(paths))
        return
    latest: dict[str, tuple[int, int]] = {}
    for number, record in enumerate(read_records(paths)):
        mine = (record.get("version") or 1, number)
        key = record.get("id") or str(number)
        latest[key] = max(latest.get(key, mine), mine)
    for number, record in enumerate(read_records(paths)):
        key = record.get("id") or str(number)
        if latest[key][1] == number and selection.takes(record):
            yield record

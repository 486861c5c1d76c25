"""Which records are exported: read from files, one after the other, and selected."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from newscrawl.errors import OutputError
from newscrawl.items import format_time
from newscrawl.schema.columns import Kind, columns
from newscrawl.schema.formats import TIME_PATTERN
from newscrawl.store.output.lines import DAMAGED, open_lines

logger = logging.getLogger(__name__)

Record = dict[str, Any]
TIME = re.compile(TIME_PATTERN, re.ASCII)


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
                    if not isinstance(record, dict):
                        if line.strip():
                            logger.warning("%s:%d is no JSON object and was left out", path, number)
                    elif wrong := misfit(record):
                        logger.warning("%s:%d was left out: its %s is not what the schema says", path, number, wrong)
                    else:
                        yield record
        except DAMAGED as error:
            raise OutputError(f"{path} cannot be read: {error}") from error


def misfit(record: Record) -> str | None:
    """Return the name of a field whose value is not of its kind; None where all are. A missing field is null."""
    for name, fits in FITS:
        value = record.get(name)
        if value is not None and not fits(value):
            return name
    return None


def is_time(value: Any) -> bool:
    """Tell whether *value* is a time as the record writes it, with date, seconds and zone."""
    return isinstance(value, str) and bool(TIME.fullmatch(value)) and is_date(value)


def is_date(value: str) -> bool:
    """Tell whether *value* is a date or time in ISO 8601."""
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_link(value: Any) -> bool:
    """Tell whether *value* is a related link, whose ``url`` and ``title`` are strings or null."""
    return isinstance(value, dict) and all(isinstance(value.get(name), (str, type(None))) for name in ("url", "title"))


KINDS: dict[Kind, Callable[[Any], bool]] = {
    Kind.TEXT: lambda value: isinstance(value, str),
    Kind.INTEGER: lambda value: type(value) is int and abs(value) < 2**63,
    Kind.NUMBER: lambda value: type(value) is float or (type(value) is int and abs(value) < 2**53),
    Kind.BOOLEAN: lambda value: isinstance(value, bool),
    Kind.TIME: is_time,
    Kind.TEXTS: lambda value: isinstance(value, list) and all(isinstance(text, str) for text in value),
    Kind.LINKS: lambda value: isinstance(value, list) and all(map(is_link, value)),
}
FITS = [(column.name, KINDS[column.kind]) for column in columns()]


def key_of(name: Any, version: Any) -> tuple[Any, int]:
    """Return what a line of an export is known by: the id of its article, and the version."""
    return name, int(version or 1)


def unknown(records: Iterable[Record], known: set[tuple[Any, int]]) -> Iterator[Record]:
    """Yield the *records* that are not among the *known* ones, each once."""
    for record in records:
        key = key_of(record.get("id"), record.get("version"))
        if key not in known:
            known.add(key)
            yield record


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

"""Adds sources to a sites file as a person would: what stands there, comments too, stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newscrawl.errors import UsageError
from newscrawl.export.atomic import replaced
from newscrawl.sources.file import DEFAULTS, load
from newscrawl.sources.values import source_name


@dataclass(frozen=True, slots=True)
class Entry:
    """A table to be written."""

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    """By the keys of a sites file; what is empty is left out."""

    @property
    def urls(self) -> set[str]:
        """What it crawls, as it is compared."""
        return addresses(self.values)


def addresses(table: Mapping[str, Any]) -> set[str]:
    """Return the URLs that *table* names, in the spelling that is compared."""
    given = [table.get(key) or [] for key in ("url", "feeds", "sitemaps", "sections")]
    return {source_name(url) for urls in given for url in ([urls] if isinstance(urls, str) else urls)}


def add_entries(path: Path, entries: Iterable[Entry]) -> tuple[list[str], list[str]]:
    """Write *entries* behind the tables of the file at *path*, which need not exist; return the names of those added,
    and of those left out since a table crawls one of their URLs. A name that is taken gets a number. UsageError: the
    file is not TOML.
    """
    import tomlkit  # Scrapy loads this module for any command
    from tomlkit.exceptions import TOMLKitError

    text = ""
    if path.exists():
        load(path)
        text = path.read_bytes().decode("utf-8-sig")
    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise UsageError(f"sites={path} is not TOML: {error}") from None
    tables = [table for name, table in document.items() if name != DEFAULTS and isinstance(table, Mapping)]
    known = {url for table in tables for url in addresses(table)}
    added, left = [], []
    for entry in entries:
        if entry.urls & known:
            left.append(entry.name)
            continue
        name = free_name(entry.name, document)
        table = tomlkit.table()
        for key, value in entry.values.items():
            if value:
                table.add(key, value)
        if text := document.as_string():
            document.add(tomlkit.ws("\n" * (2 - len(text[-2:]) + len(text[-2:].rstrip("\n")))))
        document.add(name, table)
        known |= entry.urls
        added.append(name)
    if added:
        with replaced(path) as temporary:
            temporary.write_text(document.as_string(), "utf-8")
    return added, left


def free_name(name: str, taken: Mapping[str, Any]) -> str:
    """Return *name*, with a number behind it where *taken* has it or it means something else."""
    number, free = 1, name
    while free in taken or free == DEFAULTS:
        number += 1
        free = f"{name} {number}"
    return free


def name_of(url: str) -> str:
    """Return what a source is called of which only *url* is known: its host, and its path where it has one."""
    parts = urlsplit(source_name(url) or url)
    host = (parts.hostname or url).removeprefix("www.") + (f":{parts.port}" if parts.port else "")
    return host + parts.path.rstrip("/")

"""The sources of a run: all of them in memory, or those of a big sites file, read one by one when asked for."""

from __future__ import annotations

import shutil
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, overload
from weakref import finalize

from newscrawl.errors import OutputError
from newscrawl.export.atomic import replaced
from newscrawl.sources.file import DEFAULTS, Bounds
from newscrawl.sources.index import index_key, index_url, read_facts, sources_of, write_index
from newscrawl.sources.named_hosts import named_hosts
from newscrawl.sources.source import Source

BIG = 1 << 18
"""Bytes of a sites file, some 5,000 sources, from which an index is worth its file."""

SITES = ".sites"
"""The folder of indexes in an output folder."""

KEPT = 1024
"""Sources of an index in memory, those asked for last."""

AT_ONCE = 500

DUE = """
CREATE TABLE due AS SELECT source.position AS position FROM sites.source LEFT JOIN polled USING (name)
WHERE polled.name IS NULL OR polled.since IS NOT NULL OR source.listed ORDER BY {order}
"""
POLLED = """
INSERT INTO polled VALUES (?, ?) ON CONFLICT (name) DO UPDATE
SET since = coalesce(min(since, excluded.since), since, excluded.since)
"""


class Catalogue(Sequence[Source]):
    """The sources of an index, behind those that the arguments name; by position, and by name as a mapping."""

    def __init__(
        self,
        index: Path,
        path: Path,
        facts: dict[str, Any],
        bounds: Bounds,
        *,
        scheduled: bool,
    ) -> None:
        self.path, self.bounds, self.scheduled, self.facts = path, bounds, scheduled, facts
        self.given: dict[str, Source] = {}
        """Those of the arguments."""

        self.connection = sqlite3.connect("", uri=True, check_same_thread=False, isolation_level=None)
        finalize(self, self.connection.close)
        self.connection.execute("ATTACH ? AS sites", (index_url(index),))  # from now on its name may go
        self.by_name = ByName(self)
        listing = self.connection.execute("SELECT name, data FROM sites.source WHERE listed ORDER BY position")
        hosts = {host for source in self.read(iter(listing.fetchall())) for host in named_hosts(source)}
        self.private_hosts = hosts.union(facts["hosts"])
        """host:port of its private addresses; the lists that it names are read each time."""

    def __len__(self) -> int:
        number: int = self.facts["number"]
        return len(self.given) + number

    @overload
    def __getitem__(self, index: int) -> Source: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Source]: ...

    def __getitem__(self, index: int | slice) -> Source | Sequence[Source]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        number = range(len(self))[index]
        if number < len(self.given):
            return list(self.given.values())[number]
        rows = self.connection.execute(
            "SELECT name, data FROM sites.source ORDER BY position LIMIT 1 OFFSET ?", (number - len(self.given),)
        )
        return next(self.read(iter(rows.fetchall())))

    def __iter__(self) -> Iterator[Source]:
        yield from self.given.values()
        yield from self.slices("SELECT position, name, data FROM sites.source WHERE position > ? ORDER BY position")

    def find(self, name: str) -> Source | None:
        """Return the source called *name*, if there is one."""
        rows = self.connection.execute("SELECT name, data FROM sites.source WHERE name = ?", (name,)).fetchall()
        return next(self.read(iter(rows)), None)

    def names(self) -> Iterator[list[str]]:
        """Yield the names of the file, some at a time."""
        last = 0
        statement = f"SELECT position, name FROM sites.source WHERE position > ? ORDER BY position LIMIT {AT_ONCE}"
        while rows := self.connection.execute(statement, (last,)).fetchall():
            last = rows[-1][0]
            yield [name for _, name in rows]

    def keep_due(self, rows: Iterable[tuple[str, int | None]], *, by_time: bool) -> None:
        """Keep what a store knows of sources, in a file of SQLite's own: since when each is due, or that it is not.

        A source of which it knows nothing is due first. *by_time*: those that have been due for longest come first.
        """
        if self.connection.in_transaction:  # the store was lost on the way
            self.connection.execute("ROLLBACK")
        self.connection.execute("BEGIN")
        self.connection.execute("DROP TABLE IF EXISTS due")
        self.connection.execute("CREATE TABLE polled (name TEXT PRIMARY KEY, since INTEGER) WITHOUT ROWID")
        self.connection.executemany(POLLED, rows)
        order = "coalesce(polled.since, 0), source.position" if by_time else "source.position"
        self.connection.execute(DUE.format(order=order))
        self.connection.execute("DROP TABLE polled")
        self.connection.execute("COMMIT")

    def due(self) -> Iterator[Source]:
        """Yield the sources of the arguments, and those that are due."""
        yield from self.given.values()
        yield from self.slices(
            "SELECT due.rowid, name, data FROM due JOIN sites.source USING (position) WHERE due.rowid > ? "
            "ORDER BY due.rowid"
        )

    def slices(self, statement: str) -> Iterator[Source]:
        """Yield the sources that *statement* finds behind a number, some at a time."""
        last = 0
        while rows := self.connection.execute(f"{statement} LIMIT {AT_ONCE}", (last,)).fetchall():
            last = rows[-1][0]
            yield from self.read((name, data) for _, name, data in rows)

    def read(self, rows: Iterator[tuple[str, str]]) -> Iterator[Source]:
        """Yield the sources of *rows*, each its name and its table."""
        return sources_of(rows, self.path, self.facts[DEFAULTS], self.bounds, scheduled=self.scheduled)


class ByName(Mapping[str, Source]):
    """The sources of a catalogue by name."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.latest: OrderedDict[str, Source | None] = OrderedDict()

    def __getitem__(self, name: str) -> Source:
        if (source := self.catalogue.given.get(name)) is not None:
            return source
        if name in self.latest:
            self.latest.move_to_end(name)
        else:
            self.latest[name] = self.catalogue.find(name)
            if len(self.latest) > KEPT:
                self.latest.popitem(last=False)
        if (found := self.latest[name]) is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        yield from self.catalogue.given
        for names in self.catalogue.names():
            yield from names

    def __len__(self) -> int:
        return len(self.catalogue)


def by_name(sources: Sequence[Source]) -> Mapping[str, Source]:
    """Return *sources* by name."""
    return sources.by_name if isinstance(sources, Catalogue) else {source.name: source for source in sources}


def named_in_arguments(sources: Sequence[Source]) -> Sequence[Source]:
    """Return *sources* without those of a big sites file, none of which is an archive."""
    return [*sources.given.values()] if isinstance(sources, Catalogue) else sources


def is_drawn(sources: Sequence[Source]) -> bool:
    """Tell whether a browser is to draw pages of any of *sources*."""
    own = any(source.render for source in named_in_arguments(sources))
    return own or (isinstance(sources, Catalogue) and bool(sources.facts["render"]))


def private_hosts(sources: Sequence[Source]) -> frozenset[str]:
    """Return host:port of each private address that a person named."""
    own = {host for source in named_in_arguments(sources) for host in named_hosts(source)}
    return frozenset(own | sources.private_hosts if isinstance(sources, Catalogue) else own)


def open_catalogue(
    path: Path, bounds: Bounds, *, scheduled: bool, folder: Path | None, keep: bool = True
) -> Catalogue | None:
    """Return the sources of the sites file at *path*, by its index; None where it is small or has to be read at once.

    The index stands in *folder* and is made where there is none of this file; *keep* is false: only for this run, as
    also where the folder cannot be written. Raises UsageError.
    """
    try:
        if path.stat().st_size < BIG:
            return None
        key = index_key(path)
    except OSError:
        return None
    stands = folder and folder / f"{sha256(bytes(path.resolve())).hexdigest()[:16]}.sqlite"
    if stands and (facts := read_facts(stands)) and facts.get("key") == key:
        return Catalogue(stands, path, facts, bounds, scheduled=scheduled)
    with TemporaryDirectory(prefix="newscrawl-") as own:
        made = Path(own, "sites.sqlite")
        if not write_index(path, made, key, bounds):
            return None
        if stands and keep:
            with suppress(OutputError, OSError), replaced(stands) as temporary:  # the run says what the folder has
                shutil.copyfile(made, temporary)
        return Catalogue(made, path, read_facts(made) or {}, bounds, scheduled=scheduled)

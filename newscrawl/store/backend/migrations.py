"""Brings the tables of an older store to what this version expects."""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, column, func, inspect, select, table, text, update

from newscrawl.errors import OutputError
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.looks import visits
from newscrawl.store.backend.schema import (
    consumers,
    documents,
    files,
    forgotten,
    host_locks,
    hosts,
    lines,
    meta,
    metadata,
    run_leases,
    runs,
    scratch,
    sources,
)
from newscrawl.store.backend.statements import upsert

AT_ONCE = 1000  # rows


def shorten_evidence(connection: Connection) -> None:
    """1 to 2: of a passage, a story's evidence keeps 16 bits, as it did of a shingle."""
    stories = table("stories", column("seq"), column("evidence"))
    after = select(stories).where(stories.c.seq > bindparam("last")).order_by(stories.c.seq).limit(AT_ONCE)
    change = update(stories).where(stories.c.seq == bindparam("one")).values(evidence=bindparam("shorter"))
    last = 0
    while rows := connection.execute(after, {"last": last}).all():
        connection.execute(change, [{"one": row.seq, "shorter": shortened(row.evidence)} for row in rows])
        last = rows[-1].seq


def shortened(data: bytes) -> bytes:
    """Return evidence of version 2, given that of version 1.

    Both begin with flags, words, the bounds of shingles and passages and the length of each part, all of whose words
    have 16 bits. The passages stood behind them in full; now they are parts, too, behind those of the shingles: how
    many are below the bound, half of it, a quarter, ..., to the first 0, and their low 16 bits.
    """
    old, new = struct.Struct("<BHBB9H"), struct.Struct("<BHBB11H")
    flags, words, bits, bound, *sizes = old.unpack_from(data)
    end = old.size + 2 * sum(sizes)
    parts, at = [], old.size
    for size in sizes:
        parts.append(struct.unpack_from(f"<{size}H", data, at))
        at += 2 * size
    whole = struct.unpack_from(f"<{(len(data) - end) // 4}I", data, end)
    below = tuple(bisect_left(whole, 1 << bound - level) for level in range(16))
    *others, counts, shingles = parts
    parts = [*others, to_zero(counts), shingles, to_zero(below), tuple(value & 0xFFFF for value in whole)]
    packed = b"".join(struct.pack(f"<{len(part)}H", *part) for part in parts)
    return new.pack(flags, words, bits, bound, *map(len, parts)) + packed


def to_zero(counts: tuple[int, ...]) -> tuple[int, ...]:
    """Return *counts* up to and with the first 0."""
    return counts[: counts.index(0) + 1] if 0 in counts else counts


def rename_tables(connection: Connection) -> None:
    """2 to 3: tables are called what the code calls them."""
    for old, new in (("passages", "postings"), ("tallies", "run_counters"), ("leases", "source_locks")):
        connection.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))


def add_schedule(connection: Connection) -> None:
    """3 to 4: states of documents, sources and hosts; the published files get their numbers."""
    for created in (documents, sources, hosts, files, consumers):
        created.create(connection)
    names = ("id", "day", "started_at", "finished_at", "articles_bytes", "articles_lines")
    published = select(*(runs.c[name] for name in names)).where(runs.c.status != "running", runs.c.articles_bytes > 0)
    rows = connection.execute(published.order_by(func.coalesce(runs.c.finished_at, runs.c.started_at), runs.c.id)).all()
    for sequence, row in enumerate(rows, 1):
        values = {"run_id": row.id, "folder": "", "path": f"articles/dt={row.day}/{row.id}.jsonl"}
        at = datetime.fromtimestamp(row.finished_at or row.started_at, UTC)
        sizes = {"lines": row.articles_lines, "bytes": row.articles_bytes, "published_at": at}
        connection.execute(files.insert().values(sequence=sequence, **values, **sizes))


def add_leases(connection: Connection) -> None:
    """4 to 5: leases of runs."""
    run_leases.create(connection)


def add_titles(connection: Connection) -> None:
    """5 to 6: of an article, its headline and its prose are known, too."""
    for name in ("title", "prose"):
        connection.execute(text(f"ALTER TABLE known ADD COLUMN {name} INTEGER"))


def index_polls(connection: Connection) -> None:
    """6 to 7: what is due is found among all documents."""
    next(index for index in documents.indexes if index.name == "documents_next_poll").create(
        connection, checkfirst=True
    )


def add_visits(connection: Connection) -> None:
    """7 to 8: articles are looked at again."""
    visits.create(connection)


def add_sharing(connection: Connection) -> None:
    """8 to 9: machines share a store."""
    for created in (lines, host_locks):
        created.create(connection)
    connection.execute(text("ALTER TABLE runs ADD COLUMN folder TEXT"))
    if "writes" not in {column["name"] for column in inspect(connection).get_columns("run_leases")}:  # made by 4 to 5
        connection.execute(text("ALTER TABLE run_leases ADD COLUMN writes BIGINT NOT NULL DEFAULT 0"))


def rename_pause(connection: Connection) -> None:
    """9 to 10: when a host may be asked again is called as it is of a URL."""
    if any(column["name"] == "parked_until" for column in inspect(connection).get_columns("hosts")):
        connection.execute(text("ALTER TABLE hosts RENAME COLUMN parked_until TO not_before"))


def add_forgotten(connection: Connection) -> None:
    """10 to 11: what is taken down stands in the store, too."""
    forgotten.create(connection, checkfirst=True)


STEPS: tuple[Callable[[Connection], None], ...] = (
    shorten_evidence,
    rename_tables,
    add_schedule,
    add_leases,
    add_titles,
    index_polls,
    add_visits,
    add_sharing,
    rename_pause,
    add_forgotten,
)
"""What turns version 1 into 2, 2 into 3, and so on; each runs in the transaction that raises the version."""


def migrate(database: Database, steps: Sequence[Callable[[Connection], None]] = STEPS) -> None:
    """Make the tables of a new store, or change those of an older one step by step."""
    current = 1 + len(steps)
    with database.write() as connection:
        if not inspect(connection).has_table("meta"):
            metadata.create_all(connection)
            write_meta(connection, "version", str(current))
        version = int(read_meta(connection, "version") or 0)
        if version > current and int(read_meta(connection, "oldest_reader") or version) > current:
            raise OutputError(
                f"the store {database.name} was written by a newer newscrawl (its version is {version}, this one knows "
                f"{current}): update newscrawl, or name another folder by NEWSCRAWL_OUTPUT_DIR"
            )
        for step in steps[version - 1 :]:
            step(connection)
        if version < current:
            write_meta(connection, "version", str(current))
        make_scratch(connection)


def make_scratch(connection: Connection) -> None:
    """Make the tables of this connection."""
    scratch.create_all(connection, checkfirst=False)


def read_meta(connection: Connection, name: str) -> str | None:
    """Return the value of the row *name* of the table ``meta``; None where there is no such row."""
    value: str | None = connection.scalar(select(meta.c.value).where(meta.c.name == name))
    return value


def write_meta(connection: Connection, name: str, value: str) -> None:
    """Set the row *name* of the table ``meta`` to *value*."""
    connection.execute(upsert(connection, meta), {"name": name, "value": value})

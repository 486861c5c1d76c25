"""The tables of the store, as SQLAlchemy Core describes them.

Times are seconds since 1970 as integers, so that every engine keeps and compares them alike.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
)


class Moment(TypeDecorator[datetime]):
    """A time, kept as seconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Return *value* as seconds since 1970, as the column stores it."""
        return None if value is None else int(value.timestamp())

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Return the column's seconds since 1970 as a time in UTC."""
        return None if value is None else datetime.fromtimestamp(value, UTC)


metadata = MetaData()
"""Every table of the store."""

scratch = MetaData()
"""Tables of one connection, which end with it."""

KEY = BigInteger().with_variant(Integer, "sqlite")
"""A key of 64 bits. SQLite keeps a table by it, without a second index, only where it is called INTEGER."""

meta = Table("meta", metadata, Column("name", String, primary_key=True), Column("value", String, nullable=False))
"""version: of the schema. seen_at: when a run last closed."""

runs = Table(
    "runs",
    metadata,
    Column("id", String, primary_key=True),
    Column("started_at", BigInteger, nullable=False),
    Column("day", String, nullable=False),  # names the folder of its articles
    Column("status", String, nullable=False),  # running, then what its manifest says
    Column("duplicates", String, nullable=False, default="drop"),
    Column("articles_bytes", BigInteger, nullable=False, default=0),  # what lies behind it is not committed
    Column("articles_lines", Integer, nullable=False, default=0),
    Column("rejected_bytes", BigInteger, nullable=False, default=0),
    Column("rejected_lines", Integer, nullable=False, default=0),
    Column("finished_at", BigInteger),
    Column("folder", Text),  # where it was begun, in a store that machines share
)
"""A row for every run file: a file without a row has yet to be indexed."""

source_locks = Table(
    "source_locks",
    metadata,
    Column("source", String, primary_key=True),
    Column("run_id", String, nullable=False),
)
"""Which run crawls a source. The lock of a run that is dead is void."""

run_leases = Table(
    "run_leases",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("host", String, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("folder", Text, nullable=False),  # "": the folder that the store stands in
    Column("expires_at", BigInteger, nullable=False),  # by the clock of the store
    Column("writes", BigInteger, nullable=False, server_default="0"),
)
"""Where each living run works, and until when it is believed to live; see ``output.lease``."""

frontier = Table(
    "frontier",
    metadata,
    Column("hash", KEY, primary_key=True, autoincrement=False),  # keys.key_hash(key)
    Column("key", String, nullable=False),
    Column("url", Text, nullable=False),
    Column("source", String, nullable=False),
    Column("host", String, nullable=False),
    Column("via", String, nullable=False),
    Column("found_in", Text, nullable=False),
    Column("title", Text),
    Column("published_at", BigInteger),
    Column("modified_at", BigInteger),
    Column("guid", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("priority", SmallInteger, nullable=False),
    Column("newest", BigInteger, nullable=False),  # the order of fetching within a priority
    Column("position", Integer, nullable=False),  # and, where that is equal, the order of the document
    Column("state", String, nullable=False),  # Outcome.PENDING, or FAILED until its run ends
    Column("reason", String),  # of the last failure
    Column("attempts", SmallInteger, nullable=False),
    Column("not_before", BigInteger, nullable=False),
    Column("taken_by", String),  # the run that counts it; None: any run may take it
    Column("discovered_at", BigInteger, nullable=False),
    Index("frontier_order", "source", "taken_by", "priority", "newest", "position"),
)
"""The URLs that wait for their outcome. One that is done leaves, and keeps only its hash in ``seen``."""

seen = Table(
    "seen",
    metadata,
    Column("hash", KEY, primary_key=True, autoincrement=False),
    Column("outcome", SmallInteger, nullable=False),
    Column("day", Integer, nullable=False),  # since 1970; expires after KEYS_DAYS
)
"""The URLs that are done: some 20 bytes each, since 10,000 sources bring millions a year."""

skipped = Table(
    "skipped",
    scratch,
    Column("hash", KEY, primary_key=True, autoincrement=False),
    Column("source", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("final", Boolean, nullable=False),
    prefixes=["TEMPORARY"],
)
"""The URLs that this run skipped: counted once each; the next run may think otherwise."""

run_counters = Table(
    "run_counters",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("source", String, primary_key=True),
    Column("name", String, primary_key=True),  # discovered, resumed, known or an Outcome
    Column("reason", String, primary_key=True),  # "" where there is none
    Column("count", Integer, nullable=False),
)
"""The figures of the runs whose manifest is not written yet, counted in the transaction of what they count."""

known = Table(
    "known",
    metadata,
    Column("id", KEY, primary_key=True, autoincrement=False),
    Column("story", BigInteger),  # NULL: its own, which most are
    Column("body", Integer, nullable=False),  # 24 bits: tell a changed article, not articles from each other
    Column("title", Integer),  # 24 bits of the headline; NULL in rows of older stores
    Column("prose", Integer),  # and of the prose of the body
    Column("version", SmallInteger, nullable=False),
    Column("week", SmallInteger, nullable=False),  # since 1970
)
"""Every article of the last year, some 30 bytes each."""

stories = Table(
    "stories",
    metadata,
    Column("seq", KEY, primary_key=True, autoincrement=False),
    Column("id", BigInteger, nullable=False),
    Column("site", Integer, nullable=False),  # 32 bits of the site's hash
    Column("head", BigInteger, nullable=False),  # of the site and the first words of the headline
    Column("at", BigInteger, nullable=False),  # when it was published, or fetched
    Column("seen", Integer, nullable=False),  # day since 1970 when it was indexed
    Column("evidence", LargeBinary, nullable=False),
    Index("stories_head", "head"),
    Index("stories_id", "id"),
)
"""The first article of every story of the window; ``seq`` grows with the time of indexing."""

postings = Table(
    "postings",
    metadata,
    Column("passage", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

observations = Table(
    "observations",
    metadata,
    Column("site", String, primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("value", LargeBinary, nullable=False),
)
"""The site memory: what the newest few pages of each site showed of its template."""

notes = Table(
    "notes",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)
"""A small cache across runs: robots.txt."""

documents = Table(
    "documents",
    metadata,
    Column("url", Text, primary_key=True),
    Column("source", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("content_hash", String),
    Column("last_poll", Moment),
    Column("next_poll", Moment),
    Column("last_change", Moment),
    Column("failures", Integer, nullable=False),
    Column("interval_s", Integer),
    Column("outcome", String),
    Column("reason", String),
    Column("learned", LargeBinary),
    Index("documents_due", "source", "next_poll"),
    Index("documents_next_poll", "next_poll"),
)
"""Feeds, sitemaps, listings and articles that are polled: see ``schedule.states.DocumentState``."""

sources = Table(
    "sources",
    metadata,
    Column("source", String, primary_key=True),
    Column("first_run", Moment),
    Column("last_run", Moment),
    Column("last_success", Moment),
    Column("last_story", Moment),
    Column("failures", Integer, nullable=False),
    Column("reason", String),
    Column("learned", LargeBinary),
)
"""How each source fared: see ``schedule.states.SourceState``."""

hosts = Table(
    "hosts",
    metadata,
    Column("host", String, primary_key=True),
    Column("not_before", Moment),
    Column("failures", Integer, nullable=False),
    Column("reason", String),
    Column("learned", LargeBinary),
)
"""What hosts asked of us: see ``schedule.states.HostState``."""

lines = Table(
    "lines",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("kind", SmallInteger, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),  # of the first of them
    Column("data", LargeBinary, nullable=False),  # some lines, compressed with zstd
)
"""The lines of the runs of a store that machines share, until their file is published; see ``output.stored``."""

forgotten = Table(
    "forgotten",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", BigInteger, nullable=False),
)
"""The articles that a person had taken down. Each output folder takes them out of its own files: see ``forgetting``."""

host_locks = Table(
    "host_locks",
    metadata,
    Column("host", String, primary_key=True),
    Column("run_id", String, nullable=False),
    Index("host_locks_run", "run_id"),
)
"""Which run asks a host, in a store that machines share. The lock of a run that is dead is void."""

files = Table(
    "files",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 … without a gap
    Column("run_id", String, nullable=False, unique=True),
    Column("folder", Text, nullable=False),  # "": the folder that the store stands in
    Column("path", Text, nullable=False),  # below the folder
    Column("lines", Integer, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("published_at", Moment, nullable=False),
)
"""The published article files, in the order of their publication. No row is ever removed."""

consumers = Table(
    "consumers",
    metadata,
    Column("name", String, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("line", Integer, nullable=False),
)
"""How far each named reader of the published files has come."""

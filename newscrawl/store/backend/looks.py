"""The table of the young articles, which are looked at again."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, SmallInteger, String, Table, Text

from newscrawl.store.backend.schema import KEY, metadata

visits = Table(
    "visits",
    metadata,
    Column("hash", KEY, primary_key=True, autoincrement=False),  # as in the frontier
    Column("article", BigInteger, nullable=False),  # as in ``known``
    Column("url", Text, nullable=False),
    Column("source", String, nullable=False),
    Column("host", String, nullable=False),
    Column("via", String, nullable=False),
    Column("found_in", Text, nullable=False),
    Column("title", Text),
    Column("published_at", BigInteger),
    Column("modified_at", BigInteger),
    Column("guid", Text),
    Column("discovered_at", BigInteger, nullable=False),
    Column("first_at", BigInteger, nullable=False),  # when it was published, as far as known
    Column("looked_at", BigInteger, nullable=False),
    Column("read_at", BigInteger, nullable=False),  # when its page last came whole
    Column("due_at", BigInteger),  # when it is to be looked at again
    Column("idle", SmallInteger, nullable=False),  # looks in a row that showed no change
    Column("etag", Text),
    Column("last_modified", Text),
    Column("page", BigInteger),  # 64 bits of the hash of the page's bytes
    Column("headline", Integer, nullable=False),
    Column("lines", LargeBinary, nullable=False),  # hashes of its paragraphs
    Column("removed_at", BigInteger),  # since when its page is gone
    Index("visits_of_source", "source", "due_at"),
    Index("visits_due", "due_at"),
)
"""The articles of the last days, with what is needed to look at them again: some 500 bytes each."""

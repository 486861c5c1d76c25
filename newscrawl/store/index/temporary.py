"""A story index for one job, beside any crawl: in a temporary file, which ends with it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, Text, select

from newscrawl.items import Article
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.schema import KEY, known, postings, stories
from newscrawl.store.index.articles import as_number
from newscrawl.store.index.stories import Decision, StoryIndex

names = Table("names", MetaData(), Column("id", KEY, primary_key=True, autoincrement=False), Column("name", Text))
"""What the caller calls an article, as JSON."""


class TemporaryIndex:
    """Decides which articles are new, as a crawl's store does."""

    def __init__(self, connection: Connection, index: StoryIndex) -> None:
        self.connection = connection
        self.index = index

    @classmethod
    @contextmanager
    def open(cls, window_days: int, keys_days: int) -> Iterator[TemporaryIndex]:
        """Make an empty index; its file is removed afterwards. The days are those of :class:`StoryIndex`."""
        with tempfile.TemporaryDirectory() as folder:
            database = Database(f"sqlite:///{folder}/stories.sqlite")
            try:
                with database.write() as connection:
                    for table in (known, stories, postings, names):
                        table.create(connection)
                    yield cls(connection, StoryIndex(window_days, keys_days))
            finally:
                database.close()

    def decide(self, articles: Sequence[Article]) -> list[Decision]:
        """Say what becomes of each of *articles*, in their order, and index those that are new."""
        return self.index.decide(self.connection, articles)

    def call(self, given: Mapping[str, Any]) -> None:
        """Remember names (JSON values) of articles by their ids; an article is named once."""
        if given:
            rows = [{"id": as_number(key), "name": json.dumps(name)} for key, name in given.items()]
            self.connection.execute(names.insert(), rows)

    def names_of(self, ids: Collection[str]) -> dict[str, Any]:
        """Return the names of those of *ids* that were given one."""
        numbers = {as_number(key): key for key in ids}
        rows = self.connection.execute(select(names).where(names.c.id.in_(numbers)))
        return {numbers[row.id]: json.loads(row.name) for row in rows}

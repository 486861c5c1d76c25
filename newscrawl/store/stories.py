"""The story index: is this story known? Asked and answered inside the store's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, Column, Connection, Integer, SmallInteger, Table, bindparam, select, update

from newscrawl.items import Article
from newscrawl.outcomes import Outcome
from newscrawl.store.database import insert
from newscrawl.store.schema import metadata

known = Table(
    "known",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("story", BigInteger, nullable=False),
    Column("body", BigInteger, nullable=False),
    Column("version", SmallInteger, nullable=False),
    Column("day", Integer, nullable=False),
)
"""Every article of the last year."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an article."""

    outcome: Outcome
    id: str
    story_id: str
    version: int = 1
    duplicate_of: str | None = None
    kind: str | None = None
    similarity: float | None = None


class StoryIndex:
    """Decides which articles are new."""

    def __init__(self, window_days: int = 14, keys_days: int = 365) -> None:
        self.window_days = window_days
        self.keys_days = keys_days

    def decide(self, connection: Connection, batch: Sequence[Article]) -> list[Decision]:
        """Say what becomes of each article of *batch*, in its order, and index those that are written."""
        ids = [as_number(article.id) for article in batch]
        rows = {row.id: row for row in connection.execute(select(known).where(known.c.id.in_(set(ids))))}
        found = {key: (row.story, row.body, row.version) for key, row in rows.items()}
        decisions = []
        for key, article in zip(ids, batch, strict=True):
            body = body_number(article.body_sha256)
            if key not in found:
                found[key] = (key, body, 1)
                connection.execute(insert(connection, known).values(id=key, story=key, body=body, version=1, day=0))
                decisions.append(Decision(Outcome.WRITTEN, article.id, article.id))
                continue
            story, before, version = found[key]
            if before == body:
                decisions.append(Decision(Outcome.UNCHANGED, article.id, as_id(story), version))
                continue
            found[key] = (story, body, version + 1)
            connection.execute(
                update(known).where(known.c.id == bindparam("key")).values(body=body, version=version + 1), {"key": key}
            )
            decisions.append(Decision(Outcome.REVISED, article.id, as_id(story), version + 1))
        return decisions

    def placed(self, connection: Connection, article_id: str, version: int, file: str, line: int) -> None:
        """Remember where the line of an article stands."""

    def add(self, connection: Connection, article: Article, file: str, line: int) -> None:
        """Index *article* as its line says, without asking whether it is new."""
        key = as_number(article.id)
        story = as_number(article.story_id or article.id)
        values = {"story": story, "body": body_number(article.body_sha256), "version": article.version, "day": 0}
        statement = insert(connection, known).values(id=key, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))

    def expire(self, connection: Connection, now: int) -> None:
        """Forget what is older than the windows."""


def as_number(article_id: str) -> int:
    """Return an article's id as the signed integer that the store keeps."""
    value = int(article_id[1:], 16)
    return value - (1 << 64) if value >> 63 else value


def as_id(number: int) -> str:
    """Undo :func:`as_number`."""
    return f"n{number & 0xFFFFFFFFFFFFFFFF:016x}"


def body_number(body_sha256: str) -> int:
    """Return 32 bits of a body's hash: enough to tell whether one article changed."""
    return int(body_sha256[1:9], 16)

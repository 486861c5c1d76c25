"""Which stories are known: asked and changed inside the store's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, String, Table, delete, or_, select, update

from newscrawl.items import Article
from newscrawl.outcomes import Outcome
from newscrawl.store.schema import metadata
from newscrawl.urls import article_id

WINDOW_S = 3 * 86400  # an equal headline on the same site is the same story only this long
KEEP_S = 365 * 86400

stories = Table(
    "stories",
    metadata,
    Column("id", String, primary_key=True),
    Column("story_id", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("site", String, nullable=False),
    Column("title_key", String, nullable=False),
    Column("body_sha256", String, nullable=False),
    Column("told_at", BigInteger, nullable=False),
    Column("file", String),
    Column("line", Integer),
    Index("stories_title", "site", "title_key"),
    Index("stories_body", "body_sha256"),
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What an article is to the index."""

    outcome: Outcome
    id: str
    story_id: str
    version: int = 1
    duplicate_of: str | None = None
    kind: str | None = None
    similarity: float | None = None


class StoryIndex:
    """Knows an article by its identity, its body and, on its own site, its headline."""

    def decide(self, connection: Connection, batch: Sequence[Article]) -> list[Decision]:
        """Decide on *batch* in its order and index what is new."""
        return [self.decide_one(connection, article) for article in batch]

    def decide_one(self, connection: Connection, article: Article) -> Decision:
        identity = article_id(article.url, article.canonical_url)
        same = connection.execute(select(stories).where(stories.c.id == identity)).one_or_none()
        if same is not None and same.body_sha256 == article.body_sha256:
            return Decision(Outcome.UNCHANGED, identity, same.story_id, same.version)
        if same is not None:
            changed = {"version": same.version + 1, "body_sha256": article.body_sha256}
            connection.execute(update(stories).where(stories.c.id == identity).values(changed))
            return Decision(Outcome.REVISED, identity, same.story_id, same.version + 1)
        told = told_at(article)
        by_title = (
            (stories.c.site == article.site)
            & (stories.c.title_key == article.title_key)
            & stories.c.told_at.between(told - WINDOW_S, told + WINDOW_S)
        )
        alike = or_(stories.c.body_sha256 == article.body_sha256, by_title)
        if first := connection.execute(select(stories).where(alike).order_by(stories.c.told_at)).first():
            kind = "body" if first.body_sha256 == article.body_sha256 else "title"
            return Decision(Outcome.DUPLICATE, identity, first.story_id, 1, first.id, kind)
        self.insert(connection, article, identity, identity, 1)
        return Decision(Outcome.WRITTEN, identity, identity)

    def insert(self, connection: Connection, article: Article, identity: str, story_id: str, version: int) -> None:
        row = {"id": identity, "story_id": story_id, "version": version, "site": article.site}
        row |= {"title_key": article.title_key, "body_sha256": article.body_sha256, "told_at": told_at(article)}
        connection.execute(stories.insert().values(row))

    def placed(self, connection: Connection, article_id: str, version: int, file: str, line: int) -> None:
        """Record where the line of an article stands."""
        connection.execute(update(stories).where(stories.c.id == article_id).values(file=file, line=line))

    def add(self, connection: Connection, article: Article, file: str, line: int) -> None:
        """Index a line that is on disk already."""
        known = connection.execute(select(stories.c.version).where(stories.c.id == article.id)).one_or_none()
        if known is None:
            self.insert(connection, article, article.id, article.story_id, article.version)
        elif known.version < article.version:
            changed = {"version": article.version, "body_sha256": article.body_sha256}
            connection.execute(update(stories).where(stories.c.id == article.id).values(changed))
        self.placed(connection, article.id, article.version, file, line)

    def expire(self, connection: Connection, now: int) -> None:
        """Forget what is too old to come again."""
        connection.execute(delete(stories).where(stories.c.told_at < now - KEEP_S))


def told_at(article: Article) -> int:
    moment = article.published_at or article.fetched_at
    return int(moment.timestamp()) if moment else 0

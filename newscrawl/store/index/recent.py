"""The recent stories, and how those that may be like a new one are found among them.

Only the first article of a story stands here: later ones are compared with it, and not with each other's copies, so
that stories do not chain. They are found by passages of their sketch (an inverted index), not by bands of MinHash: a
teaser of 75 words shares a tenth of its article, which no affordable number of bands finds, and passages find more at
the same size. A passage that stands in many stories tells nothing and is not indexed again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from sqlalchemy import Connection, delete, func, select

from newscrawl.similarity.evidence import Evidence, read_evidence
from newscrawl.store.backend.dialects import insert_all
from newscrawl.store.backend.schema import postings, stories
from newscrawl.store.backend.statements import Among
from newscrawl.store.frontier.rows import DAY_S

COMMON = 32
"""A passage of so many stories is everybody's."""

CANDIDATES = 8
HEADLINES = 6
HEAD_WORDS = 4
MAX_EXPIRED = 200_000  # a day: of a million some 6 s

LAST = select(func.max(stories.c.seq))
HOLDERS = Among(select(postings), postings.c.passage)
HEADED = Among(select(stories.c.seq, stories.c.head), stories.c.head)
STORIES = Among(select(*(stories.c[name] for name in ("seq", "id", "site", "head", "at", "evidence"))), stories.c.seq)


@dataclass(frozen=True, slots=True)
class Story:
    """The first article of a story."""

    seq: int
    id: int
    site: int
    head: int
    at: int
    evidence: Evidence


def site_hash(site: str) -> int:
    """Return a site's number, 32 bits with a sign, by which its stories are looked up."""
    return int.from_bytes(blake2b(site.encode("utf-8", "replace"), digest_size=4).digest(), signed=True)


def head_hash(site: int, evidence: Evidence) -> int:
    """Return the hash of the site and the first words of the headline; 0 where there is no headline."""
    if not evidence.title:
        return 0
    first = evidence.title[:HEAD_WORDS]
    return int.from_bytes(blake2b(repr((site, first)).encode(), digest_size=8).digest(), signed=True)


class RecentStories:
    """The recent stories that concern one batch: those of the store, and those that the batch adds."""

    def __init__(self, connection: Connection, batch: Sequence[Evidence], heads: Collection[int]) -> None:
        self.connection = connection
        self.next = (connection.scalar(LAST) or 0) + 1
        self.rows: defaultdict[int, list[int]] = defaultdict(list)
        wanted = sorted({passage for evidence in batch for passage in evidence.sketch.keys})
        for passage, seq in connection.execute(*HOLDERS(connection, wanted)):
            self.rows[passage].append(seq)
        self.heads: defaultdict[int, list[int]] = defaultdict(list)
        headed = connection.execute(*HEADED(connection, {*heads} - {0}))
        for seq, head in sorted(map(tuple, headed), reverse=True):
            if len(self.heads[head]) < HEADLINES:
                self.heads[head].append(seq)
        self.loaded: dict[int, Story] = {}
        self.load(seq for evidence in batch for seq in self.ranked(evidence))
        self.load(seq for numbers in self.heads.values() for seq in numbers)
        self.added: list[Story] = []

    def load(self, wanted: Iterable[int]) -> None:
        """Read stories by their number."""
        numbers = set(wanted) - self.loaded.keys()
        if not numbers:
            return
        for row in self.connection.execute(*STORIES(self.connection, numbers)):
            seq, key, site, head, at, evidence = row
            self.loaded[seq] = Story(seq, key, site, head, at, read_evidence(evidence))

    def ranked(self, evidence: Evidence) -> list[int]:
        """Return the stories that share most with *evidence*; a passage counts the more, the fewer stories have it."""
        score: Counter[int] = Counter()
        for passage in evidence.sketch.keys:
            if holders := self.rows.get(passage):
                for seq in holders:
                    score[seq] += 1 / len(holders)  # type: ignore[assignment]
        return [seq for seq, _ in score.most_common(CANDIDATES)]

    def candidates(self, evidence: Evidence, head: int) -> Iterator[Story]:
        """Yield the stories that *evidence* may repeat."""
        for seq in dict.fromkeys([*self.ranked(evidence), *self.heads[head]]):
            if seq in self.loaded:
                yield self.loaded[seq]

    def by_id(self, key: int) -> Story | None:
        """Return the story whose first article is *key*, if it is recent."""
        for story in self.added:
            if story.id == key:
                return story
        seq = self.connection.scalars(select(stories.c.seq).where(stories.c.id == key)).first()
        if seq is None:
            return None
        self.load([seq])
        return self.loaded[seq]

    def add(self, key: int, site: int, head: int, at: int, evidence: Evidence) -> None:
        """Take in a new story; :meth:`write` makes it last."""
        story = Story(self.next, key, site, head, at, evidence)
        self.next += 1
        self.added.append(story)
        self.loaded[story.seq] = story
        if head:
            self.heads[head] = [story.seq, *self.heads[head]][:HEADLINES]
        if not evidence.silent or evidence.words >= 150:
            for passage in evidence.sketch.keys:
                self.rows[passage].append(story.seq)

    def write(self, now: int) -> None:
        """Write what was added."""
        day = now // DAY_S
        insert_all(
            self.connection,
            stories,
            [
                (story.seq, story.id, story.site, story.head, story.at, day, story.evidence.to_bytes())
                for story in self.added
            ],
        )
        pairs = [
            (passage, story.seq)
            for story in self.added
            for passage in story.evidence.sketch.keys
            if story.seq in self.rows[passage][:COMMON]
        ]
        insert_all(self.connection, postings, sorted(pairs))  # neighbours share a page of the index


def expire_recent(connection: Connection, now: int, days: int) -> None:
    """Forget the stories that are no longer recent, oldest first, at most ``MAX_EXPIRED``."""
    newest = select(stories.c.seq).where(stories.c.seen >= now // DAY_S - days).order_by(stories.c.seq).limit(1)
    kept = connection.scalar(newest)
    if kept is None:
        connection.execute(delete(stories))
        connection.execute(delete(postings))
        return
    first = connection.scalar(select(func.min(stories.c.seq)))
    kept = min(kept, first + MAX_EXPIRED)
    if first < kept:
        connection.execute(delete(stories).where(stories.c.seq < kept))
        connection.execute(delete(postings).where(postings.c.seq < kept))  # in their order, each page once

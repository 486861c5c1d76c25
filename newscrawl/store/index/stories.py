"""The story index: is this story known? Asked and answered inside the store's transaction, in this one place.

An article that has the identity of a known one is unchanged or a revision. Any other is compared with the first
article of each recent story. The first to come wins; of one batch the original before its copies and, under one
headline of a site, the fuller before the shorter.
"""

from __future__ import annotations

import time
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection

from newscrawl.items import Article
from newscrawl.outcomes import Outcome
from newscrawl.similarity.evidence import Evidence
from newscrawl.similarity.rule import Match, Rule, compare, contains, same_title, titles_alike
from newscrawl.similarity.sketches import overlap
from newscrawl.store.frontier.rows import DAY_S
from newscrawl.store.index.articles import ALIAS, Known, KnownArticles, as_id, as_number, expire_known, write_known
from newscrawl.store.index.incoming import IncomingArticle, body_of, indexed_at, prepare, prose_number, title_number
from newscrawl.store.index.recent import RecentStories, Story, expire_recent
from newscrawl.urls import article_id, canonical_url, site_of

RECURRING = 2
"""So many different stories under one headline make it a recurring one of its site."""

SHORTER = 0.6
"""A copy that has less of the fullest one's words gives way to it."""

PAGES = 10_000
"""Pages of a run whose bytes are remembered: another address of an article is mostly met soon after it."""

APART = 0.2
"""Two articles whose bodies and headlines share less are not versions of one."""


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
    changed: tuple[str, ...] = ()
    """Of a revision: which of title and body changed."""


@dataclass(slots=True)
class StoryIndex:
    """Decides which articles are new, and indexes them."""

    window_days: int
    """How long a story's body is compared."""

    keys_days: int
    """How long an article is known by its URL."""

    keep: bool = False
    """Duplicates are written too: a later version of one is a revision."""

    rule: Rule = field(default_factory=Rule)
    clock: Callable[[], float] = time.time
    pages: OrderedDict[int, str] = field(default_factory=OrderedDict)
    """The ``html_sha256`` of the articles of this run. Boilerplate may be learned between two downloads of a page: the
    same bytes then give another body, which is no revision."""

    journal: list[tuple[int, str | None]] = field(default_factory=list)
    """What stood in ``pages`` before each change of this batch."""

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Forget the pages of a batch that an exception ends: it may come again."""
        self.journal.clear()
        try:
            yield
        except BaseException:
            for key, before in reversed(self.journal):
                if before is None:
                    self.pages.pop(key, None)
                else:
                    self.pages[key] = before
            raise

    def decide(
        self, connection: Connection, batch: Sequence[Article], prepared: Mapping[int, IncomingArticle] | None = None
    ) -> list[Decision]:
        """Say what becomes of each article of *batch*, in its order, and index those that are written.

        *prepared*: what was made ready before the lock was taken for which others wait, by ``id`` of the article.
        """
        incoming = [(prepared or {}).get(id(article)) or prepare(article) for article in batch]
        articles = KnownArticles(connection, {key for new in incoming for key in (new.id, new.own)})
        recent_stories = recent_stories_of(connection, incoming)
        decisions: dict[int, Decision] = {}
        for position in in_order(incoming):
            decisions[position] = self.decide_one(incoming[position], articles, recent_stories)
        now = int(self.clock())
        articles.write(now)
        recent_stories.write(now)
        return [decisions[position] for position in range(len(batch))]

    def decide_one(self, new: IncomingArticle, articles: KnownArticles, recent_stories: RecentStories) -> Decision:
        """Decide on one article, and enter it into *articles* and *recent_stories*."""
        key = identify(new, articles, recent_stories)
        same_page = bool(new.article.html_sha256) and self.pages.get(key) == new.article.html_sha256
        self.journal.append((key, self.pages.get(key)))
        self.pages[key] = new.article.html_sha256
        if len(self.pages) > PAGES:
            self.pages.popitem(last=False)
        if (known := articles.get(key)) is not None:
            return decide_known(new, key, known, articles, same_page=same_page)
        match = self.closest(new, recent_stories)
        if match is None:
            entry, decision = known_as(new, key, 1), Decision(Outcome.WRITTEN, as_id(key), as_id(key))
            recent_stories.add(key, new.site, new.head, new.at, new.evidence)
        else:
            first, why = match
            story = as_id(first.id)
            entry = known_as(new, first.id, int(self.keep))
            decision = Decision(Outcome.DUPLICATE, as_id(key), story, 1, story, why.kind, why.similarity)
        articles.put(key, entry)
        if new.own != key:
            articles.put(new.own, Known(key, new.body, ALIAS))
        return decision

    def closest(self, new: IncomingArticle, recent_stories: RecentStories) -> tuple[Story, Match] | None:
        """Return the recent story that *new* repeats; None where it is a story of its own."""
        evidence = new.evidence
        best: tuple[Story, Match] | None = None
        parts: list[Evidence] = []
        near = list(recent_stories.candidates(evidence, new.head))
        namesakes = sum(story.site == new.site and same_title(story.evidence, evidence) for story in near)
        for story in near:
            old = story.evidence
            match = compare(
                old,
                evidence,
                hours=(story.at - new.at) / 3600,
                same_site=story.site == new.site,
                recurring=namesakes >= RECURRING,
                rule=self.rule,
            )
            if match is not None and (best is None or match.similarity > best[1].similarity):
                best = story, match
            if contains(evidence, old) and all(overlap(old.sketch, part.sketch).containment < APART for part in parts):
                parts.append(old)
        if self.rule.roundups and len(parts) > 1 and best is not None and is_part(best[0].evidence, evidence):
            return None
        return best

    def add_all(self, connection: Connection, articles: Sequence[Article]) -> None:
        """Index articles as their lines say. Only recent ones are sketched: a rebuild may bring a million."""
        since = self.clock() - self.window_days * DAY_S
        days: defaultdict[int, list[Article]] = defaultdict(list)
        for article in articles:
            days[int(indexed_at(article, self.clock())) // DAY_S].append(article)
        for day, written in sorted(days.items()):
            entries: dict[int, Known] = {}
            for article in written:
                key, own = as_number(article.id), as_number(article_id(article.url))
                body, story = body_of(article), as_number(article.story_id or article.id)
                title, prose = title_number(article.title_key), prose_number(article)
                if (other := entries.get(key)) is None or other.version <= article.version:
                    entries[key] = Known(story, body, article.version, title, prose)
                if own != key:
                    entries[own] = Known(key, entries[key].body, ALIAS)
            write_known(connection, entries, day * DAY_S)
            if (day + 1) * DAY_S > since:
                firsts = [
                    article for article in written if article.version == 1 and article.story_id in ("", article.id)
                ]
                incoming = [prepare(article) for article in firsts]
                recent_stories = RecentStories(
                    connection, [new.evidence for new in incoming], [new.head for new in incoming]
                )
                for new in incoming:
                    recent_stories.add(as_number(new.article.id), new.site, new.head, new.at, new.evidence)
                recent_stories.write(day * DAY_S)

    def expire(self, connection: Connection, now: int) -> None:
        """Forget what is older than the two windows; to be called once a day."""
        expire_recent(connection, now, self.window_days)
        expire_known(connection, now, self.keys_days)


def recent_stories_of(connection: Connection, incoming: Sequence[IncomingArticle]) -> RecentStories:
    """Return the recent stories that *incoming* may repeat."""
    return RecentStories(connection, [new.evidence for new in incoming], [new.head for new in incoming])


def is_first(article: Article) -> bool:
    """Tell whether *article* is the first version of the first article of its story."""
    return article.version == 1 and article.story_id in ("", article.id)


def identify(new: IncomingArticle, articles: KnownArticles, recent_stories: RecentStories) -> int:
    """Return which article this is: by its canonical URL, unless other articles turn out to share that."""
    key = articles.resolve(new.id)
    if new.own == new.id:
        return key
    own, known = articles.resolve(new.own), articles.get(key)
    if known is None:
        return own if articles.get(own) is not None else key  # written before its page named a canonical URL
    if key != own and known.body != new.body:
        story = recent_stories.by_id(key)
        if story is not None and are_apart(story.evidence, new.evidence):
            return new.own
    return key


def decide_known(new: IncomingArticle, key: int, known: Known, articles: KnownArticles, *, same_page: bool) -> Decision:
    """Decide on an article whose identity is known: unchanged, a revision, or a duplicate as before."""
    story = as_id(known.story)
    if known.version == 0:
        return Decision(Outcome.DUPLICATE, as_id(key), story, 1, story, "url")
    changed = () if same_page else changed_fields(new, key, known, articles)
    if not changed:
        if known.title is None:  # of an older store: from now on its headline is known
            articles.put(key, Known(known.story, known.body, known.version, new.title, new.prose))
        return Decision(Outcome.UNCHANGED, as_id(key), story, known.version)
    articles.put(key, known_as(new, known.story, known.version + 1))
    return Decision(Outcome.REVISED, as_id(key), story, known.version + 1, changed=changed)


def changed_fields(new: IncomingArticle, key: int, known: Known, articles: KnownArticles) -> tuple[str, ...]:
    """Return which of title and body are another than in the last version.

    The headline counts only where the article was met at this address before: another edition of it, such as one
    for printing, may have a headline of its own.
    """
    changed = []
    same_address = new.own == key or articles.get(new.own) is not None
    if same_address and known.title is not None and known.title != new.title:
        changed.append("title")
    if known.body != new.body and (known.prose is None or known.prose != new.prose):
        changed.append("body")
    return tuple(changed)


def known_as(new: IncomingArticle, story: int, version: int) -> Known:
    """Return what is to be known of an article."""
    return Known(story, new.body, version, new.title, new.prose)


def in_order(incoming: Sequence[IncomingArticle]) -> list[int]:
    """Return in which order a batch is decided: originals before copies, and under one headline the fuller first."""

    def names_another(new: IncomingArticle) -> bool:
        claimed = new.article.canonical_url
        claim = canonical_url(claimed, new.article.url) if claimed else None
        return claim is not None and site_of(claim) != site_of(new.article.url)

    first: dict[tuple[object, ...], int] = {}
    fullest: Counter[tuple[object, ...]] = Counter()
    groups = [(new.site, new.evidence.title or at) for at, new in enumerate(incoming)]
    for at, group in enumerate(groups):
        first.setdefault(group, at)
        fullest[group] = max(fullest[group], incoming[at].evidence.words)
    return sorted(
        range(len(incoming)),
        key=lambda at: (
            names_another(incoming[at]),
            first[groups[at]],
            incoming[at].evidence.words < SHORTER * fullest[groups[at]],
        ),
    )


def are_apart(first: Evidence, second: Evidence) -> bool:
    """Tell whether two articles have nothing to do with each other."""
    return titles_alike(first, second) < APART and overlap(first.sketch, second.sketch).containment < APART


def is_part(old: Evidence, new: Evidence) -> bool:
    """Tell whether one text is a part of the other under another title, as a digest or an excerpt is."""
    return overlap(old.sketch, new.sketch).jaccard < 0.5 and not same_title(old, new)

"""The story index: is this story known? Asked and answered inside the store's transaction, in this one place.

An article that has the identity of a known one is unchanged or a revision. Any other is compared with the first
articles of the stories of the window. The first come wins; of one batch the original before its copies and, under one
headline of a site, the fuller before the shorter.
"""

from __future__ import annotations

import time
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from newscrawl.items import Article
from newscrawl.outcomes import Outcome
from newscrawl.similarity import fingerprint
from newscrawl.similarity.evidence import Evidence, gather
from newscrawl.similarity.rule import Match, Rule, compare, contains, same_title, titles_alike
from newscrawl.similarity.sketches import overlap
from newscrawl.store.frontier import known
from newscrawl.store.frontier.known import ALIAS, Known, as_id, as_number, body_number
from newscrawl.store.frontier.rows import DAY_S
from newscrawl.store.index import window
from newscrawl.store.index.window import Story, Window, head_hash, site_hash
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


@dataclass(slots=True)
class Question:
    """An article on its way to its decision."""

    article: Article
    id: int
    """By the page's canonical URL, where that is believable."""

    own: int
    """By the URL that was fetched."""

    body: int
    at: int
    site: int
    head: int
    evidence: Evidence


@dataclass(slots=True)
class StoryIndex:
    """Decides which articles are new, and indexes them."""

    window_days: int = 14
    keys_days: int = 365
    keep: bool = False
    """Duplicates are written too: a later version of one is a revision."""

    rule: Rule = field(default_factory=Rule)
    clock: Callable[[], float] = time.time
    pages: OrderedDict[int, str] = field(default_factory=OrderedDict)
    """The ``html_sha256`` of the articles of this run. Between two meetings the site's boilerplate may be learned: the
    same page then has another body, and is no revision for it."""

    def decide(self, connection: Connection, batch: Sequence[Article]) -> list[Decision]:
        """Say what becomes of each article of *batch*, in its order, and index those that are written."""
        questions = [ask(article) for article in batch]
        found = known.look_up(connection, {key for one in questions for key in (one.id, one.own)})
        if others := {one.story for one in found.values() if one.version == ALIAS} - found.keys():
            found |= known.look_up(connection, others)
        view = Window(connection, [one.evidence for one in questions], [one.head for one in questions])
        changed: dict[int, Known] = {}
        decisions: dict[int, Decision] = {}
        for position in in_order(questions):
            decisions[position] = self.decide_one(questions[position], found, changed, view)
        now = int(self.clock())
        known.write(connection, changed, now)
        view.write(now)
        return [decisions[position] for position in range(len(batch))]

    def decide_one(self, asked: Question, found: dict[int, Known], changed: dict[int, Known], view: Window) -> Decision:
        """Decide on one article, and enter it into *found*, *changed* and *view*."""
        key = self.identity(asked, found, view)
        same_page = bool(asked.article.html_sha256) and self.pages.get(key) == asked.article.html_sha256
        self.pages[key] = asked.article.html_sha256
        if len(self.pages) > PAGES:
            self.pages.popitem(last=False)
        if (before := found.get(key)) is not None:
            return self.meet_again(asked, key, before, found, changed, same_page=same_page)
        match = self.closest(asked, view)
        if match is None:
            entry, decision = Known(key, asked.body, 1), Decision(Outcome.WRITTEN, as_id(key), as_id(key))
            view.add(key, asked.site, asked.head, asked.at, asked.evidence)
        else:
            first, why = match
            story = as_id(first.id)
            entry = Known(first.id, asked.body, int(self.keep))
            decision = Decision(Outcome.DUPLICATE, as_id(key), story, 1, story, why.kind, why.similarity)
        found[key] = changed[key] = entry
        if asked.own != key:
            found[asked.own] = changed[asked.own] = Known(key, asked.body, ALIAS)
        return decision

    def identity(self, asked: Question, found: dict[int, Known], view: Window) -> int:
        """Return which article this is: by its canonical URL, unless other articles turn out to share that."""
        key = resolved(asked.id, found)
        if asked.own != asked.id:
            own = resolved(asked.own, found)
            if own in found and key not in found:
                return own  # met before its page named a canonical URL
            if key in found and key != own and found[key].body != asked.body:
                story = view.by_id(key)
                if story is not None and are_apart(story.evidence, asked.evidence):
                    return asked.own
        return key

    def meet_again(
        self,
        asked: Question,
        key: int,
        before: Known,
        found: dict[int, Known],
        changed: dict[int, Known],
        *,
        same_page: bool,
    ) -> Decision:
        story = as_id(before.story)
        if before.version == 0:
            return Decision(Outcome.DUPLICATE, as_id(key), story, 1, story, "url")
        if same_page or before.body == asked.body:
            return Decision(Outcome.UNCHANGED, as_id(key), story, before.version)
        found[key] = changed[key] = Known(before.story, asked.body, before.version + 1)
        return Decision(Outcome.REVISED, as_id(key), story, before.version + 1)

    def closest(self, asked: Question, view: Window) -> tuple[Story, Match] | None:
        """Return the story of the window that this article tells again."""
        new = asked.evidence
        best: tuple[Story, Match] | None = None
        parts: list[Evidence] = []
        near = list(view.candidates(new, asked.head))
        before = sum(one.site == asked.site and same_title(one.evidence, new) for one in near)
        for story in near:
            old = story.evidence
            match = compare(
                old,
                new,
                hours=(story.at - asked.at) / 3600,
                same_site=story.site == asked.site,
                recurring=before >= RECURRING,
                rule=self.rule,
            )
            if match is not None and (best is None or match.similarity > best[1].similarity):
                best = story, match
            if contains(new, old) and all(overlap(old.sketch, part.sketch).containment < APART for part in parts):
                parts.append(old)
        if self.rule.roundups and len(parts) > 1 and best is not None and is_part(best[0].evidence, new):
            return None
        return best

    def add_all(self, connection: Connection, articles: Sequence[Article]) -> None:
        """Index articles as their lines say. Only those of the window are sketched: a rebuild may bring a million."""
        since = self.clock() - self.window_days * DAY_S
        days: defaultdict[int, list[Article]] = defaultdict(list)
        for article in articles:
            days[int(moment(article, self.clock())) // DAY_S].append(article)
        for day, told in sorted(days.items()):
            entries: dict[int, Known] = {}
            for article in told:
                key, own = as_number(article.id), as_number(article_id(article.url))
                entries[key] = Known(as_number(article.story_id or article.id), body_of(article), article.version)
                if own != key:
                    entries[own] = Known(key, entries[key].body, ALIAS)
            known.write(connection, entries, day * DAY_S)
            if (day + 1) * DAY_S > since:
                firsts = [one for one in told if one.version == 1 and one.story_id in ("", one.id)]
                asked = [ask(article) for article in firsts]
                view = Window(connection, [one.evidence for one in asked], [one.head for one in asked])
                for one in asked:
                    view.add(as_number(one.article.id), one.site, one.head, one.at, one.evidence)
                view.write(day * DAY_S)

    def expire(self, connection: Connection, now: int) -> None:
        """Forget what is older than the windows; to be called once a day."""
        window.expire(connection, now, self.window_days)
        known.expire(connection, now, self.keys_days)


def body_of(article: Article) -> int:
    """Return the number of an article's body; one that is not sketched yet is."""
    if not article.minhash:
        made = fingerprint(article.title, article.body, names=(article.publisher, article.site))
        article.title_key, article.body_sha256, article.minhash = made.title_key, made.body_sha256, made.minhash
    return body_number(article.body_sha256)


def ask(article: Article) -> Question:
    """Gather what the decision on *article* needs."""
    body = body_of(article)
    evidence = gather(article.title, article.title_key, article.body, article.minhash)
    site = site_hash(article.site or site_of(article.url))
    at = article.published_at or article.fetched_at
    seconds = int(at.timestamp()) if at else 0
    if article.published_at and article.published_precision == "day":
        seconds += DAY_S // 2  # noon is at most half a day wrong
    return Question(
        article,
        id=as_number(article.id),
        own=as_number(article_id(article.url)),
        body=body,
        at=seconds,
        site=site,
        head=head_hash(site, evidence),
        evidence=evidence,
    )


def moment(article: Article, otherwise: float) -> float:
    at: datetime | None = article.fetched_at or article.published_at
    return at.timestamp() if at else otherwise


def resolved(key: int, found: dict[int, Known]) -> int:
    """Return the article that *key* is another id of, or *key*."""
    one = found.get(key)
    return one.story if one is not None and one.version == ALIAS else key


def in_order(questions: Sequence[Question]) -> list[int]:
    """Return in which order a batch is decided: originals before copies, and under one headline the fuller first."""

    def names_another(asked: Question) -> bool:
        claimed = asked.article.canonical_url
        claim = canonical_url(claimed, asked.article.url) if claimed else None
        return claim is not None and site_of(claim) != site_of(asked.article.url)

    first: dict[tuple[object, ...], int] = {}
    fullest: Counter[tuple[object, ...]] = Counter()
    groups = [(one.site, one.evidence.title or at) for at, one in enumerate(questions)]
    for at, group in enumerate(groups):
        first.setdefault(group, at)
        fullest[group] = max(fullest[group], questions[at].evidence.words)
    return sorted(
        range(len(questions)),
        key=lambda at: (
            names_another(questions[at]),
            first[groups[at]],
            questions[at].evidence.words < SHORTER * fullest[groups[at]],
        ),
    )


def are_apart(one: Evidence, other: Evidence) -> bool:
    """Tell whether two articles have nothing to do with each other."""
    return titles_alike(one, other) < APART and overlap(one.sketch, other.sketch).containment < APART


def is_part(old: Evidence, new: Evidence) -> bool:
    return overlap(old.sketch, new.sketch).jaccard < 0.5 and not same_title(old, new)

"""A feed that moves on at each poll, and the pages behind it: what is not known to a store in time never comes back."""

from __future__ import annotations

import fcntl
import os
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newscrawl.discovery.candidate import Candidate, Via
from newscrawl.items import Article
from newscrawl.outcomes import Reason, Rejection
from newscrawl.similarity import fingerprint
from newscrawl.store import Pending
from newscrawl.urls import article_id

STEP = 12  # stories a poll
WINDOW = 20 * STEP
WORDS = ("amber", "brisk", "coastal", "dusty", "eager", "frozen", "gentle", "hollow", "ivory", "jolly", "keen", "lunar")


class Feed:
    """Counts its polls in a file, so that it moves on though its readers die."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.frozen = 0
        """Days since the last story was published."""

    def polls(self) -> int:
        return int(self.path.read_text()) if self.path.exists() else 0

    def poll(self, host: str) -> list[Candidate]:
        """Publish :data:`STEP` more stories; return what the feed shows on *host*, the newest first."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            count = int(os.read(descriptor, 20) or b"0") + (self.frozen == 0)
            os.pwrite(descriptor, b"%d" % count, 0)
        finally:
            os.close(descriptor)
        newest = count * STEP
        return [
            Candidate(url_of(host, number), Via.FEED, f"http://{host}/feed", title=f"Story {number}")
            for number in range(newest - 1, max(-1, newest - WINDOW - 1), -1)
        ]


def url_of(host: str, number: int) -> str:
    return f"http://{host}/story/{number}"


def is_article(number: int) -> bool:
    return number % 11 != 10


def page(pending: Pending) -> Article | Rejection:
    """Return what a fetch gives: mostly an article; at times a section, or a failure that a second try mends."""
    url = pending.candidate.url
    number = int(url.rpartition("/")[2])
    if not is_article(number):
        return Rejection(url, Reason.SECTION, "42 links")
    if number % 13 == 5 and pending.attempts == 0:
        return Rejection(url, Reason.CONNECTION)
    chosen = random.Random(number)
    title = f"{chosen.choice(WORDS).title()} {chosen.choice(WORDS)} {chosen.randrange(10**9)}"
    body = " ".join(f"{chosen.choice(WORDS)} {chosen.randrange(10**6)}" for _ in range(60))
    body = f"{body} {title}"  # a short text under a headline that it does not mention is compared with no other
    article = Article(url=url, id=article_id(url), title=title, body=body, site=url.split("/")[2], word_count=123)
    article.published_at = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=number)
    article.fetched_at = article.discovered_at = pending.discovered_at
    found = fingerprint(title, body)
    article.title_key, article.body_sha256, article.minhash = found.title_key, found.body_sha256, found.minhash
    return article

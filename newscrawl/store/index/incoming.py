"""An article on its way into the story index, with what the decision needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from newscrawl.items import Article
from newscrawl.similarity import fingerprint, fingerprint_of_body
from newscrawl.similarity.compared import ComparedText
from newscrawl.similarity.evidence import Evidence, gather
from newscrawl.similarity.prose import is_prose
from newscrawl.store.frontier.rows import DAY_S
from newscrawl.store.index.articles import as_number, body_number
from newscrawl.store.index.recent import head_hash, site_hash
from newscrawl.urls import article_id, site_of


@dataclass(slots=True)
class IncomingArticle:
    """An article on its way to its decision."""

    article: Article
    id: int
    """By the page's canonical URL, where that is believable."""

    own: int
    """By the URL that was fetched."""

    body: int
    title: int
    prose: int
    at: int
    site: int
    head: int
    evidence: Evidence


def body_of(article: Article) -> int:
    """Return the number of an article's body; compute the fingerprint of one that has none."""
    if not article.minhash:
        made = fingerprint(article.title, article.body, names=(article.publisher, article.site))
        article.title_key, article.body_sha256, article.minhash = made.title_key, made.body_sha256, made.minhash
    return body_number(article.body_sha256)


def title_number(title_key: str) -> int:
    """Return 24 bits of a headline's hash."""
    return int.from_bytes(blake2b(title_key.encode("utf-8", "replace"), digest_size=3).digest())


def prose_number(article: Article) -> int:
    """Return 24 bits of the hash of what is prose in the body.

    A short line that ends no sentence is a counter, a label or a link's text: that it changed makes no revision.
    """
    paragraphs = article.body.split("\n\n")
    prose = [paragraph for paragraph in paragraphs if is_prose(paragraph)]
    if len(prose) in (0, len(paragraphs)):
        return body_number(article.body_sha256)
    return body_number(fingerprint_of_body("\n\n".join(prose)))


def prepare(article: Article, text: ComparedText | None = None) -> IncomingArticle:
    """Gather what the decision on *article* needs; *text*, of exactly this article, saves the time of making it."""
    body = body_of(article)
    evidence = text.evidence if text else gather(article.title, article.title_key, article.body, article.minhash)
    site = site_hash(article.site or site_of(article.url))
    at = article.published_at or article.fetched_at
    seconds = int(at.timestamp()) if at else 0
    if article.published_at and article.published_precision == "day":
        seconds += DAY_S // 2  # noon is at most half a day wrong
    return IncomingArticle(
        article,
        id=as_number(article.id),
        own=as_number(article_id(article.url)),
        body=body,
        title=title_number(article.title_key),
        prose=body_number(text.prose_sha256) if text else prose_number(article),
        at=seconds,
        site=site,
        head=head_hash(site, evidence),
        evidence=evidence,
    )


def indexed_at(article: Article, otherwise: float) -> float:
    """Return when *article* was fetched or published, in seconds since 1970; *otherwise* where neither is known."""
    at: datetime | None = article.fetched_at or article.published_at
    return at.timestamp() if at else otherwise

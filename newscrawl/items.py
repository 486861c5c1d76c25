"""The record: one news article as it stands on one line of the output."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

SCHEMA_VERSION = 1
"""Raised when a field is renamed or changes its meaning; a new field does not raise it."""


def format_time(moment: datetime) -> str:
    """Write *moment*, which must know its zone, as ``YYYY-MM-DDTHH:MM:SSZ``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _export_time(moment: datetime | None) -> str | None:
    return None if moment is None else format_time(moment)


TIME = {
    "serializer": _export_time,
    "json_schema_extra": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
}
"""Makes Scrapy's feed exports (``-o``) and ``ItemAdapter.get_json_schema`` say what our own files have."""


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """A link to an article that the page presents as related to its own."""

    url: str
    """Absolute and canonical."""

    title: str
    """The link's text on one line."""


@dataclass(kw_only=True, slots=True)
class Article:
    """One article, record version 1. The fields stand in the order of the record's keys.

    The first part is filled by ``newscrawl.extraction``, what names the crawl by the spider, what identifies the
    story by ``pipelines.dedup``, and ``story_id``, ``version`` and the duplicate marks by the store.
    """

    schema_version: int = SCHEMA_VERSION
    """Version of this schema."""

    id: str = ""
    """``n`` and 16 hex digits of the SHA-256 of the identity URL; joins runs and revisions."""

    url: str
    """The URL that was fetched, after redirects, canonicalised."""

    canonical_url: str | None = None
    """What the page names as its canonical URL (rel=canonical, og:url), resolved."""

    title: str = ""
    """The headline, once, on one line, without the site's name."""

    body: str = field(default="", repr=False)  # a dropped item is logged whole
    """Paragraphs joined by a blank line, the deck first where readers see one; no headline, byline, boilerplate or
    related links."""

    body_source: str = "page"
    """``page``, or ``feed`` where the page showed a wall, a shell or a teaser and the feed carries the whole text."""

    parts: list[str] = field(default_factory=list, repr=False)
    """Addresses of the further pages of the article whose text stands in the body, in their order."""

    parts_missing: list[str] = field(default_factory=list, repr=False)
    """Addresses of further pages that could not be had: the body has a gap there."""

    description: str | None = field(default=None, repr=False)
    """The page's own summary or deck."""

    authors: list[str] = field(default_factory=list)
    """People's names; empty when unsure, since a wrong name is worse than none."""

    published_at: datetime | None = field(default=None, metadata=TIME)
    """When it was first published, UTC, as the page or feed says; never the time of the crawl."""

    modified_at: datetime | None = field(default=None, metadata=TIME)
    """When it was last changed, UTC, as the page or feed says; never copied from ``published_at``."""

    published_precision: str | None = None
    """``second``, ``minute``, ``hour`` ("3 hours ago") or ``day``; a day is written as T00:00:00Z."""

    published_source: str | None = None
    """Which evidence of the date won: json-ld, meta, feed, news-sitemap, time-tag, url, text or site."""

    language: str | None = None
    """BCP 47, lower case."""

    section: str | None = None
    """The part of the site that the article stands in."""

    tags: list[str] = field(default_factory=list, repr=False)
    """Keywords that the page gives itself."""

    image_url: str | None = field(default=None, repr=False)
    """The lead image."""

    related_links: list[RelatedLink] = field(default_factory=list, repr=False)
    """The page's related articles; not navigation, tags, share, comments or ads; absolute, without the page itself."""

    site: str = ""
    """The registrable domain, or the host where it is an IP address."""

    publisher: str | None = None
    """Display name of the publisher."""

    source: str = ""
    """The name of the source in sites.toml, else the URL that was given."""

    source_label: str | None = None
    """What sites.toml says that people call the source."""

    source_tags: list[str] = field(default_factory=list)
    """The tags that sites.toml gives the source; those of the page are ``tags``."""

    discovered_via: str = "seed"
    """seed, feed, news-sitemap, sitemap, listing or related."""

    discovered_at: datetime | None = field(default=None, metadata=TIME)
    """When the crawl first met the URL, UTC."""

    fetched_at: datetime | None = field(default=None, metadata=TIME)
    """When the page was downloaded, UTC."""

    is_paywalled: bool | None = None
    """What the page says (isAccessibleForFree and kin); null where it says nothing."""

    ai_opt_out: bool = False
    """The page, its headers or its site (/.well-known/tdmrep.json) say noai, or tdm-reservation: 1."""

    word_count: int = 0
    """Words of the body; CJK characters count one each."""

    title_key: str = field(default="", repr=False)
    """The headline as deduplication compares it."""

    body_sha256: str = field(default="", repr=False)
    """``b`` and 64 hex digits of the SHA-256 of the body as deduplication compares it."""

    minhash: str = field(default="", repr=False)
    """The MinHash sketch of the body, with its scheme."""

    story_id: str = ""
    """The id of the first article of the story."""

    duplicate_of: str | None = None
    """The id of the article that this one repeats; only where duplicates are kept."""

    duplicate_kind: str | None = None
    """url, title, body or copy."""

    similarity: float | None = None
    """How alike the two bodies are, 0 to 1."""

    version: int = 1
    """1, and one more for each revision of the same article."""

    changed: list[str] = field(default_factory=list)
    """Of a revision, which fields changed since the version before: title, body. Empty in version 1."""

    html_sha256: str = field(default="", repr=False)
    """``h`` and 64 hex digits of the SHA-256 of the bytes that were parsed."""

    extractor: str = ""
    """The software that extracted it, for example ``newscrawl/0.2.0 trafilatura/2.3.1``."""

    run_id: str = ""
    """The run that wrote it."""


FIELDS = tuple(f.name for f in dataclasses.fields(Article))
"""The keys of a record, in their order."""

TIMES = frozenset(name for name in FIELDS if name.endswith("_at"))


def parse_time(text: str) -> datetime:
    """Read what :func:`format_time` wrote, or any ISO 8601 time; one without a zone is taken as UTC."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


@dataclass(kw_only=True, slots=True)
class ExtendedArticle(Article):
    """An article with fields of a user's own, which stand behind ours in its record. The store keeps them so."""

    extra: dict[str, Any] = field(default_factory=dict, repr=False)
    """JSON values by their keys, none of which is one of :data:`FIELDS`."""


def as_record(article: Article) -> dict[str, Any]:
    """Return *article* as the JSON object of its line: every key, in order; no empty string where null is meant."""
    record: dict[str, Any] = {}
    for name in FIELDS:
        value = getattr(article, name)
        if isinstance(value, datetime):
            value = format_time(value)
        elif name == "related_links":
            value = [{"url": link.url, "title": link.title} for link in value]
        record[name] = None if value == "" else value
    return record | article.extra if isinstance(article, ExtendedArticle) else record


def from_record(record: dict[str, Any]) -> Article:
    """Return the article that :func:`as_record` wrote, with the keys that are none of ours."""
    known = {name: value for name, value in record.items() if name in FIELDS and value is not None}
    for name in TIMES & known.keys():
        known[name] = parse_time(known[name])
    if "related_links" in known:
        known["related_links"] = [RelatedLink(**link) for link in known["related_links"]]
    extra = {name: value for name, value in record.items() if name not in FIELDS}
    return ExtendedArticle(**known, extra=extra) if extra else Article(**known)

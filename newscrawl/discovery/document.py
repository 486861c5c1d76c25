"""What a feed, a sitemap or a page of links gives: articles, and further documents worth reading."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from newscrawl.discovery.candidate import Candidate, Via
from newscrawl.urls import absolute_url, site_of, unwrapped, url_key

Kind = Literal["feed", "news-sitemap", "sitemap", "sitemap-index", "page", "other"]
LinkKind = Literal["feed", "sitemap", "section"]

MAX_CANDIDATES = 50_000  # the sitemap protocol's own limit for one file
MAX_GUID = 500
CUT_OFF = "cut off"  # how the detail of a document begins that is not whole
MIN_CONTENT, MAX_CONTENT = 600, 100_000  # characters of an entry's text: below it is a teaser
MEDIA = re.compile(
    r"\.(?:mp[34]|m4[abv]|aac|og[agv]|opus|flac|wav|webm|mov|avi|mkv|wmv|m3u8?|jpe?g|png|gif|webp|avif|svg|bmp|pdf|zip)$",
    re.I,
)
"""A path that ends so is no page: a podcast's episode, a picture."""


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A further document that may name articles."""

    url: str
    """Absolute, with every parameter that it was named with."""

    kind: LinkKind
    found_in: str
    """URL of the document that named it."""

    modified_at: datetime | None = None
    """What the index says of it, UTC."""

    title: str | None = None
    """What the page calls it."""

    is_move: bool = False
    """The document says that it stands there now."""


@dataclass(frozen=True, slots=True)
class Document:
    """What was found in one document, whatever it turned out to be."""

    kind: Kind
    candidates: tuple[Candidate, ...] = ()
    """Newest first, the undated behind in the document's order; those of a page in its own order."""

    links: tuple[DocumentLink, ...] = ()
    """The most promising first."""

    title: str | None = None
    detail: str = ""
    """One line for a person: what was wrong with it, what was left out."""

    overflow: int = 0
    """Entries that were counted and not listed."""

    ttl_s: int = 0
    """For how many seconds a feed says that it holds; 0 where it says nothing."""

    old: int = 0
    """Entries that were counted and not listed, since they are surely older than ``since=``."""

    beside: tuple[Candidate, ...] = ()
    """Of a page, what stands in its margins: the site's, and not what a section's page lists."""

    @property
    def is_cut_off(self) -> bool:
        """Whether its end did not come: what it named behind that is known when it comes whole."""
        return CUT_OFF in self.detail


class Candidates:
    """Gathers the candidates of one document: each URL once, at most :data:`MAX_CANDIDATES`."""

    def __init__(self, via: Via, url: str, base: str | None = None) -> None:
        self.via = via
        self.url = url
        self.base = base or url
        """What relative links are relative to."""

        self.overflow = 0
        self._site = site_of(self.base)
        self._sites: dict[str, str] = {}
        self._links: set[str] = set()
        self._found: dict[str, Candidate] = {}

    def add(
        self,
        link: str,
        *,
        title: str = "",
        published_at: datetime | None = None,
        modified_at: datetime | None = None,
        guid: str | None = None,
        content: str | None = None,
    ) -> bool:
        """Keep *link*, which may be relative; return whether it is one that can be fetched."""
        if link in self._links:
            return True
        if len(self._found) >= MAX_CANDIDATES:
            self.overflow += 1
            return True
        address = absolute_url(link, self.base)
        address = unwrapped(address, self._site) if address else None
        if address is None or is_media(address):
            return False
        self._links.add(link)
        key, site = url_key(address), site_of(address)
        self._found.setdefault(
            key,
            Candidate(
                url=address,
                via=self.via,
                found_in=self.url,
                title=title or None,
                published_at=published_at,
                modified_at=modified_at,
                guid=guid[:MAX_GUID] if guid else None,
                content=content,
                known_key=key,
                known_site=self._sites.setdefault(site, site),  # one string, which travels once
            ),
        )
        return True

    def __len__(self) -> int:
        return len(self._found)

    def newest_first(self) -> tuple[Candidate, ...]:
        """Return the candidates, the newest first; undated ones come last, in the order of the document."""
        dated = [candidate for candidate in self._found.values() if _newest(candidate)]
        undated = [candidate for candidate in self._found.values() if not _newest(candidate)]
        return (*sorted(dated, key=_timestamp, reverse=True), *undated)


def _newest(candidate: Candidate) -> datetime | None:
    return candidate.published_at or candidate.modified_at


def _timestamp(candidate: Candidate) -> float:
    moment = _newest(candidate)
    return moment.timestamp() if moment else 0.0


def with_detail(document: Document, *details: str) -> Document:
    """Return *document* with *details* put before its own."""
    return replace(document, detail="; ".join(filter(None, (*details, document.detail))))


def is_media(url: str) -> bool:
    """Tell whether a sound, a film, a picture or a file stands at *url*, by its ending."""
    return MEDIA.search(url.partition("?")[0].partition("#")[0]) is not None


def whole_text(texts: Iterable[object]) -> str | None:
    """Return the longest of an entry's *texts* as HTML; None where none is more than a teaser."""
    longest = max((text for text in texts if isinstance(text, str)), key=len, default="")
    return longest if MIN_CONTENT <= len(longest) <= MAX_CONTENT else None

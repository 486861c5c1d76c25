"""Parameters that say nothing at one site: its own pages name themselves without them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from newscrawl.discovery import Candidate, Via
from newscrawl.items import Article
from newscrawl.store import Store
from newscrawl.urls import site_of, url_key

STORIES = 2  # that must drop a parameter before others are asked for without it
KEPT_S = 90 * 86400.0  # a site that is built anew is learned anew within a season
MOST = 50  # parameters of one site, either way: one that makes up more is not learned


@dataclass(slots=True)
class SiteParameters:
    """What the pages of one site said of its parameters."""

    dropped: dict[str, list[str]] = field(default_factory=dict)
    """By the parameter's name: the stories whose canonical URL is theirs without it."""

    kept: set[str] = field(default_factory=set)
    """Names that stand in a canonical URL: they tell stories apart."""

    def learn(self, url: str, canonical: str) -> bool:
        """Take in that the page at *url* names itself *canonical*; return whether that was news."""
        address, claim = urlsplit(url), urlsplit(canonical)
        if (address.netloc, address.path) != (claim.netloc, claim.path):
            return False
        own, named = names(address.query), names(claim.query)
        news = bool(named - self.kept) and len(self.kept) <= MOST
        if news:
            self.kept |= named
        story = url_key(canonical)
        for name in own - named:
            if name not in self.dropped and len(self.dropped) >= MOST:
                continue
            stories = self.dropped.setdefault(name, [])
            if len(stories) < STORIES and story not in stories:
                stories.append(story)
                news = True
        return news

    def without(self, url: str) -> str:
        """Return *url* without the parameters that say nothing."""
        head, _, query = url.partition("?")
        kept = [piece for piece in query.split("&") if not self.says_nothing(piece.partition("=")[0])]
        return f"{head}?{'&'.join(kept)}" if kept else head

    def says_nothing(self, name: str) -> bool:
        """Tell whether *name* was dropped by several stories and kept by none."""
        return name not in self.kept and len(self.kept) <= MOST and len(self.dropped.get(name, ())) >= STORIES


class Parameters:
    """Learns from the canonical URLs of a site's stories which parameters say nothing there, and cuts them off.

    The page itself must say so: a URL is asked for as it was given until two stories of its site, each under a name of
    its own, dropped the parameter. So a story that a front page links to from five boxes is fetched once.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.sites: dict[str, SiteParameters] = {}

    async def learn(self, article: Article) -> None:
        """Take in what *article* says of its own URL."""
        if "?" not in article.url or not article.canonical_url:
            return
        site = site_of(article.url)
        if (known := await self.of(site)).learn(article.url, article.canonical_url):
            value = {"dropped": known.dropped, "kept": sorted(known.kept)}
            await self.store.remember(f"parameters:{site}", json.dumps(value).encode(), KEPT_S)

    async def plain(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Return *candidates* without the parameters that say nothing at their sites; what a person named stays."""
        cut = []
        for candidate in candidates:
            if "?" in candidate.url and candidate.via is not Via.SEED:
                known = await self.of(candidate.site)
                cut.append(candidate.at(known.without(candidate.url)))
            else:
                cut.append(candidate)
        return cut

    async def of(self, site: str) -> SiteParameters:
        """Return what is known of *site*, from earlier runs too."""
        if site not in self.sites:
            value = await self.store.recall(f"parameters:{site}")
            learned = json.loads(value) if value else {}
            self.sites[site] = SiteParameters(learned.get("dropped", {}), set(learned.get("kept", ())))
        return self.sites[site]


def names(query: str) -> set[str]:
    """Return the names of the parameters of *query*."""
    return {piece.partition("=")[0] for piece in query.split("&") if piece}

"""The search of one source: which documents to read, cheapest and freshest first. Events in, actions out.

Pure: whoever fetches tells it what came (:meth:`SourceDiscovery.arrived`, :meth:`~SourceDiscovery.failed`) and asks for
the documents that it names. What it says of its candidates goes to the store, whose answer decides what is followed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from newscrawl.discovery import age
from newscrawl.discovery.candidate import Candidate, Via
from newscrawl.discovery.document import Document, DocumentLink
from newscrawl.discovery.paging import page_of_listing
from newscrawl.discovery.scope import Scope, is_home
from newscrawl.discovery.wellknown import usual_feeds, usual_sitemaps
from newscrawl.outcomes import Reason
from newscrawl.urls import absolute_url, unwrapped

LISTING_DEPTH = 5  # home page, its sections, their further pages; deeper is an archive, not news
FEEDS = 5  # that one page may name; a sixth is a tag's or an author's
SITEMAPS = 20  # that robots.txt or one index may name, the newest first
ARCHIVE = 2000  # parts of an index, where since= or until= leaves out the others; the budget of the host ends it
SECTIONS = 20
PROBES = 3  # usual paths of feeds, and of sitemaps, that are tried at a site which names none

Purpose = Literal["seed", "feed", "sitemap", "section", "probe"]


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """A document to fetch. A conditional request finds here what it is about; nothing else makes one."""

    url: str
    """Absolute, as it was given or named: nothing is cut off."""

    purpose: Purpose
    depth: int = 0
    given: str = ""
    """What a person wrote, of a seed."""

    fallback: str | None = None
    """The address to try where the first, whose scheme was a guess, does not answer."""

    probes: tuple[str, ...] = ()
    """Usual paths to try one after the other where the document brings nothing."""


@dataclass(frozen=True, slots=True)
class DocumentOutcome:
    """What became of one document."""

    url: str
    outcome: Literal["read", "unchanged", "failed"]
    kind: str = ""
    reason: Reason | None = None
    detail: str = ""
    named: int = 0
    """Article URLs that it named."""

    def as_dict(self) -> dict[str, Any]:
        """Return it as the manifest has it; what is empty is left out."""
        row = {"url": self.url, "outcome": self.outcome, "kind": self.kind, "reason": self.reason and str(self.reason)}
        return {name: value for name, value in {**row, "detail": self.detail, "named": self.named}.items() if value}


@dataclass(frozen=True, slots=True)
class Sorted:
    """The candidates of one document."""

    wanted: tuple[Candidate, ...] = ()
    old: tuple[Candidate, ...] = ()
    """Surely older than ``since=``."""

    late: tuple[Candidate, ...] = ()
    """Surely not from before ``until=``."""


@dataclass(slots=True)
class SourceDiscovery:
    """The search for one source's articles."""

    urls: tuple[str, ...]
    """Absolute, as given."""

    since: datetime | None = None
    until: datetime | None = None
    scope: Scope = field(init=False)
    asked: set[str] = field(default_factory=set)
    """The addresses of the documents that were asked for."""

    outcomes: list[DocumentOutcome] = field(default_factory=list)
    named: int = 0
    """Article URLs that documents named, the known ones too."""

    open: Counter[Purpose] = field(default_factory=Counter)
    """Documents that were asked for and did not come yet."""

    listed: dict[str, Candidate] = field(default_factory=dict)
    """What only listings named so far, by key: a feed or sitemap may yet tell its date, or that it is old."""

    dated: set[str] = field(default_factory=set)
    empty_probes: list[str] = field(default_factory=list)
    """Usual paths that gave nothing."""

    def __post_init__(self) -> None:
        self.scope = Scope(self.urls)

    # --- requests

    def seed(self, given: str, url: str, fallback: str | None = None) -> DocumentRequest | None:
        """Return the request for an address that a person gave."""
        return self.request(DocumentRequest(unwrapped(url), "seed", given=given, fallback=fallback))

    def request(self, wanted: DocumentRequest) -> DocumentRequest | None:
        """Return *wanted* unless its address was asked for."""
        address = absolute_url(wanted.url)
        if address is None or (key := address.partition("://")[2]) in self.asked:
            return None
        self.asked.add(key)
        self.open[wanted.purpose] += 1
        return replace(wanted, url=address)

    def leave_out(self, urls: Iterable[str]) -> None:
        """Do not ask for the documents at *urls*, as they were requested before, whoever names them."""
        self.asked.update(url.partition("://")[2] for url in urls)

    def follow(self, links: Iterable[DocumentLink], depth: int) -> list[DocumentRequest]:
        """Return the requests for *links* that were not asked for before."""
        wanted = (DocumentRequest(link.url, link.kind, depth) for link in links)
        return [request for item in wanted if (request := self.request(item))]

    def probe(self, urls: Sequence[str]) -> list[DocumentRequest]:
        """Return a request for the first of *urls*; the next is asked for only if it brings nothing."""
        for position, url in enumerate(urls, 1):
            if request := self.request(DocumentRequest(url, "probe", 1, probes=tuple(urls[position:]))):
                return [request]
        return []

    def pass_over(self, request: DocumentRequest) -> None:
        """Note that a document that was to be asked for is not."""
        self.open[request.purpose] -= 1

    # --- events

    def select(self, request: DocumentRequest, document: Document, url: str) -> Sorted:
        """Say which candidates of *document*, which came from *url*, are wanted and which are surely too old."""
        self.open[request.purpose] -= 1
        document = self.scope.own(document, url, given=request.purpose == "seed")
        self.named += len(document.candidates) + document.old
        self.outcomes.append(
            DocumentOutcome(url, "read", document.kind, detail=document.detail, named=len(document.candidates))
        )
        # Further listings do not wait, but for since=: whether they name anything new decides how far they are read.
        waits = request.purpose != "section" or self.is_bounded
        listed = [candidate for candidate in document.candidates if candidate.via is Via.LISTING and waits]
        self.listed = {candidate.key: candidate for candidate in listed} | self.listed
        others = [candidate for candidate in document.candidates if candidate.via is not Via.LISTING or not waits]
        if not self.is_bounded:
            return Sorted(tuple(others))
        self.dated |= {c.key for c in others if c.published_at or c.modified_at}
        chosen: dict[str, list[Candidate]] = {"": [], "old": [], "late": []}
        for candidate, judged in zip(others, age.without_build_dates(others, url), strict=True):
            chosen[self.outside(judged)].append(candidate)
        return Sorted(tuple(chosen[""]), tuple(chosen["old"]), tuple(chosen["late"]))

    @property
    def is_bounded(self) -> bool:
        """Whether stories of some time only are wanted."""
        return self.since is not None or self.until is not None

    def outside(self, candidate: Candidate) -> str:
        """Return ``old`` or ``late`` where *candidate* surely is; empty where it may be wanted."""
        if self.since is not None and age.is_surely_older(candidate, self.since):
            return "old"
        return "late" if self.until is not None and age.is_surely_newer(candidate, self.until) else ""

    def arrived(self, request: DocumentRequest, document: Document, url: str, fresh: int) -> list[DocumentRequest]:
        """Return what to read next. *fresh*: how many candidates were new, or wait in ``listed``."""
        depth = request.depth
        # A listing that names nothing new has nothing new behind it either.
        # Nor has the older page of a feed (RFC 5005).
        is_worth_more = bool(fresh) or (document.kind != "feed" and (depth == 0 or document.kind != "page"))
        if depth >= LISTING_DEPTH or not is_worth_more:
            return self.follow((link for link in document.links if link.is_move), depth + 1)
        requests: list[DocumentRequest] = []
        front = self.is_front(request, url)
        for kind, most in (("feed", FEEDS), ("sitemap", SITEMAPS), ("section", SECTIONS)):
            links = [link for link in document.links if link.kind == kind]
            if document.kind == "page":
                links = [link for link in links if front or self.scope.belongs(link, page_of_listing(url)[0])]
            if self.since is not None:
                since = self.since
                links = [link for link in links if not age.part_is_surely_older(link, links, since)]
            if self.until is not None:
                until = self.until
                links = [link for link in links if not age.part_is_surely_newer(link, until)]
            if kind == "sitemap" and self.is_bounded:
                most = ARCHIVE  # those that hold nothing of the time are gone
            requests += self.follow(links[:most], depth + 1)
        return requests

    def single_page(self, request: DocumentRequest, url: str, *, is_article: bool) -> None:
        """Note that a seed was one page and no document that names others."""
        self.open[request.purpose] -= 1
        self.named += is_article
        self.outcomes.append(DocumentOutcome(url, "read", "article"))

    def is_probe_hit(self, request: DocumentRequest, document: Document) -> bool:
        """Tell whether a path that was only guessed is a feed or sitemap."""
        return document.kind not in ("page", "other") and bool(document.candidates or document.links)

    def missed(self, request: DocumentRequest) -> list[DocumentRequest]:
        """Return the next usual path after one that was nothing."""
        self.open[request.purpose] -= 1
        self.empty_probes.append(request.url)
        return self.probe(request.probes)

    def explore(self, url: str, home: Document | None, sitemaps: Sequence[str]) -> list[DocumentRequest]:
        """Return what a site offers beside its home page *url*: the sitemaps of its robots.txt, usual paths.

        *home* is None where the home page did not come: its feeds and sitemaps may be there all the same.
        """
        named = [address for name in sitemaps if (address := absolute_url(name, url))]
        links = [DocumentLink(name, "sitemap", url) for name in sorted(named, key=lambda name: "news" not in name)]
        requests = self.follow(links[:SITEMAPS], 1)
        if home is None or not any(link.kind == "feed" for link in home.links):
            requests += self.probe(usual_feeds(url)[:PROBES])
        if not named:
            requests += self.probe(usual_sitemaps(url)[:PROBES])
        return requests

    def unchanged(self, request: DocumentRequest, known: Iterable[tuple[str, str]]) -> list[DocumentRequest]:
        """Note that a document is what it was; return the others that are *known*, as URL and kind.

        What it led to may have changed all the same.
        """
        self.open[request.purpose] -= 1
        self.outcomes.append(DocumentOutcome(request.url, "unchanged"))
        wanted = (DocumentRequest(url, purpose_of(kind), 1) for url, kind in known)
        return [item for document in wanted if (item := self.request(document))]

    def failed(self, request: DocumentRequest, reason: Reason, detail: str) -> list[DocumentRequest]:
        """Note why a document did not come; return what to try in its place."""
        self.open[request.purpose] -= 1
        if request.fallback:
            self.asked.discard(request.url.partition("://")[2])
            again = self.request(replace(request, url=request.fallback, fallback=None))
            return [again] if again else []
        if request.purpose == "probe":
            self.empty_probes.append(request.url)
            return self.probe(request.probes)
        if reason not in (Reason.BUDGET, Reason.PARKED):  # those are logged and counted where they were refused
            self.outcomes.append(DocumentOutcome(request.url, "failed", reason=reason, detail=detail))
        return []

    def is_front(self, request: DocumentRequest, url: str) -> bool:
        """Tell whether the document is the site's front door: a home page that redirects is still the home page."""
        return is_home(page_of_listing(url)[0]) or (request.purpose == "seed" and is_home(request.url))

    def settled(self) -> tuple[Candidate, ...]:
        """Return what only listings named, once no feed or sitemap is open that may tell more of it; else nothing."""
        if any(self.open[purpose] for purpose in ("seed", "feed", "sitemap", "probe")):
            return ()
        listed, self.listed = self.listed, {}
        return tuple(candidate for key, candidate in listed.items() if key not in self.dated)

    # --- for the report

    @property
    def read(self) -> Counter[str]:
        """Documents that came, by their kind; ``unchanged`` are those that are what they were."""
        return Counter(o.kind if o.outcome == "read" else o.outcome for o in self.outcomes if o.outcome != "failed")

    def is_too_old(self, published_at: datetime | None) -> bool:
        """Tell whether a page's own date is before ``since=``; a day lasts until its end in the last zone."""
        return self.since is not None and published_at is not None and age.latest(published_at) < self.since

    def is_too_late(self, published_at: datetime | None) -> bool:
        """Tell whether a page's own date is not before ``until=``."""
        return self.until is not None and published_at is not None and age.earliest(published_at) >= self.until

    @property
    def failures(self) -> list[DocumentOutcome]:
        """The documents that could not be read, for the report."""
        return [outcome for outcome in self.outcomes if outcome.outcome == "failed"]


def purpose_of(kind: str) -> Purpose:
    """Return why a document of this kind is read."""
    if kind == "feed":
        return "feed"
    return "sitemap" if "sitemap" in kind else "section"

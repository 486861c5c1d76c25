"""The store as the crawl sees it: every call is a message to the one thread that owns the connection."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from operator import methodcaller
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import Connection

from newscrawl.discovery.candidate import Candidate
from newscrawl.extraction import Observation, memory_key
from newscrawl.extraction.learned.site_memory import SiteMemory
from newscrawl.items import Article
from newscrawl.outcomes import Reason, Rejection, Unmodified
from newscrawl.similarity.compared import ComparedText
from newscrawl.store.backend.database import sqlite_url
from newscrawl.store.counters import figures_of
from newscrawl.store.dry_run import DryRun
from newscrawl.store.entries import Completion
from newscrawl.store.frontier.hosts import resting_hosts
from newscrawl.store.frontier.rows import owners_of
from newscrawl.store.frontier.visits import find as find_visit
from newscrawl.store.keys import key_hash
from newscrawl.store.messages import Claims, Discovered, Figures, Look, Pending, Run, Visit, Want, WriteResult
from newscrawl.store.output.published import PublishedFile
from newscrawl.store.policy import Policy
from newscrawl.store.schedule.rows import (
    document_of,
    documents_of,
    due_sources,
    next_polls,
    read_states,
)
from newscrawl.store.schedule.states import DocumentState, HostState, SourceState, State, shifted
from newscrawl.store.session import Session
from newscrawl.store.site_memory import read_observations
from newscrawl.store.thread import StoreThread

logger = logging.getLogger(__name__)

AT_ONCE = 5000  # candidates in one transaction: 50,000 take 2 s, in which no result would be written

T = TypeVar("T")
S = TypeVar("S", bound=State)


class Store:
    """Index, frontier and files of one run. Open it before the first request, publish and close it after the last.

    An :class:`~newscrawl.errors.OutputError` in mid-run fails its batch and all that follow: nothing is torn, what was
    not written stays pending.
    """

    def __init__(self, make: Callable[[], Session]) -> None:
        self.thread = StoreThread(make)
        self.session = self.thread.session
        self.site_memory = SiteMemory()

    @classmethod
    def open(cls, url: str, output_dir: Path, run: Run, *, policy: Policy, read_only: bool = False) -> Store:
        """Open the store at *url* (empty: in the folder itself), finish what dead runs left, and begin *run*.

        *read_only*: work on a copy, as a dry run must: nothing is created or written.
        """
        folder = Path(output_dir)
        url = url or sqlite_url(folder / "state.sqlite")
        kind = DryRun if read_only else Session
        return cls(lambda: kind(url, folder, run, policy))

    # --- what the crawl asks

    async def claim(
        self, source: str, since: datetime | None = None, limit: int | None = None, *, revisit: bool = True
    ) -> str | None:
        """Take *source*, and what earlier runs left of it; return the id of the living run that holds it, if any.

        Of what was left, pages that turned out to be older than *since* stay where they are. At most *limit* articles
        of this source are written. *revisit*: its known articles are looked at again where that is due.
        """
        claims = await self.claim_next([Want(source, since, limit, revisit)], 1)
        return claims.holders.get(source)

    async def claim_next(self, wants: Sequence[Want], most: int) -> Claims:
        """Take up to *most* of the sources *wants* that no living run has, in their order, in one transaction."""
        return cast(Claims, await self.thread.send(lambda session: session.claim(wants, most)))

    @property
    def is_shared(self) -> bool:
        """Whether other machines crawl with this store."""
        return self.session.database.is_shared

    async def discover(
        self, source: str, candidates: Sequence[Candidate], skip: Reason | None = None, *, again: bool = False
    ) -> Discovered:
        """Make the new ones of *candidates* pending; with *skip*, count them as skipped and keep nothing.

        *again*: those that earlier runs finished are to be fetched once more (a revisit); each ends unchanged, or as a
        revision of its article.
        """
        parts = [
            await self.thread.send(
                methodcaller("discover", source, candidates[start : start + AT_ONCE], skip, again=again)
            )
            for start in range(0, max(1, len(candidates)), AT_ONCE)
        ]
        new = tuple(candidate for part in parts for candidate in part.new)
        return Discovered(new, sum(part.known for part in parts), sum(part.waiting for part in parts))

    async def take(self, number: int) -> list[Pending]:
        """Return up to *number* URLs to fetch, of this run's sources in turn, the newest of each first."""
        return cast(list[Pending], await self.thread.send(lambda session: session.take(number)))

    async def complete(
        self,
        key: str,
        result: Article | Rejection | Unmodified,
        observation: Observation | None = None,
        source: str = "",
        look: Look | None = None,
        text: ComparedText | None = None,
    ) -> WriteResult:
        """Decide and write *result*; return when that is on disk. An article gets its ids written on it.

        *text*: what was compared of the article already.
        """
        if observation is not None:  # the next page of the site need not wait for the disk to learn from this one
            self.site_memory.add(memory_key(result.url), observation)
        written = cast(WriteResult, await self.thread.send(Completion(key, result, observation, source, look, text)))
        logger.info("%s: %s", result.url, written)
        return written

    async def visit(self, key: str) -> Visit | None:
        """Return the last look at the article with *key*; None where it is not known, or not young."""
        return await self.read(lambda connection: find_visit(connection, key))

    async def which_taken(self, keys: Iterable[str]) -> set[str]:
        """Return those of *keys* whose URLs are pending and this run's to close."""
        by_hash = {key_hash(key): key for key in keys}
        run_id = self.session.run.id
        rows = await self.read(lambda connection: owners_of(connection, by_hash))
        return {by_hash[key] for key, row in rows.items() if row.taken_by == run_id}

    async def is_in_flight(self, key: str) -> bool:
        """Tell whether the URL with *key* was taken to be fetched and has no outcome yet."""
        return cast(bool, await self.thread.send(lambda session: key_hash(key) in session.in_flight))

    async def memory(self, site: str) -> tuple[Observation, ...]:
        """Return what earlier pages showed of a site (``extraction.memory_key``), the oldest first."""
        if (known := self.site_memory.get(site)) is None:
            known = self.site_memory.begin(
                site, await self.read(lambda connection: read_observations(connection, site))
            )
        return known

    async def recall(self, key: str) -> bytes | None:
        """Return what was remembered under *key*, if it is still fresh."""
        return cast(bytes | None, await self.thread.send(lambda session: session.recall(key)))

    async def remember(self, key: str, value: bytes, ttl_s: float) -> None:
        """Keep *value* for *ttl_s* seconds, in later runs too; written with the next batch."""
        await self.thread.send(lambda session: session.remember(key, value, ttl_s))

    # --- what is remembered of documents, sources and hosts: by this machine's clock here, by the store's there

    async def states(self, query: Callable[[Connection], Iterable[S]]) -> list[S]:
        """Return the states that *query* finds in the store, by this machine's clock."""
        ahead = self.session.database.ahead
        return [shifted(state, -ahead) for state in await self.read(query)]

    async def record(self, *states: State) -> None:
        """Write states; on disk when this returns."""
        kept = [shifted(state, self.session.database.ahead) for state in states]
        await self.thread.send(lambda session: session.record_states(kept))

    async def document(self, url: str, source: str = "") -> DocumentState | None:
        """Return what the last polls of the document at *url* (as requested) said; None where it was never polled.

        Two sources may name one document: *source* is told of its own polls, or else of another's.
        """
        states = await self.states(lambda connection: filter(None, [document_of(connection, url, source)]))
        return next(iter(states), None)

    async def documents(self, urls: Sequence[str]) -> dict[str, DocumentState]:
        """Return the states of those of *urls* that were polled before."""
        states = await self.states(lambda connection: read_states(connection, DocumentState, urls).values())
        return {state.url: state for state in states}

    async def documents_of(self, source: str) -> list[DocumentState]:
        """Return all documents that were polled for *source*, the one that is due first before the others."""
        return await self.states(lambda connection: documents_of(connection, source))

    async def due_sources(self, names: Collection[str], now: datetime) -> dict[str, int]:
        """Return those of the sources *names* of which something is due at *now*, and since when.

        In seconds since 1970; one that was never polled is due since 0.
        """
        due: dict[str, int | None] = {}

        def keep(rows: Iterable[tuple[str, int | None]]) -> None:
            for name, since in rows:
                if name in names:
                    due[name] = min(filter(None, (since, due.get(name))), default=None)

        await self.read_due(keep, now)
        return dict.fromkeys({*names} - due.keys(), 0) | {name: at for name, at in due.items() if at is not None}

    async def read_due(self, keep: Callable[[Iterable[tuple[str, int | None]]], None], now: datetime) -> None:
        """Hand what :func:`newscrawl.store.schedule.rows.due_sources` finds at *now* to *keep*, on another thread."""
        moment = now + self.session.database.ahead
        await self.read(lambda connection: keep(due_sources(connection, moment)))

    async def next_polls(self) -> dict[str, datetime]:
        """Return when each source has its next document due; sources that were never polled are missing."""
        ahead = self.session.database.ahead
        return {source: moment - ahead for source, moment in (await self.read(next_polls)).items()}

    async def record_poll(self, *states: DocumentState) -> None:
        """Record the outcome of polls; on disk when this returns. Call it after what the documents named is pending."""
        await self.record(*states)

    async def source(self, name: str) -> SourceState | None:
        """Return how the source *name* fared in earlier runs; None where there was none."""
        states = await self.states(lambda connection: read_states(connection, SourceState, [name]).values())
        return next(iter(states), None)

    async def record_source(self, *states: SourceState) -> None:
        """Record how sources fared; on disk when this returns."""
        await self.record(*states)

    async def host(self, host: str) -> HostState | None:
        """Return what *host* asked of us, in earlier runs too; None where it asked nothing."""
        states = await self.states(lambda connection: read_states(connection, HostState, [host]).values())
        return next(iter(states), None)

    async def record_host(self, *states: HostState) -> None:
        """Record what hosts asked of us; on disk when this returns."""
        await self.record(*states)

    async def rest_host(self, host: str, run_id: str, until: datetime, *, keep_tries: bool) -> dict[str, int]:
        """Let the URLs of *host* that the run *run_id* leaves behind rest until then; return how many by source.

        *keep_tries*: the try of those that met a wall in this run does not count.
        """
        moment = int((until + self.session.database.ahead).timestamp())
        return cast(
            dict[str, int], await self.thread.send(lambda session: session.rest_host(host, run_id, moment, keep_tries))
        )

    async def resting_hosts(self, now: datetime) -> frozenset[str]:
        """Return the hosts that said in an earlier run how long to wait, which is not over."""
        now += self.session.database.ahead
        return await self.read(lambda connection: resting_hosts(connection, now, [str(Reason.RATE_LIMITED)]))

    async def published(self, after: int = 0) -> list[PublishedFile]:
        """Return the article files that were published after number *after*, in order."""
        return cast(list[PublishedFile], await self.thread.send(lambda session: session.published(after)))

    async def read(self, query: Callable[[Connection], T]) -> T:
        """Return what *query* finds in the store."""
        return cast(T, await self.thread.send(lambda session: session.read(query)))

    # --- the end

    def figures(self) -> dict[str, Figures]:
        """Return what became of each source's URLs so far."""
        return figures_of(self.session.output.counters.copy())

    async def publish(self, report: Mapping[str, Any], why: str | None = None) -> Path | None:
        """Give the run's files their names and write the manifest; return the article file, if there is one.

        *why*: what interrupted the run. Raises what stopped the store in mid-run, after the manifest was tried.
        """
        reason = why or (str(self.thread.failed) if self.thread.failed else None)
        failed, self.thread.failed = self.thread.failed, None
        path = cast(
            Path | None, await self.thread.send(lambda session: session.publish(report, reason, failed is None))
        )
        if failed:
            self.thread.failed = failed
            raise failed
        return path

    async def close(self) -> None:
        """Stop the thread. What was not published stays for the next run to recover."""
        await self.thread.close()

"""The part of a session that has to do with sources: which are ours, what waits of them, what is fetched next."""

from __future__ import annotations

import time
from abc import abstractmethod
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection

from newscrawl.discovery.candidate import Candidate
from newscrawl.outcomes import Reason
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.postgres import LockName
from newscrawl.store.counters import DISCOVERED, RESUMED, Counters, add_counters
from newscrawl.store.frontier import rows as frontier
from newscrawl.store.frontier.discovery import Bounds, discover
from newscrawl.store.frontier.locks import choose, lock_hosts, lock_name, owners_of, take
from newscrawl.store.frontier.visits import Revisits, add_due, sources_due, visit_of
from newscrawl.store.frontier.visits import rows_of as visits_of
from newscrawl.store.index.stories import StoryIndex
from newscrawl.store.keys import key_hash
from newscrawl.store.messages import Claims, Discovered, Pending, Run, Want
from newscrawl.store.output.lease import SHARED_RENEW_S
from newscrawl.store.output.run_output import RunOutput
from newscrawl.store.policy import Policy
from newscrawl.store.recent_hashes import RecentHashes
from newscrawl.store.recovery import recover_run

READ_AHEAD = 64  # rows of a source that are read at once


def parts(wants: Sequence[Want], size: int) -> Iterator[Sequence[Want]]:
    """Cut *wants* into parts, the first of *size*, and each further one twice as large as the one before."""
    start = 0
    while start < len(wants):
        yield wants[start : start + size]
        start, size = start + size, 2 * size


class SourceWork:
    """The sources of one run."""

    database: Database
    folder: Path
    run: Run
    policy: Policy
    stories: StoryIndex
    revisits: Revisits
    output: RunOutput
    queues: dict[str, deque[Pending]]
    sources: set[str]
    bounds: dict[str, Bounds]
    named: RecentHashes
    in_flight: dict[int, str]
    ended: RecentHashes
    hosts: set[str]
    others_hosts: set[str]
    reach = 0
    """Sources that the last claim looked at until it had enough."""

    @property
    @abstractmethod
    def now(self) -> int:
        """Seconds since 1970, by the store's clock."""

    @abstractmethod
    def write(self, *, lock: LockName | None = "writers") -> AbstractContextManager[Connection]:
        """Open a transaction of this run."""

    def claim(self, wants: Sequence[Want], most: int) -> Claims:
        """Take up to *most* of *wants* for this run, in their order; those behind them are not looked at."""
        taken, holders = self.claim_free(wants, most)
        dead = {owner for owner in {*holders.values()} if not self.seems_alive(owner) and self.recover_owner(owner)}
        if dead:
            again = [want for want in wants if holders.get(want.source) in dead]
            more, still = self.claim_free(again, most - len(taken))
            left = {source: owner for source, owner in holders.items() if owner not in dead}
            taken, holders = [*taken, *more], left | still
        return Claims(tuple(taken), holders)

    def claim_free(self, wants: Sequence[Want], most: int) -> tuple[list[str], dict[str, str]]:
        """Take what no run has; return the sources taken, and of those before the last of them who has the others.

        What a source has waiting is taken over in a transaction of its own, since most have nothing: other claims wait
        for this one, and this one for no run that writes stories.
        """
        taken: dict[str, Want] = {}
        holders: dict[str, str] = {}
        with self.write(lock="claims") as connection:
            for part in parts(wants, max(2 * most, self.reach)):
                choose(connection, self.run.id, part, most, self.hosts_of, taken, holders)
                if len(taken) >= most:
                    break
            self.reach = len(taken) + len(holders)
            fresh = [want for want in taken.values() if want.source not in self.sources]
            locked = {host for want in taken.values() for host in self.hosts_of(want)} - self.hosts
            waiting = take(connection, self.run.id, [want.source for want in fresh], locked, self.now)
        self.bound(fresh)
        if waiting:
            self.take_over([want for want in fresh if want.source in waiting])
        for want in fresh:
            self.sources.add(want.source)
            self.queues[want.source] = deque()
        self.hosts |= locked
        return list(taken), holders

    @cached_property
    def alive_until(self) -> dict[str, float]:
        """Until when other runs are believed to live without another look, by this process's monotonic clock."""
        return {}

    def seems_alive(self, run_id: str) -> bool:
        """Tell whether the run *run_id* was alive when it was last looked at, a moment ago; a look is four questions.

        Where machines share the store, a worker meets what the others have in each of its claims.
        """
        return self.database.is_shared and time.monotonic() < self.alive_until.get(run_id, 0.0)

    def hosts_of(self, want: Want) -> set[str]:
        """Return the hosts that *want* needs for this run alone, by their lock names."""
        return {*map(lock_name, want.hosts)} if self.database.is_shared else set()

    def bound(self, wants: Sequence[Want]) -> None:
        """Set the bounds of sources that are ours now."""
        for want in wants:
            self.bounds[want.source] = (frontier.seconds(want.since), frontier.seconds(want.until))
            self.revisits.settled.update([] if want.revisit else [want.source])
            if want.limit is not None:
                self.output.limits[want.source] = want.limit

    def take_over(self, wants: Sequence[Want]) -> None:
        """Count what earlier runs left of sources that are ours now, and what is to be looked at again."""
        counters: Counters = Counter()
        alike: defaultdict[Bounds, list[str]] = defaultdict(list)
        for want in wants:
            alike[self.bounds[want.source]].append(want.source)
        with self.write() as connection:
            for bounds, names in alike.items():
                resumed = frontier.claim_rows(connection, self.run.id, names, self.now, bounds)
                counters.update({(name, RESUMED, ""): count for name, count in resumed.items()})
            for name in sources_due(connection, [want.source for want in wants], self.now):
                counters[name, DISCOVERED, ""] += add_due(connection, self.run.id, name, self.revisits, self.now)
            add_counters(connection, self.run.id, counters)
        self.output.counters.update(counters)

    def recover_owner(self, run_id: str) -> bool:
        """Complete the run *run_id* if its process is gone."""
        if gone := recover_run(self.database, self.folder, self.stories, run_id, self.now, step=self.policy.step):
            with self.database.write() as connection:  # a lock may outlive its run's row, but not by our doing
                frontier.unlock(connection, run_id)
        else:
            self.alive_until[run_id] = time.monotonic() + SHARED_RENEW_S
        return gone

    def discover(
        self,
        source: str,
        candidates: Sequence[Candidate],
        skip: Reason | None,
        *,
        again: bool = False,
        recovered: bool = False,
    ) -> Discovered:
        """Make the new ones of *candidates* pending; see :func:`newscrawl.store.frontier.discovery.discover`."""
        if source not in self.sources and (holders := self.claim([Want(source)], 1).holders):
            raise ValueError(f"{source} is locked by run {holders[source]}")
        by_hash = frontier.keyed(candidates)
        counters: Counters = Counter()
        with self.write() as connection:
            bounds = self.bounds.get(source, (None, None))
            what = (self.run.id, source, by_hash, skip, counters, self.now, bounds, self.named)
            discovered, owners = discover(connection, *what, again=again, revisits=self.revisits)
            add_counters(connection, self.run.id, counters)
        self.output.counters.update(counters)
        self.named.update(by_hash)
        self.queues[source] = deque()  # what was read ahead may be less urgent than what came
        dead = [owner for owner in owners if self.recover_owner(owner)]
        if dead and not recovered:  # their rows are free now: adopt them
            adopted = self.discover(source, candidates, skip, again=again, recovered=True)
            return Discovered(discovered.new, discovered.known, adopted.waiting)
        return discovered

    def take(self, number: int) -> list[Pending]:
        """Return the next URLs to fetch, one of each source in turn; not more than the limits let be written."""
        taken: list[Pending] = []
        planned = self.output.written + Counter(self.in_flight.values())
        full: dict[str, deque[Pending]] = {}
        while len(taken) < number and self.queues:
            source = next(iter(self.queues))
            queue = self.queues.pop(source)
            if not self.output.has_free_slot(source, planned):
                full[source] = queue
                continue
            queue = queue or self.read_ahead(source)
            if queue:
                self.queues[source] = queue  # to the end: the others' turn
                pending = queue.popleft()
                key = key_hash(pending.key)
                if key not in self.ended:
                    self.in_flight[key] = source
                    planned[source] += 1
                    taken.append(pending)
        self.queues |= full
        return taken

    def read_ahead(self, source: str) -> deque[Pending]:
        """Read the next rows of *source*; none when all that it has are under way, or on hosts that others ask."""
        while True:
            limit = READ_AHEAD + sum(taken == source for taken in self.in_flight.values())
            with self.database.read() as connection:
                rows = frontier.next_rows(connection, self.run.id, source, limit, self.others_hosts)
                rows = [row for row in rows if row.hash not in self.in_flight]
                looks = {key: visit_of(row) for key, row in visits_of(connection, [row.hash for row in rows]).items()}
            kept = [row for row in rows if self.may_ask({row.host for row in rows}, row.host)]
            if kept or not rows:
                return deque(frontier.pending_of(row, looks.get(row.hash)) for row in kept)

    def may_ask(self, hosts: set[str], host: str) -> bool:
        """Tell whether *host* is this run's to ask; where that is not known, it is settled for all *hosts* at once."""
        if not self.database.is_shared:
            return True
        if host not in self.others_hosts and lock_name(host) not in self.hosts:
            unknown = {name for name in hosts if name not in self.others_hosts}
            names = {*map(lock_name, unknown)}
            with self.write(lock="claims") as connection:
                lock_hosts(connection, self.run.id, names)
                _, owners = owners_of(connection, (), names)
            self.hosts |= {name for name, owner in owners.items() if owner == self.run.id}
            self.others_hosts |= {name for name in unknown if lock_name(name) not in self.hosts}
        return host not in self.others_hosts

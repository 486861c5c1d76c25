"""The site memory: what pages showed of the template of their site."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, func, select

from newscrawl.extraction import Observation
from newscrawl.store.backend.schema import observations
from newscrawl.store.backend.statements import listed
from newscrawl.store.frontier.rows import chunks

KEPT = 24  # observations of a site, some 2 kB each


LAST = (
    select(observations.c.site, func.max(observations.c.position))
    .where(observations.c.site.in_(listed("sites")))
    .group_by(observations.c.site)
)
BEYOND = delete(observations).where(
    observations.c.site == bindparam("of"), observations.c.position <= bindparam("beyond")
)
SITES = 256  # whose observations are cached, some 50 kB each


class SiteMemoryCache:
    """The memory of the sites that are being crawled, so that no page waits for a transaction to read it."""

    def __init__(self) -> None:
        self.of_site: OrderedDict[str, tuple[Observation, ...]] = OrderedDict()

    def get(self, site: str) -> tuple[Observation, ...] | None:
        """Return the observations of *site*, the oldest first; None where they must be read."""
        if site in self.of_site:
            self.of_site.move_to_end(site)
        return self.of_site.get(site)

    def begin(self, site: str, known: tuple[Observation, ...]) -> tuple[Observation, ...]:
        """Cache what was read, unless *site* is cached by now; the site used longest ago is dropped."""
        known = self.of_site.setdefault(site, known)
        if len(self.of_site) > SITES:
            self.of_site.popitem(last=False)
        return known

    def add(self, site: str, observation: Observation) -> None:
        """Add an observation as :func:`add_observations` does; nothing where *site* is not cached."""
        if site in self.of_site:
            self.of_site[site] = (*self.of_site[site], observation)[-KEPT:]


def add_observations(connection: Connection, fresh: Mapping[str, Sequence[bytes]]) -> None:
    """Remember *fresh* observations of each site, the oldest first; the oldest beyond :data:`KEPT` go."""
    newest: dict[str, int] = {}
    for part in chunks(fresh):
        newest.update((site, last) for site, last in connection.execute(LAST, {"sites": part}))
    rows, oldest = [], []
    for site, values in fresh.items():
        last = newest.get(site, 0) + len(values)
        rows += [{"site": site, "position": last - step, "value": value} for step, value in enumerate(reversed(values))]
        oldest.append({"of": site, "beyond": last - KEPT})
    if rows:
        connection.execute(observations.insert(), rows)
        connection.execute(BEYOND, oldest)


def read_observations(connection: Connection, site: str) -> tuple[Observation, ...]:
    """Return what is remembered of *site*, the oldest first; what an older version wrote is passed over."""
    values = connection.scalars(
        select(observations.c.value).where(observations.c.site == site).order_by(observations.c.position)
    )
    remembered = []
    for value in values:
        try:
            remembered.append(Observation.from_bytes(value))
        except ValueError:
            continue
    return tuple(remembered)

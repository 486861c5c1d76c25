"""What is remembered of sites, and small notes such as robots.txt."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, func, select

from newscrawl.extraction import Observation
from newscrawl.store.backend.schema import notes, observations
from newscrawl.store.backend.statements import listed, upsert
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
SITES = 256  # whose observations are at hand, some 50 kB each


class Lessons:
    """What pages taught of the sites that are being crawled, so that no page waits for a transaction to be read."""

    def __init__(self) -> None:
        self.of_site: OrderedDict[str, tuple[Observation, ...]] = OrderedDict()

    def get(self, site: str) -> tuple[Observation, ...] | None:
        """Return what is known of *site*, the oldest first; None where the store must be asked."""
        if site in self.of_site:
            self.of_site.move_to_end(site)
        return self.of_site.get(site)

    def begin(self, site: str, known: tuple[Observation, ...]) -> tuple[Observation, ...]:
        """Keep what the store answered, unless it is at hand by now; the site asked for longest ago goes."""
        known = self.of_site.setdefault(site, known)
        if len(self.of_site) > SITES:
            self.of_site.popitem(last=False)
        return known

    def add(self, site: str, lesson: Observation) -> None:
        """Add what the store is being told, as :func:`add_observations` does; of a site not at hand, nothing."""
        if site in self.of_site:
            self.of_site[site] = (*self.of_site[site], lesson)[-KEPT:]


def add_observations(connection: Connection, lessons: Mapping[str, Sequence[bytes]]) -> None:
    """Remember *lessons* of each site, the oldest first; the oldest beyond :data:`KEPT` go."""
    newest: dict[str, int] = {}
    for part in chunks(lessons):
        newest.update((site, last) for site, last in connection.execute(LAST, {"sites": part}))
    rows, oldest = [], []
    for site, values in lessons.items():
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


def read_note(connection: Connection, key: str, now: int) -> bytes | None:
    value = connection.scalar(select(notes.c.value).where(notes.c.key == key, notes.c.expires_at > now))
    return None if value is None else bytes(value)


def write_notes(connection: Connection, fresh: Mapping[str, tuple[bytes, int]]) -> None:
    """Keep notes (value, expires_at) by their keys."""
    if fresh:
        rows = [{"key": key, "value": value, "expires_at": expires} for key, (value, expires) in fresh.items()]
        connection.execute(upsert(connection.dialect.name, notes), rows)


def expire_notes(connection: Connection, now: int) -> None:
    connection.execute(delete(notes).where(notes.c.expires_at <= now))

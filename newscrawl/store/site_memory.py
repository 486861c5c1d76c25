"""The site memory on disk: what pages showed of the template of their site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, func, select

from newscrawl.extraction import Observation
from newscrawl.extraction.learned.site_memory import OBSERVATIONS
from newscrawl.store.backend.schema import observations
from newscrawl.store.backend.statements import listed
from newscrawl.store.frontier.rows import chunks

LAST = (
    select(observations.c.site, func.max(observations.c.position))
    .where(observations.c.site.in_(listed("sites")))
    .group_by(observations.c.site)
)
BEYOND = delete(observations).where(
    observations.c.site == bindparam("of"), observations.c.position <= bindparam("beyond")
)


def add_observations(connection: Connection, fresh: Mapping[str, Sequence[bytes]]) -> None:
    """Remember *fresh* observations of each site, the oldest first; the oldest beyond :data:`OBSERVATIONS` go."""
    newest: dict[str, int] = {}
    for part in chunks(fresh):
        newest.update((site, last) for site, last in connection.execute(LAST, {"sites": part}))
    rows, oldest = [], []
    for site, values in fresh.items():
        last = newest.get(site, 0) + len(values)
        rows += [{"site": site, "position": last - step, "value": value} for step, value in enumerate(reversed(values))]
        oldest.append({"of": site, "beyond": last - OBSERVATIONS})
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

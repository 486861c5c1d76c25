"""What is remembered of sites at once: the newest observations of each, of the sites that were met last."""

from __future__ import annotations

from collections import OrderedDict

from newscrawl.extraction.learned.memory import Observation

OBSERVATIONS = 24
"""Kept of a site, the newest, some 3 kB each: boilerplate that has left a site's template is forgotten with them."""

SITES = 1_000
"""Kept in memory, some 70 kB each."""


class SiteMemory:
    """The memory of the sites of a crawl or an archive."""

    def __init__(self) -> None:
        self._sites: OrderedDict[str, tuple[Observation, ...]] = OrderedDict()

    def get(self, site: str) -> tuple[Observation, ...] | None:
        """Return the observations of *site*, the oldest first; None where it is not in memory."""
        if site in self._sites:
            self._sites.move_to_end(site)
        return self._sites.get(site)

    def begin(self, site: str, known: tuple[Observation, ...] = ()) -> tuple[Observation, ...]:
        """Remember *site* with what is *known* of it, unless it is in memory by now; the one used longest ago goes."""
        known = self._sites.setdefault(site, known)
        if len(self._sites) > SITES:
            self._sites.popitem(last=False)
        return known

    def add(self, site: str, *observations: Observation) -> None:
        """Add *observations* of *site*; nothing where it is not in memory."""
        if site in self._sites:
            self._sites[site] = (*self._sites[site], *observations)[-OBSERVATIONS:]

"""Takes the sources of a run, a few at a time: where machines share the work, each takes what it can do next."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from itertools import islice
from urllib.parse import urlsplit

from newscrawl.arguments import with_scheme
from newscrawl.sources.source import Source
from newscrawl.store import Store, Want

AT_ONCE = 8  # sources: what a worker takes too early, another one waits for
NAMED = 1000  # sources of other runs, in the manifest
WINDOW = 500  # sources that are looked through for free ones in one transaction


async def claimed(
    sources: Iterable[Source], store: Store, *, revisit: bool, refresh: Callable[[], Awaitable[None]]
) -> AsyncIterator[tuple[Source, str | None]]:
    """Yield each of *sources* when it is this run's, or with the run that has it, in their order.

    Of those that other runs have, the first :data:`NAMED` alone.

    *revisit*: known articles may be looked at again. *refresh* is called after each batch: what other machines have
    learned of hosts meanwhile counts from then on.
    """
    most = AT_ONCE if store.is_shared else WINDOW
    held = 0
    behind = iter(sources)
    waiting = [*islice(behind, WINDOW)]
    while waiting:
        wants = [want_of(source, revisit=revisit) for source in waiting]
        claims = await store.claim_next(wants, most)
        if store.is_shared:
            await refresh()
        left = []
        for source in waiting:
            if source.name in claims.taken:
                yield source, None
            elif (holder := claims.holders.get(source.name)) is not None:
                held += 1
                if held <= NAMED:
                    yield source, holder
            else:
                left.append(source)
        waiting = [*left, *islice(behind, WINDOW - len(left))]


def want_of(source: Source, *, revisit: bool) -> Want:
    """Return what the store is asked for *source*."""
    hosts = {urlsplit(with_scheme(url)).netloc for url in source.urls} - {""}
    return Want(source.name, source.since, source.limit, source.revisit and revisit, tuple(sorted(hosts)), source.until)

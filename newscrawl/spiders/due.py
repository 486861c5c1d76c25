"""What of a sites file is polled in this run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial

from newscrawl.discovery.source import DocumentRequest, SourceDiscovery, purpose_of
from newscrawl.schedule.polls import PROBE
from newscrawl.schedule.together import with_company
from newscrawl.sources.catalogue import Catalogue
from newscrawl.sources.source import Source
from newscrawl.store import DocumentState, Store

EARLY = timedelta(minutes=2)  # a run is some seconds early at times: what is due meanwhile would wait for the next one


async def due_sources(sources: Sequence[Source], store: Store, now: datetime) -> Callable[[], Iterable[Source]]:
    """Return what gives those of *sources* that a person named for this run, and those of which something is due.

    Where machines share the work, those that have been due for longest come first, whichever machine gets to them.
    """
    if isinstance(sources, Catalogue):
        if not sources.scheduled:
            return lambda: sources
        await store.read_due(partial(sources.keep_due, by_time=store.is_shared), now + EARLY)
        return sources.due
    scheduled = {source.name for source in sources if source.scheduled}
    due = await store.due_sources(scheduled, now + EARLY) if scheduled else {}
    chosen = [source for source in sources if not source.scheduled or source.listed or source.name in due]
    if store.is_shared:
        chosen.sort(key=lambda source: due.get(source.name, 0))
    return lambda: chosen


def due_documents(
    source: Source, discovery: SourceDiscovery, states: Iterable[DocumentState], now: datetime
) -> list[DocumentRequest] | None:
    """Return the requests for the documents of *source* that are due, and for those that are polled with them.

    None: it is to be explored from its URLs.

    The others are left out of this run, whatever names them; usual paths that gave nothing are for every source.
    """
    due: list[DocumentState] = []
    resting: list[DocumentState] = []
    for state in states:
        (due if state.next_poll is None or state.next_poll <= now + EARLY else resting).append(state)
    probes = [state for state in resting if state.kind == PROBE]
    known = [state for state in (*due, *resting) if state.kind != PROBE]
    if not source.scheduled or not known:
        discovery.leave_out(state.url for state in probes)
        return None
    due = with_company((state for state in due if state.kind != PROBE), resting)
    asked = {state.url for state in due}
    discovery.leave_out(state.url for state in resting if state.url not in asked)
    return [request for state in due if (request := discovery.request(request_of(state, discovery)))]


def request_of(state: DocumentState, discovery: SourceDiscovery) -> DocumentRequest:
    """Return the request for a document that was polled before: of a seed as such, of others by their kind."""
    if state.url in discovery.urls or state.url.rstrip("/") in discovery.urls:
        return DocumentRequest(state.url, "seed", given=state.url)
    return DocumentRequest(state.url, purpose_of(state.kind), 1)

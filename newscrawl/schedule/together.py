"""Which documents of a source are polled together, and which of them a story is counted for.

A feed, a sitemap and a home page name mostly the same stories. The one that is quickest to ask counts them, so that
the others learn that they bring nothing of their own, and are rarely asked.
"""

from __future__ import annotations

from collections.abc import Iterable

from newscrawl.schedule.learned import Learned
from newscrawl.store.schedule.states import DocumentState

RANKS = {"feed": 0, "news-sitemap": 1, "sitemap": 2}
LAST = 3  # pages of links, indexes of sitemaps
MUCH = 2.0  # of two documents of one kind, the one that brings so many times what the other does comes along


def in_order(states: Iterable[DocumentState]) -> list[DocumentState]:
    """Return *states*, the one that counts a story which several of them name before the others."""
    return sorted(states, key=lambda state: (rank(state), -brought(state)))


def with_company(due: Iterable[DocumentState], others: Iterable[DocumentState]) -> list[DocumentState]:
    """Return *due* and those of the *others* that are to be polled with them, in order.

    A document of a lower kind never goes without those of a higher one, nor one that brings little without one of its
    kind that brings much: it would count what they name, too, only since it came first.
    """
    due = list(due)
    company = [other for other in others if not other.failures and any(is_led_by(state, other) for state in due)]
    return in_order([*due, *company])


def is_led_by(state: DocumentState, other: DocumentState) -> bool:
    """Tell whether *state* is not polled without *other*."""
    if rank(state) != rank(other):
        return rank(other) < rank(state)
    return rank(state) < LAST and brought(other) > MUCH * (brought(state) + 1)


def rank(state: DocumentState) -> int:
    """Return where its kind stands in the order."""
    return RANKS.get(state.kind, LAST)


def brought(state: DocumentState) -> float:
    """Return how many stories a document brought in the last weeks."""
    rhythm = Learned.read(state.learned).rhythm
    return rhythm.stories if rhythm is not None else 0.0

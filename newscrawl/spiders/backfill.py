"""Remembers how far the walk through an archive has come, over several runs."""

from __future__ import annotations

from newscrawl.discovery import Document
from newscrawl.discovery.source import DocumentRequest
from newscrawl.sources.source import Source
from newscrawl.store import Store

KEPT_S = 7 * 86400.0  # a backfill that is taken up later reads the parts of its index once more


class Backfill:
    """Of a source with ``until=``, the sitemaps whose stories are all pending or done: a later run leaves them out.

    Otherwise a run whose budget of documents ends would begin with the same ones each time.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    async def has_read(self, request: DocumentRequest, source: Source) -> bool:
        """Tell whether an earlier run of the same backfill took in all that the sitemap names."""
        if source.until is None or request.purpose != "sitemap":
            return False
        return await self.store.recall(key_of(request, source)) is not None

    async def note(self, request: DocumentRequest, document: Document, source: Source) -> None:
        """Remember a sitemap that was taken in; an index is read again, since it names the others."""
        whole = document.kind in ("sitemap", "news-sitemap") and not document.is_cut_off
        if source.until is not None and request.purpose == "sitemap" and whole:
            await self.store.remember(key_of(request, source), b"1", KEPT_S)


def key_of(request: DocumentRequest, source: Source) -> str:
    """Return the name of the note; another time is another backfill, an age moves with each run."""
    since = source.since.date().isoformat() if source.since else ""
    until = source.until.date().isoformat() if source.until else ""
    return f"backfill {since} {until} {request.url}"

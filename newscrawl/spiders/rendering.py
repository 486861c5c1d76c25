"""Which pages a browser draws: all of a source, or those that show nothing without their scripts."""

from __future__ import annotations

from collections.abc import Mapping

from scrapy.http import Response

from newscrawl.discovery import Document
from newscrawl.downloads.browser import RENDER
from newscrawl.items import Article
from newscrawl.outcomes import Reason, Rejection, Unmodified
from newscrawl.sources.source import Source
from newscrawl.spiders.hosts import host_of
from newscrawl.store import Pending, Store

REMEMBERED_S = 14 * 86400
"""How long it is known that a site's pages are to be drawn; then the first of them is tried without."""

SHELLS = (Reason.NEEDS_JAVASCRIPT, Reason.EMPTY)


class Rendering:
    """Chooses the pages that a browser draws, and remembers by host where it was needed."""

    def __init__(self, store: Store, sources: Mapping[str, Source]) -> None:
        self.store = store
        self.sources = sources
        self.needed: dict[str, bool] = {}
        """Hosts that were met."""

    async def is_wanted(self, pending: Pending) -> bool:
        """Tell whether *pending* is to be drawn at once."""
        mode = self.mode_of(pending)
        return mode == "always" or (mode == "auto" and await self.is_needed(host_of(pending.candidate.url)))

    def mode_of(self, pending: Pending) -> str | None:
        """Return what the source of *pending* says of its pages."""
        source = self.sources.get(pending.source)
        return source.render if source is not None else None

    async def is_needed(self, host: str) -> bool:
        """Tell whether pages of *host* showed nothing before they were drawn, in earlier runs too."""
        if host not in self.needed:
            self.needed[host] = await self.store.recall(f"render:{host}") is not None
        return self.needed[host]

    def is_shell(self, result: Article | Rejection | Unmodified, pending: Pending, response: Response) -> bool:
        """Tell whether the page is to be asked for once more and drawn."""
        return (
            self.mode_of(pending) is not None
            and isinstance(result, Rejection)
            and result.reason is Reason.NEEDS_JAVASCRIPT
            and not is_drawn(response)
        )

    def is_shell_of_links(
        self, source: Source, document: Document, result: Article | Rejection | None, response: Response
    ) -> bool:
        """Tell whether a page of links is to be asked for once more and drawn; *result*: what it is as an article."""
        if source.render is None or is_drawn(response) or document.kind not in ("page", "other"):
            return False
        if source.render == "always":
            return True
        return not document.candidates and isinstance(result, Rejection) and result.reason in SHELLS

    async def note(self, response: Response, url: str) -> None:
        """Remember that a page of the host of *url* had to be drawn, and showed something then."""
        host = host_of(url)
        if is_drawn(response) and not await self.is_needed(host):
            self.needed[host] = True
            await self.store.remember(f"render:{host}", b"1", REMEMBERED_S)


def is_drawn(response: Response) -> bool:
    """Tell whether a browser drew the page of *response*."""
    return bool(response.meta.get(RENDER))

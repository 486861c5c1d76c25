"""Rules for the pages of a site that no selector reads: its date stands in its address, its text in an attribute."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from newscrawl.sites import Site, SitePage


class Gazette(Site):
    """The Gazette's pages are drawn by a script from what their elements carry."""

    hosts = "gazette.example"
    title = "[data-head]::attr(data-head)"
    authors = ".desk"

    def body(self, page: SitePage) -> list[str]:
        """Return the paragraphs, which stand in attributes."""
        return page.css("[data-text]::attr(data-text)").getall()

    def published_at(self, page: SitePage) -> datetime | None:
        """Return the moment in the address, which counts seconds since 1970."""
        found = re.search(r"/s(\d{10})/", page.url)
        return datetime.fromtimestamp(int(found[1]), UTC) if found else None

    def is_article(self, page: SitePage) -> bool:
        """Tell an article by its head."""
        return bool(page.css("[data-head]"))

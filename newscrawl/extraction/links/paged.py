"""An article in several pages, as one of them shows it; all that the main process has to know of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from newscrawl.items import Article
from newscrawl.urls import url_key


@dataclass(frozen=True, slots=True)
class Pager:
    """The pages of one article, as one of them names them."""

    number: int
    """As the address counts: of this page; -1 for an address without a number, which is the first."""

    first: str | None = None
    """The first page; None where this is it."""

    others: tuple[tuple[int, str], ...] = ()
    """Number and URL of the other pages that are linked, in their order."""

    whole: str | None = None
    """The page that shows all of it."""

    def names(self, url: str) -> bool:
        """Tell whether *url* is among the pages."""
        key = url_key(url)
        return any(url_key(other) == key for _, other in self.others) or bool(self.first and url_key(self.first) == key)


@dataclass(kw_only=True, slots=True)
class PagedArticle(Article):
    """One page of an article in several; what makes it a record is the text of all of them."""

    pager: Pager = field(default_factory=lambda: Pager(-1), repr=False)

"""What a person writes where the pages of a site need more than selectors in a sites file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

Rule = str | Sequence[str] | Callable[..., Any] | None
"""A selector (CSS, or XPath where it begins with ``/``, ``./`` or ``(``), several of which the first that finds
something counts, or a method that takes a :class:`~newscrawl.sites.SitePage`."""


class Site:
    """The rules of one site. A subclass sets those that it needs; one that finds nothing leaves the field as it was.

    >>> class Gazette(Site):
    ...     hosts = "gazette.example"
    ...     title = "h1.headline"
    ...     body = ["div.story", "article"]
    ...     def published_at(self, page):
    ...         return page.css("time::attr(datetime)").get()
    """

    hosts: ClassVar[str | Sequence[str]] = ()
    """Names of hosts; those below them are meant too."""

    remove: Rule = None
    """Elements that are no part of the body; selectors only."""

    title: Rule = None
    body: Rule = None
    """Elements whose blocks are the paragraphs; a function may return the text too, or a list of paragraphs."""

    published_at: Rule = None
    """A date in any spelling; of an element its ``datetime`` or ``content``, else its text."""

    authors: Rule = None
    related_links: Rule = None
    """Links, or elements with links in them; a function may return pairs of URL and title."""

    is_article: Rule = None
    """Something that only articles have; a function may return False too: this is none."""

    next_page: Rule = None
    """The links to the other pages of an article in several."""

    cookies: ClassVar[Mapping[str, str]] = {}
    """Sent to the site with each request."""

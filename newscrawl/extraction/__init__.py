"""One page of bytes to one article: title, body, dates, authors and related links, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence

from newscrawl.extraction.learned.memory import Observation, repeated
from newscrawl.extraction.page import Page
from newscrawl.items import Article
from newscrawl.outcomes import Rejection
from newscrawl.urls import site_of

__all__ = ["Observation", "Page", "extract", "memory_key", "repeated", "warm"]


def extract(page: Page, url: str, memory: Sequence[Observation] = ()) -> tuple[Article | Rejection, Observation | None]:
    """Return the article of *page*, or why it is none, and what its site's memory should keep of it.

    Pure, and never raises for any bytes. *memory* is what earlier pages of the same ``memory_key`` gave.
    """
    from newscrawl.extraction.reading import as_article, read_page  # trafilatura: only workers need it

    reading = read_page(page, url, memory)
    if isinstance(reading, Rejection):
        return reading, None
    result = as_article(reading, page)
    return result, None if isinstance(result, Rejection) else reading.observation


def memory_key(url: str) -> str:
    """Return under which name what *url*'s site teaches is kept: its registrable domain, on shared hosts its host."""
    return site_of(url)


def warm() -> None:
    """Do what the first page would else wait for, so that forked workers share it.

    dateparser and the names of months and weekdays are imported and read at the first date that a page tells in words,
    the stop words of a hundred languages at the first page that is searched the thorough way.
    """
    from datetime import UTC, datetime

    from newscrawl.extraction.text.body import find_text  # trafilatura: only workers need it
    from newscrawl.html.parse import parse

    text = b"A sentence of the text, as there are many. " * 40
    top = b'<h1>One</h1><p class="byline">By Ann Lee, Monday 4 May</p><p class="date">3 hours ago</p>'
    page = b"<html><body>" + top + b"<p>" + text + b"</p></body></html>"
    extract(Page(page, fetched_at=datetime(2020, 5, 5, tzinfo=UTC)), "https://a.example/a")
    short = parse("<html><body><div>" + "<p>A few words of <a href=/>a page</a>.</p>" * 9 + "</div></body></html>")
    if short is not None:
        find_text(short, fast=False)

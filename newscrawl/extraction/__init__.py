"""One page of bytes to one article: title, body, dates, authors and related links, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence

import tldextract

from newscrawl.extraction.memory import Observation, repeated
from newscrawl.extraction.page import Page
from newscrawl.extraction.reading import as_article, read_page
from newscrawl.items import Article
from newscrawl.outcomes import Rejection

__all__ = ["Observation", "Page", "extract", "memory_key", "repeated", "warm"]

_DOMAINS = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


def extract(page: Page, url: str, memory: Sequence[Observation] = ()) -> tuple[Article | Rejection, Observation | None]:
    """Return the article of *page*, or why it is none, and what its site's memory should keep of it.

    Pure, and never raises for any bytes. *memory* is what earlier pages of the same ``memory_key`` gave.
    """
    reading = read_page(page, url, memory)
    if isinstance(reading, Rejection):
        return reading, None
    result = as_article(reading, page)
    return result, None if isinstance(result, Rejection) else reading.observation


def memory_key(url: str) -> str:
    """Return under which name what *url*'s site teaches is kept: its registrable domain, on shared hosts its host."""
    found = _DOMAINS(url)
    return found.top_domain_under_public_suffix or found.fqdn or found.domain.lower()


def warm() -> None:
    """Do what the first page would else wait for, so that forked workers share it.

    htmldate imports dateparser at its first call and reads the names of months in 300 languages at the first date that
    no rule of its own reads: three seconds, 50 MB, and a worker that grows so much is replaced after its page.
    """
    from datetime import UTC, datetime

    text = b"A sentence of the text, as there are many. " * 40
    page = b'<html><body><p class="date">13 qwertz yuiop 2019</p><p>' + text + b"</p></body></html>"
    extract(Page(page, fetched_at=datetime(2020, 5, 5, tzinfo=UTC)), "https://a.example/a")

"""The requests of the news spider: for a document, and for a pending article."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from scrapy import Request

from newscrawl.arguments import Source
from newscrawl.discovery.source import DocumentRequest
from newscrawl.downloads.browser import RENDER
from newscrawl.looks import look_headers
from newscrawl.store import Pending

SITEMAP_MAXSIZE = 50 * 1024 * 1024  # bytes: the protocol's own limit
LARGE = re.compile(r"sitemap|\.(?:xml|gz|txt)\b", re.I)  # a seed so spelled may be as large as a sitemap
DISCOVERY_PRIORITY = 10  # before articles: a document names many


def document_request(
    document: DocumentRequest,
    source: Source,
    callback: Callable[..., Any],
    errback: Callable[..., Any],
    *,
    draw: bool = False,
) -> Request:
    """Return the request for a document; the only place where it gets its headers. *draw*: by a browser."""
    large = document.purpose == "sitemap" or LARGE.search(document.url)
    return Request(
        document.url,
        callback,
        errback=errback,
        cb_kwargs={"document": document, "source": source},
        priority=DISCOVERY_PRIORITY,
        dont_filter=True,
        meta={"download_maxsize": SITEMAP_MAXSIZE} if large else ({RENDER: True} if draw else {}),
    )


def article_request(
    pending: Pending, callback: Callable[..., Any], errback: Callable[..., Any], *, draw: bool = False
) -> Request:
    """Return the request for a pending page; Scrapy's own duplicate filter is not asked. *draw*: by a browser."""
    headers = look_headers(pending.earlier) if pending.earlier and not draw else {}
    cb_kwargs = {"pending": pending}
    meta = {RENDER: True} if draw else {}
    return Request(
        pending.candidate.url,
        callback,
        errback=errback,
        cb_kwargs=cb_kwargs,
        headers=headers,
        dont_filter=True,
        meta=meta,
    )

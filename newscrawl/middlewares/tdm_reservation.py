"""Reads a site's own file of what it reserves from text and data mining."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any, Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from newscrawl.discovery.scope import is_home
from newscrawl.extensions.store import any_store
from newscrawl.middlewares.robots import RobotsMiddleware

logger = logging.getLogger(__name__)

PATH = "/.well-known/tdmrep.json"
HEADER = "tdm-reservation"
KEPT_S = 24 * 3600.0  # as robots.txt
WAIT_S = 10.0  # a page does not wait longer for it
MAX_BYTES = 256 * 1024
MAX_RULES = 1000


class TdmReservationMiddleware:
    """Ask a host once for ``/.well-known/tdmrep.json`` and mark the pages that it reserves.

    A page that says nothing itself gets the header ``tdm-reservation: 1`` where the file reserves its path
    (https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/), so that its record has ``ai_opt_out``. The
    file is asked for while the first page is on its way, and kept for a day, in the store too. A host without a
    robots.txt is not asked: it has nothing to say to machines. A file that is missing, broken, too large or slow
    reserves nothing and is no failure. Stats: ``newscrawl/tdm/fetched``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._rules: dict[str, asyncio.Future[Protego]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if is_page(request):
            self._rules_for(request.url)

    async def process_response(self, request: Request, response: Response) -> Response:
        if response.status != 200 or not is_page(request) or HEADER in response.headers:
            return response
        try:
            rules = await asyncio.wait_for(asyncio.shield(self._rules_for(response.url)), WAIT_S)
        except TimeoutError:
            return response
        if not rules.can_fetch(response.url, "*"):
            response.headers[HEADER] = "1"
        return response

    def _rules_for(self, url: str) -> asyncio.Future[Protego]:
        parts = urlsplit(url)
        authority = f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
        if authority not in self._rules:
            self._rules[authority] = asyncio.ensure_future(self._find(authority))
        return self._rules[authority]

    async def _find(self, authority: str) -> Protego:
        store, key = any_store(self.crawler), f"tdmrep:{authority}"
        if store is not None and (kept := await store.recall(key)) is not None:
            return parse_reservations(kept)
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        if robots is not None and robots.obey and not (await robots.rules(authority)).exists:
            return parse_reservations(b"")
        body = await self._fetch(authority + PATH)
        if store is not None and body is not None:
            await store.remember(key, body, KEPT_S)
        return parse_reservations(body or b"")

    async def _fetch(self, url: str) -> bytes | None:
        """Return the file, empty where there is none; None where nobody knows, and the next run may ask again."""
        meta = {"download_maxsize": MAX_BYTES, "download_timeout": WAIT_S, "dont_retry": True}
        request = Request(url, callback=NO_CALLBACK, priority=100, meta=meta)
        assert self.crawler.engine is not None
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value("newscrawl/tdm/fetched")
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # whatever it was, the file did not come
            logger.debug("%s did not come: %s", url, error)
            return None
        if response.status >= 500 or response.status == 429:
            return None
        is_file = response.status == 200 and response.body.lstrip()[:1] in (b"[", b"{")
        return response.body if is_file and len(response.body) <= MAX_BYTES else b""


def is_page(request: Request) -> bool:
    """Tell whether *request* is for a page that may become a record."""
    document: Any = request.cb_kwargs.get("document")
    if document is not None:
        return document.purpose == "seed" and not is_home(document.url)
    return "pending" in request.cb_kwargs


def parse_reservations(body: bytes) -> Protego:
    """Return the rules of a ``tdmrep.json`` as a robots.txt that disallows what is reserved; of what is none, nothing.

    Its locations are patterns as in robots.txt, and the most specific one decides.
    """
    try:
        rules = json.loads(body)
    except (ValueError, RecursionError):
        rules = []
    lines = ["User-agent: *"]
    for rule in (rules if isinstance(rules, list) else [rules])[:MAX_RULES]:
        location = rule.get("location") if isinstance(rule, dict) else None
        if not isinstance(location, str) or not location.isprintable() or len(location) > 2000:
            continue
        reserved = str(rule.get(HEADER, rule.get("tdm_reservation"))).strip().lower() in ("1", "true")
        path = location if location.startswith(("/", "*")) else f"/{location}"
        lines.append(f"{'Disallow' if reserved else 'Allow'}: {path}")
    return Protego.parse("\n".join(lines))

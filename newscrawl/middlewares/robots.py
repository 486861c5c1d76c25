"""Obeys robots.txt as RFC 9309 says."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http.request import NO_CALLBACK

from newscrawl.configuration import Configuration
from newscrawl.extensions.store import any_store
from newscrawl.middlewares.refusals import Refused, reason_of, reason_of_status
from newscrawl.middlewares.robots_text import PARSED_BYTES, TOKEN, for_us, readable, repaired
from newscrawl.outcomes import Reason
from newscrawl.sources.asking import source_of
from newscrawl.sources.catalogue import by_name

logger = logging.getLogger(__name__)

KEPT_S = 24 * 3600.0  # RFC 9309 2.4
RETRIED_S = 600.0  # an unreachable robots.txt is asked for again in a run as long as this
LARGE_BYTES = 64 * 1024  # larger files are parsed on a thread
HOPELESS = frozenset({Reason.PRIVATE_ADDRESS, Reason.DNS, Reason.SCHEME})  # for the pages themselves just the same


@dataclass(frozen=True, slots=True)
class Rules:
    """What one authority (scheme, host and port) lets us do."""

    protego: Protego = field(default_factory=lambda: Protego.parse(""))
    agent: str = "*"
    """The group that speaks to us. Protego alone takes ``User-agent: news`` for ours, since it matches prefixes."""

    exists: bool = False
    """Whether there is a robots.txt that says anything."""

    refusal: tuple[Reason, str] | None = None
    """Set where nothing may be fetched, since nobody could tell what is allowed."""

    def allows(self, url: str) -> bool:
        """Tell whether *url* may be fetched."""
        return self.protego.can_fetch(url, self.agent)


class RobotsMiddleware:
    """Ask an authority's robots.txt before its first page, and keep to it.

    4xx: everything is allowed. 5xx, 429, no answer: nothing is, and the pages fail with that reason, to be tried by a
    later run (``NEWSCRAWL_ROBOTS_UNREACHABLE = "allow"``, or the source's ``robots_unreachable``, relaxes it).
    Redirects are followed, the first 512 KiB parsed, the rest not even downloaded. The file is kept for a day, in the
    store too. Crawl-delay is kept up to ``NEWSCRAWL_CRAWL_DELAY_MAX_S``. The switch is ``ROBOTSTXT_OBEY``. Stats:
    ``newscrawl/robots/...``.
    """

    def __init__(self, crawler: Crawler, *, obey: bool, unreachable: str, max_delay_s: float) -> None:
        self.crawler = crawler
        self.obey = obey
        self.unreachable = unreachable
        self.max_delay_s = max_delay_s
        self._rules: dict[str, tuple[float, asyncio.Future[Rules]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        chosen = Configuration.read(crawler.settings)
        middleware = cls(
            crawler,
            obey=crawler.settings.getbool("ROBOTSTXT_OBEY"),
            unreachable=chosen.robots_unreachable,
            max_delay_s=chosen.crawl_delay_max_s,
        )
        crawler.signals.connect(middleware._enough, signals.bytes_received)
        return middleware

    async def process_request(self, request: Request) -> None:
        if not self.obey or request.meta.get("dont_obey_robotstxt"):
            return
        rules = await self.rules(request.url, request.meta.get("newscrawl_retries", 1))
        if rules.refusal and not self.tolerates(request, rules.refusal[0]):
            raise Refused(*rules.refusal)
        if not rules.allows(request.url):
            self._count("forbidden")
            raise Refused(Reason.ROBOTS, "robots.txt disallows it")
        if delay := min(rules.protego.crawl_delay(rules.agent) or 0.0, self.max_delay_s):
            self._slow_down(request, delay)

    def tolerates(self, request: Request, reason: Reason) -> bool:
        """Tell whether the source of *request* takes a robots.txt that cannot be had for consent, as all may."""
        options = getattr(self.crawler.spider, "options", None)
        source = source_of(request, by_name(options.sources)) if options else None
        unreachable = (source and source.robots_unreachable) or self.unreachable
        return unreachable == "allow" and reason is not Reason.PRIVATE_ADDRESS

    async def sitemaps(self, url: str) -> list[str]:
        """Return the ``Sitemap:`` lines of the robots.txt of *url*'s authority, as they stand there."""
        rules = await self.rules(url)
        return list(rules.protego.sitemaps)

    async def rules(self, url: str, retries: int = 1) -> Rules:
        """Return the rules for *url*'s authority; one request however many ask. *retries*: once more, or not."""
        parts = urlsplit(url)
        authority = f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
        until, answer = self._rules.get(authority, (0.0, None))
        if answer is None or (answer.done() and time.monotonic() > until):
            answer = asyncio.ensure_future(self._find(authority, retries))
            self._rules[authority] = (time.monotonic() + KEPT_S, answer)
            rules = await asyncio.shield(answer)
            if rules.refusal:
                self._rules[authority] = (time.monotonic() + RETRIED_S, answer)
            return rules
        return await asyncio.shield(answer)

    async def _find(self, authority: str, retries: int) -> Rules:
        store, key = any_store(self.crawler), f"robots:{authority}"
        if store is not None and (kept := await store.recall(key)) is not None:
            return await parse(json.loads(kept)["text"])
        text = await self._fetch(f"{authority}/robots.txt", retries)
        if isinstance(text, Rules):
            return text
        if store is not None:
            await store.remember(key, json.dumps({"text": text}).encode(), KEPT_S)
        return await parse(text)

    async def _fetch(self, url: str, retries: int) -> str | Rules:
        """Return the text of a robots.txt, empty where there is none, or the rules that follow from its absence."""
        request = Request(
            url,
            callback=NO_CALLBACK,
            priority=1000,
            meta={
                "dont_obey_robotstxt": True,
                "download_maxsize": 0,  # _enough() ends it in good time, whatever Content-Length says
                "newscrawl_head_bytes": PARSED_BYTES,
                "newscrawl_retries": min(1, retries),  # none where the document failed in the last run
            },
        )
        assert self.crawler.engine is not None
        self._count("fetched")
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # whatever it was, robots.txt did not come
            reason, detail = reason_of(error)
            if reason is Reason.REDIRECT:  # RFC 9309 2.3.1.2: too many redirects are as good as none
                return ""
            return self._unreachable(url, reason, detail)
        if response.status == 429 or response.status >= 500:
            return self._unreachable(url, reason_of_status(response.status), f"status {response.status}")
        if not 200 <= response.status < 300:
            return ""
        return readable(response.body)

    def _unreachable(self, url: str, reason: Reason, detail: str) -> Rules:
        self._count("unreachable")
        if reason in HOPELESS:
            return Rules(refusal=(reason, detail))
        logger.info("%s did not come: %s %s", url, reason.value, detail)
        return Rules(refusal=(reason, f"robots.txt did not come: {detail}"))

    def _enough(self, data: bytes, request: Request, spider: Spider) -> None:
        """End the download of a robots.txt when as much of it came as is parsed."""
        if request.meta.get("newscrawl_head_bytes"):
            received = request.meta["newscrawl_received"] = request.meta.get("newscrawl_received", 0) + len(data)
            if received >= request.meta["newscrawl_head_bytes"]:
                raise StopDownload(fail=False)

    def _slow_down(self, request: Request, delay: float) -> None:
        """Give this authority a slot of its own with its Crawl-delay, one request at a time."""
        assert self.crawler.engine is not None
        key = urlsplit(request.url).netloc
        request.meta["download_slot"] = key
        request.meta["autothrottle_dont_adjust_delay"] = True
        downloader = self.crawler.engine.downloader
        downloader.per_slot_settings[key] = {"delay": delay, "concurrency": 1, "jitter": 0.0}
        if (slot := downloader.slots.get(key)) and slot.delay < delay:
            slot.delay, slot.jitter = delay, 0.0

    def _count(self, name: str) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"newscrawl/robots/{name}")


async def parse(text: str) -> Rules:
    """Parse the text of a robots.txt, on a thread where it is large."""
    exists = bool(text.strip())
    text, is_for_us = for_us(repaired(text))
    protego = Protego.parse(text) if len(text) < LARGE_BYTES else await asyncio.to_thread(Protego.parse, text)
    return Rules(protego, TOKEN if is_for_us else "*", exists)

"""The download handler for http and https: Scrapy's, with addresses vetted and headers bounded."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.core.downloader.handlers import http11
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.interfaces import IAddress
from twisted.web.client import Agent

from newscrawl.downloads.addresses import Allowed, VettingReactor
from newscrawl.middlewares.refusals import Refused
from newscrawl.middlewares.retry_after import RetryAfterMiddleware
from newscrawl.outcomes import Reason

logger = logging.getLogger(__name__)

MAX_HEADER_BYTES = 2 << 20  # Twisted has no limit but time: 30 s of headers at full speed are gigabytes
MAX_HEADERS = 10_000  # 200,000 short ones cost the event loop a second
MAX_HEADER_LINE_BYTES = 1 << 16  # Twisted's 16 kB turn away some sites' Content-Security-Policy
MAX_LABEL, MAX_HOST = 63, 253  # of a host name; the resolver answers longer ones with a traceback in the log


class GuardedDownloadHandler(http11.HTTP11DownloadHandler):
    """Connect to public addresses only, and to the private ones that the person named.

    A refused address is counted (``newscrawl/private_address/refused``) and logged once per host::

        Not connecting to intranet.example:80, a private address (10.0.0.7); see NEWSCRAWL_ALLOW_PRIVATE

    Behind a proxy it is the proxy that resolves, and vets. Knob: ``NEWSCRAWL_ALLOW_PRIVATE``.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory
        self._setting = crawler.settings.get("NEWSCRAWL_ALLOW_PRIVATE", False)
        self._allowed = Allowed.parse(self._setting)
        self._logged: set[str] = set()
        crawler.signals.connect(self._spider_opened, signals.spider_opened)

    def _spider_opened(self, spider: Any) -> None:
        self._allowed = Allowed.parse(self._setting, getattr(spider, "named_hosts", ()))

    async def download_request(self, request: Request) -> Response:
        authority = _authority(request.url)
        if patience := self.crawler.get_downloader_middleware(RetryAfterMiddleware):
            await patience.turn(request)
        agent = _GuardedAgent(
            allowed=self._allowed,
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self.crawler,
            tls_verbose_logging=self._tls_verbose_logging,
        )
        try:
            with wrap_twisted_exceptions():
                return await maybe_deferred_to_future(agent.download_request(request))
        except CannotResolveHostError:
            if not agent.refused:
                raise
            self._count(authority, agent.refused[0])
            raise Refused(Reason.PRIVATE_ADDRESS, f"{authority} is {agent.refused[0]}") from None

    def _count(self, authority: str, address: str) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value("newscrawl/private_address/refused")
        if authority not in self._logged and len(self._logged) < 1000:
            self._logged.add(authority)
            logger.warning(
                "Not connecting to %s, a private address (%s); see NEWSCRAWL_ALLOW_PRIVATE", authority, address
            )


def _authority(url: str) -> str:
    """Return host:port of *url*; raise :class:`Refused` where there is none that could be connected to."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise Refused(Reason.DNS, f"no host that could exist: {error}") from None
    if (
        not host
        or len(host) > MAX_HOST
        or any(not 0 < len(label) <= MAX_LABEL for label in host.rstrip(".").split("."))
    ):
        raise Refused(Reason.DNS, "no host name that could exist")
    return f"{host}:{port}"


class _GuardedAgent(http11._ScrapyAgent):
    def __init__(self, *, allowed: Allowed, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._allowed = allowed
        self.refused: list[str] = []

    def _get_agent(self, request: Request, timeout: float) -> Agent:
        agent = super()._get_agent(request, timeout)
        if not request.meta.get("proxy"):
            reactor = VettingReactor(agent._reactor, self._allowed)
            agent._endpointFactory._reactor = reactor
            self.refused = reactor.refused
        return agent


class _BoundedParser(http11._LenientHTTPClientParser):
    MAX_LENGTH = MAX_HEADER_LINE_BYTES
    _header_lines = _header_bytes = 0

    def lineReceived(self, line: bytes) -> None:
        self._header_lines += 1
        self._header_bytes += len(line)
        if self._header_lines > MAX_HEADERS or self._header_bytes > MAX_HEADER_BYTES:
            raise ValueError(f"more than {MAX_HEADERS} headers or {MAX_HEADER_BYTES} bytes of them")
        super().lineReceived(line)


class _BoundedProtocol(http11._LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Any:
        answer = super().request(request)
        self._parser.__class__ = _BoundedParser  # as Scrapy does: the class is named inside Twisted's request()
        return answer


class _BoundedFactory(http11._LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _BoundedProtocol:
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]

"""Keeps the crawl away from private addresses, whatever downloads."""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import Request, Spider, signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from newscrawl.addresses import Allowed, literal_address
from newscrawl.configuration import Configuration
from newscrawl.downloads.resolver import GuardedResolver
from newscrawl.middlewares.refusals import Refused
from newscrawl.outcomes import Reason

logger = logging.getLogger(__name__)

MAX_LABEL, MAX_HOST = 63, 253  # of a host name; the resolver answers longer ones with a traceback in the log


def proxy_hosts(settings: BaseSettings) -> frozenset[str]:
    """Return host:port of the proxies that the environment names, as Scrapy's ``HttpProxyMiddleware`` reads it."""
    named = getproxies() if settings.getbool("HTTPPROXY_ENABLED") else {}
    hosts = set()
    for url in (named.get(scheme, "") for scheme in ("http", "https", "all")):
        with suppress(Refused):  # Scrapy says what is wrong with it
            host, port = host_and_port(url if "://" in url else f"http://{url}")
            hosts.add(f"{host.lower()}:{port}")
    return frozenset(hosts)


class PrivateAddressMiddleware:
    """Refuse a request for a private address that the person did not name; a redirect's target is a request too.

    An IP address in the URL is judged here, a name by :class:`GuardedResolver` when the connection is made. A handler
    that resolves by itself (a browser, curl) is named in one line at start: there names are resolved here first, and
    the answer's address is checked, but the handler may get another answer from the name server or follow a redirect.
    Behind a proxy it is the proxy that resolves. A refusal is counted (``newscrawl/private_address/refused``) and
    logged once per host::

        Not connecting to intranet.example:80, a private address (10.0.0.7); see NEWSCRAWL_ALLOW_PRIVATE

    Knob: ``NEWSCRAWL_ALLOW_PRIVATE``.
    """

    def __init__(self, crawler: Crawler, allowed: Allowed, foreign: dict[str, str]) -> None:
        self.crawler = crawler
        self.allowed = allowed
        self.foreign = foreign
        """Schemes whose handler resolves names by itself, and its name."""

        self.proxies = Allowed(hosts=proxy_hosts(crawler.settings))
        """A proxy that the environment names may be connected to; a URL that leads to it is judged as any other."""

        self.resolver: GuardedResolver | None = None
        self._logged: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PrivateAddressMiddleware:
        middleware = cls(crawler, Configuration.read(crawler.settings).allow_private, foreign_handlers(crawler))
        crawler.signals.connect(middleware.spider_opened, signals.spider_opened)
        crawler.signals.connect(middleware.spider_closed, signals.spider_closed)
        return middleware

    def spider_opened(self, spider: Spider) -> None:
        named = frozenset(name.lower() for name in getattr(spider, "named_hosts", ()))
        self.allowed = Allowed(self.allowed.everything, self.allowed.hosts | named, self.allowed.networks)
        for name in dict.fromkeys(self.foreign.values()):
            logger.warning("%s resolves host names by itself: private addresses are kept from it only in part", name)
        if self.crawler.settings.getbool("TWISTED_REACTOR_ENABLED"):
            self.resolver = resolver_of_process(self.crawler)
            self.resolver.allowed += [self.allowed, self.proxies]

    def spider_closed(self) -> None:
        if self.resolver is not None:
            self.resolver.allowed.remove(self.allowed)
            self.resolver.allowed.remove(self.proxies)

    async def process_request(self, request: Request) -> None:
        host, port = host_and_port(request.url)
        addresses = [literal_address(host)]
        if addresses == [None]:
            scheme = urlsplit(request.url).scheme
            addresses = await resolve(host, port) if scheme in self.foreign and not request.meta.get("proxy") else []
        self._vet(host, port, *addresses)

    def process_response(self, request: Request, response: Response) -> Response:
        if urlsplit(request.url).scheme in self.foreign:
            host, port = host_and_port(response.url)
            address = None if request.meta.get("proxy") else response.ip_address
            self._vet(host, port, literal_address(host), None if address is None else str(address))
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        if isinstance(exception, CannotResolveHostError) and self.resolver is not None:
            host, port = host_and_port(request.url)
            if address := self.resolver.refused.get((host.lower(), port)):
                self._refuse(host, port, address)

    def _vet(self, host: str, port: int, *addresses: str | None) -> None:
        for address in addresses:
            if address is not None and not self.allowed.allows(host, port, address):
                self._refuse(host, port, address)

    def _refuse(self, host: str, port: int, address: str) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value("newscrawl/private_address/refused")
        authority = f"{host}:{port}"
        if authority not in self._logged and len(self._logged) < 1000:
            self._logged.add(authority)
            logger.warning(
                "Not connecting to %s, a private address (%s); see NEWSCRAWL_ALLOW_PRIVATE", authority, address
            )
        raise Refused(Reason.PRIVATE_ADDRESS, f"{authority} is {address}")


def host_and_port(url: str) -> tuple[str, int]:
    """Return host and port of *url*; raise :class:`Refused` where there is no host that could be connected to."""
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
    return host, port


def foreign_handlers(crawler: Crawler) -> dict[str, str]:
    """Return by scheme (http, https) the download handlers that do not ask the reactor's resolver."""
    handlers = crawler.settings.getwithbase("DOWNLOAD_HANDLERS")
    foreign: dict[str, str] = {}
    for scheme in ("http", "https"):
        handler: Any = load_object(handlers[scheme]) if handlers.get(scheme) else HTTP11DownloadHandler
        if not handler.download_request.__module__.startswith(("scrapy.core.", "newscrawl.")):
            foreign[scheme] = f"{handler.__module__}.{handler.__qualname__}"
    return foreign


def resolver_of_process(crawler: Crawler) -> GuardedResolver:
    """Return the reactor's resolver; install ours where a script runs the reactor and Scrapy has not done so."""
    from twisted.internet import reactor

    running: Any = reactor
    if isinstance(running.nameResolver, GuardedResolver):
        return running.nameResolver
    resolver = GuardedResolver.from_crawler(crawler, running)
    resolver.install_on_reactor()
    return resolver


async def resolve(host: str, port: int) -> list[str | None]:
    """Return the addresses of *host*; none where it has none, which the handler will find out by itself."""
    try:
        answers = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [str(address[0]) for *_, address in answers]

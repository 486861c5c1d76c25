"""The resolver of host names, which lets only allowed addresses through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scrapy.resolver import CachingHostnameResolver
from scrapy.settings import BaseSettings
from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver
from zope.interface import implementer

from newscrawl.addresses import Allowed
from newscrawl.configuration import Configuration

MAX_REFUSED = 10_000  # host:port pairs that are remembered; a hostile page names any number of them


class GuardedResolver(CachingHostnameResolver):
    """Resolve as Scrapy does, IPv4 and IPv6, and keep private addresses back that nobody named.

    It is Scrapy's ``TWISTED_DNS_RESOLVER``, so every download handler on Twisted's reactor stands behind it, and what
    it lets through is what is connected to: a second, different answer of a hostile name server (rebinding) is never
    asked for.
    """

    def __init__(self, reactor: Any, cache_size: int, allowed: Allowed) -> None:
        super().__init__(reactor, cache_size)
        self.allowed: list[Allowed] = [allowed]
        """What the settings allow, and what each running crawl allows beside."""

        self.refused: dict[tuple[str, int], str] = {}
        """By host and port, the address that was not let through."""

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> GuardedResolver:
        """Build the resolver of a process; *crawler* is a crawler or, as Scrapy does it, the crawler process."""
        settings: BaseSettings = crawler.settings
        cache_size = settings.getint("DNSCACHE_SIZE") if settings.getbool("DNSCACHE_ENABLED") else 0
        return cls(reactor, cache_size, Configuration.read(settings).allow_private)

    def resolveHostName(  # Twisted's name
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        """Resolve *hostName* for Twisted; *resolutionReceiver* is given the allowed addresses only."""
        receiver: Any = _Vetting(resolutionReceiver, hostName, portNumber, self)
        return super().resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)

    def allows(self, host: str, port: int, address: str) -> bool:
        """Tell whether *address*, which *host* resolved to, may be connected to; remember a refusal."""
        if any(allowed.allows(host, port, address) for allowed in self.allowed):
            return True
        if len(self.refused) < MAX_REFUSED:
            self.refused[host.lower(), port] = address
        return False


@implementer(IResolutionReceiver)
class _Vetting:
    def __init__(self, receiver: Any, host: str, port: int, resolver: GuardedResolver) -> None:
        self._receiver, self._host, self._port, self._resolver = receiver, host, port, resolver

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        if self._resolver.allows(self._host, self._port, address.host):
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:
        self._receiver.resolutionComplete()

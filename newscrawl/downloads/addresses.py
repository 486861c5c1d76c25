"""Which addresses a crawl may connect to: public ones, and what the person named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from twisted.internet.interfaces import (
    IAddress,
    IHostnameResolver,
    IHostResolution,
    IReactorPluggableNameResolver,
    IResolutionReceiver,
)
from zope.interface import implementer

NAT64 = ip_network("64:ff9b::/96")
SITE_LOCAL = ip_network("fec0::/10")  # given up in 2004, still routed inside some companies; is_global says True


def is_public(address: str) -> bool:
    """Tell whether *address* is one of the open internet; IPv4 addresses inside IPv6 ones are unfolded first."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and (inner := _inner(ip)):
        return all(is_public(str(address)) for address in inner)
    return ip.is_global and not (ip.is_multicast or ip.is_unspecified or ip.is_reserved or ip in SITE_LOCAL)


def _inner(ip: IPv6Address) -> list[IPv4Address]:
    """Return the IPv4 addresses that *ip* leads to: mapped, compatible, 6to4, Teredo, NAT64."""
    found = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in NAT64 or not int(ip) >> 32:
        found.append(IPv4Address(int(ip) & 0xFFFFFFFF))
    return [address for address in found if address is not None]


@dataclass(frozen=True, slots=True)
class Allowed:
    """Private addresses that may be reached all the same: ``NEWSCRAWL_ALLOW_PRIVATE`` and what the person named."""

    everything: bool = False
    hosts: frozenset[str] = frozenset()
    """``host`` or ``host:port``, lower case, as they stand in URLs."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    @classmethod
    def parse(cls, setting: Any, named: Iterable[str] = ()) -> Allowed:
        """Read the setting: true, false, or hosts, host:port pairs and networks (``10.0.0.0/8``) as list or string."""
        words = [setting] if isinstance(setting, bool | int) else setting or []
        words = words.split(",") if isinstance(words, str) else words
        hosts, networks, everything = {name.lower() for name in named}, [], False
        for word in (str(word).strip().lower() for word in words):
            if word in ("true", "1", "yes"):
                everything = True
            elif "/" in word:
                networks.append(ip_network(word, strict=False))
            elif word not in ("", "false", "0", "no"):
                hosts.add(word)
        return cls(everything, frozenset(hosts), tuple(networks))

    def allows(self, host: str, port: int, address: str) -> bool:
        """Tell whether the connection to *address*, which *host* resolved to, is wanted or harmless."""
        host = host.lower().strip("[]")
        if self.everything or host in self.hosts or f"{host}:{port}" in self.hosts:
            return True
        if is_public(address):
            return True
        return bool(self.networks) and any(ip_address(address) in network for network in self.networks)


@implementer(IHostnameResolver)
class VettingResolver:
    """Resolves as *inner* does and lets only allowed addresses through.

    It sits between the name and the connection itself: what it lets through is what is connected to, so that a second,
    different answer of a hostile name server (rebinding) is never asked for.
    """

    def __init__(self, inner: Any, allowed: Allowed, refused: list[str]) -> None:
        self._inner = inner
        self._allowed = allowed
        self._refused = refused

    def resolveHostName(  # Twisted's name
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        receiver = _Vetting(resolutionReceiver, hostName, portNumber, self._allowed, self._refused)
        resolution: IHostResolution = self._inner.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
        return resolution


@implementer(IResolutionReceiver)
class _Vetting:
    def __init__(self, receiver: Any, host: str, port: int, allowed: Allowed, refused: list[str]) -> None:
        self._receiver, self._host, self._port = receiver, host, port
        self._allowed, self._refused = allowed, refused

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        if self._allowed.allows(self._host, self._port, address.host):
            self._receiver.addressResolved(address)
        else:
            self._refused.append(address.host)

    def resolutionComplete(self) -> None:
        self._receiver.resolutionComplete()


@implementer(IReactorPluggableNameResolver)
class VettingReactor:
    """The reactor as an endpoint sees it: the same, but for its resolver."""

    def __init__(self, reactor: Any, allowed: Allowed) -> None:
        self._reactor = reactor
        self.refused: list[str] = []
        """Addresses that were resolved and not let through."""

        self.nameResolver = VettingResolver(reactor.nameResolver, allowed, self.refused)

    def installNameResolver(self, resolver: Any) -> Any:
        return self._reactor.installNameResolver(resolver)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reactor, name)

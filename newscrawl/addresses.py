"""Which addresses a crawl may connect to: public ones, and what the person named."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

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


def literal_address(host: str) -> str | None:
    """Return the IP address that *host* spells, also as ``127.1`` or ``2130706433``; None for a name."""
    host = host.strip("[]").rstrip(".")
    try:
        return str(ip_address(host.partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


def _inner(ip: IPv6Address) -> list[IPv4Address]:
    """Return the IPv4 addresses that *ip* leads to: mapped, compatible, 6to4, Teredo, NAT64."""
    inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in NAT64 or not int(ip) >> 32:
        inner.append(IPv4Address(int(ip) & 0xFFFFFFFF))
    return [address for address in inner if address is not None]


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
        written = f"[{host}]" if ":" in host else host  # as in a URL
        if self.everything or not self.hosts.isdisjoint((host, written, f"{host}:{port}", f"{written}:{port}")):
            return True
        if is_public(address):
            return True
        return bool(self.networks) and any(ip_address(address) in network for network in self.networks)

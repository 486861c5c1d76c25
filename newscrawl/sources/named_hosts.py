"""Which private addresses a person named."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from newscrawl.sources.source import Source
from newscrawl.sources.values import with_scheme


def named_hosts(source: Source) -> Iterator[str]:
    """Yield host:port of each localhost or IP address that *source* names; without a scheme, both ports it may mean.

    The name of an intranet host is not among them: what it resolves to is not what the person typed, and
    ``NEWSCRAWL_ALLOW_PRIVATE`` is there for it.
    """
    for url in (*source.urls, *source.listed):
        for absolute in dict.fromkeys((with_scheme(url, "https"), with_scheme(url, "http"))):
            parts = urlsplit(absolute)
            host = parts.hostname or ""
            if host != "localhost" and not is_address(host):
                break
            yield f"{host}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def is_address(host: str) -> bool:
    """Tell whether *host* is an IP address and no name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True

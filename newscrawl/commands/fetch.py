"""``scrapy fetch``: Scrapy's own, which reaches the host that the person names, private or not."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from urllib.parse import urlsplit

from scrapy.commands.fetch import Command as ScrapyFetch
from scrapy.settings import Settings

from newscrawl.sources.values import with_scheme


class Command(ScrapyFetch):
    """As Scrapy's."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        allow_named(self.settings, args)
        super().run(args, opts)


def allow_named(settings: Settings, urls: Iterable[str]) -> None:
    """Let the hosts and ports that *urls* name be reached, as those that ``url=`` of a crawl names."""
    hosts = []
    for url in urls:
        try:
            parts = urlsplit(with_scheme(url, "http"))
            host, port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            continue  # Scrapy says what is wrong with it
        if host:
            hosts.append(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    given = settings.get("NEWSCRAWL_ALLOW_PRIVATE") or ""
    if str(given).strip().lower() in ("true", "1", "yes", "on"):
        return
    known = given.split(",") if isinstance(given, str) else list(given)
    settings.set("NEWSCRAWL_ALLOW_PRIVATE", ",".join([*map(str, known), *hosts]).strip(","), priority="cmdline")

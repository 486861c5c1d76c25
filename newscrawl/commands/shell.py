"""``scrapy shell``: Scrapy's own, which reaches the host that the person names, private or not."""

from __future__ import annotations

import argparse

from scrapy.commands.shell import Command as ScrapyShell

from newscrawl.commands.fetch import allow_named


class Command(ScrapyShell):
    """As Scrapy's."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        allow_named(self.settings, args)
        super().run(args, opts)

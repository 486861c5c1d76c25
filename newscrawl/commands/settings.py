"""``scrapy settings``: Scrapy's own, and without an option all of ours with where each was set."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping

from scrapy.commands.settings import Command as ScrapySettings
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from newscrawl import settings as defaults
from newscrawl.commands.crawl import fail
from newscrawl.configuration import NAMES, Configuration, without_password
from newscrawl.environment import read_user_config, user_config
from newscrawl.errors import NewscrawlError


class Command(ScrapySettings):
    """Exit codes: 0 fine; 2 a setting is wrong."""

    def short_desc(self) -> str:
        return "Show the settings of newscrawl with their origin, or the value of one"

    def long_desc(self) -> str:
        return (
            "Without an option: each NEWSCRAWL_* setting, its value and where it was set, separated by tabs. "
            "The default gives way to the user's configuration, that to the environment, that to the project, "
            "and all of them to -s."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if any((opts.get, opts.getbool, opts.getint, opts.getfloat, opts.getlist)):
            super().run(args, opts)
            return
        try:
            Configuration.read(self.settings)
        except NewscrawlError as error:
            fail(error)
        for name in NAMES:
            value = self.settings[name] if name in self.settings else getattr(defaults, name)
            print(name, without_password(value), origin(name, self.settings, os.environ), sep="\t")


def origin(name: str, settings: BaseSettings, environment: Mapping[str, str]) -> str:
    """Return where the setting *name* got its value, in words."""
    priority = settings.getpriority(name)
    if priority is not None and priority >= SETTINGS_PRIORITIES["cmdline"]:
        return "-s"
    value = settings[name] if name in settings else getattr(defaults, name)
    if environment.get(name) == value:
        return "environment"
    if name in (said := read_user_config(environment)) and said[name] == value:
        return str(user_config(environment))
    return "default" if value == getattr(defaults, name) else "the project's settings"

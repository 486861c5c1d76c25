"""Parts of newscrawl for the spiders of any Scrapy project."""

from __future__ import annotations

import logging

from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from newscrawl import settings as ours
from newscrawl.configuration import Configuration
from newscrawl.downloads.handler import GuardedDownloadHandler

logger = logging.getLogger(__name__)

PRIORITY = "addon"
REPLACED = {
    "guard": (
        ("redirect.MetaRefreshMiddleware", "redirect.BoundedMetaRefreshMiddleware"),
        ("httpcompression.HttpCompressionMiddleware", "decompress.DecompressMiddleware"),
        ("redirect.RedirectMiddleware", "redirect.BoundedRedirectMiddleware"),
    ),
    "robots": (("robotstxt.RobotsTxtMiddleware", "robots.RobotsMiddleware"),),
    "retry": (("retry.RetryMiddleware", "retry_after.RetryAfterMiddleware"),),
}
"""By part: middlewares of Scrapy, and ours that take their place."""


class Addon:
    """Give the spiders of a Scrapy project the pipelines, the store and the guards of newscrawl.

    ``ADDONS = {"newscrawl.Addon": 300}`` is all that a project needs. What it gets is named in ``NEWSCRAWL_PARTS``:

    - ``items``, the default: the four pipelines, the store and the summary. Any item with ``url``, ``title`` and
      ``body`` becomes one line, once.
    - ``guard``: no connection to a private address that nobody named, and no answer, redirect or header without bounds
    - ``robots``: robots.txt as RFC 9309 has it
    - ``retry``: a host's Retry-After is kept

    A spider that wants nothing of it says so in its ``custom_settings``: ``{"ADDONS": {"newscrawl.Addon": None}}``;
    one alone that wants it names it there. What the project sets itself stays as it is.
    """

    def update_settings(self, settings: BaseSettings) -> None:
        """Set what the chosen parts need, wherever the project says nothing."""
        if "NEWSCRAWL_PARTS" not in settings:
            settings.set("NEWSCRAWL_PARTS", "items", PRIORITY)
        parts = Configuration.read(settings).parts
        if "items" in parts:
            for name in ("ITEM_PIPELINES", "EXTENSIONS", "SPIDER_MIDDLEWARES"):
                for component, order in getattr(ours, name).items():
                    if order is None:  # what a project has beside us is its own affair
                        continue
                    settings.setdefault_in_component_priority_dict(name, load_object(component), order)
        for part in parts & REPLACED.keys():
            for theirs, replacement in REPLACED[part]:
                replace(settings, f"scrapy.downloadermiddlewares.{theirs}", f"newscrawl.middlewares.{replacement}")
        if "robots" in parts:
            settings.set("ROBOTSTXT_OBEY", True, PRIORITY)
        if "guard" in parts:
            guard(settings)


def guard(settings: BaseSettings) -> None:
    """Set what keeps private addresses and endless answers away; a download handler of the project's stays."""
    name = "newscrawl.middlewares.private_address.PrivateAddressMiddleware"
    add(settings, name)
    for key in ("TWISTED_DNS_RESOLVER", "DOWNLOAD_MAXSIZE", "DOWNLOAD_WARNSIZE", "REMOTE_CONTROL_ENABLED"):
        settings.set(key, getattr(ours, key), PRIORITY)
    handlers = settings["DOWNLOAD_HANDLERS"]
    for scheme in ("http", "https"):
        if scheme not in handlers:
            handlers.set(scheme, GuardedDownloadHandler, PRIORITY)


def replace(settings: BaseSettings, theirs: str, replacement: str) -> None:
    """Put our middleware in the place of Scrapy's, unless the project has switched that off or moved it."""
    middlewares = settings["DOWNLOADER_MIDDLEWARES"]
    if theirs in middlewares:
        logger.info("%s stays as the project has it", theirs)
        return
    settings.set_in_component_priority_dict("DOWNLOADER_MIDDLEWARES", load_object(theirs), None)
    add(settings, replacement)


def add(settings: BaseSettings, name: str) -> None:
    """Add a downloader middleware of ours at the place that it has in our own project, unless it stands there."""
    order = ours.DOWNLOADER_MIDDLEWARES[name]
    settings.setdefault_in_component_priority_dict("DOWNLOADER_MIDDLEWARES", load_object(name), order)

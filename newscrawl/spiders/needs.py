"""What the news spider needs of Scrapy's components, and what not."""

from __future__ import annotations

from typing import TypeVar

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from scrapy.spidermiddlewares.depth import DepthMiddleware
from scrapy.spidermiddlewares.metacopy import MetaCopyDetectionMiddleware
from scrapy.utils.conf import build_component_list
from scrapy.utils.misc import load_object

from newscrawl.errors import UsageError
from newscrawl.extensions.outcomes import OutcomesExtension
from newscrawl.extensions.store import StoreExtension
from newscrawl.extensions.workers import WorkersExtension
from newscrawl.items import FIELDS

NEEDED = (StoreExtension, WorkersExtension, OutcomesExtension)
T = TypeVar("T")


def require_extensions(settings: BaseSettings, spider: str) -> None:
    """Raise UsageError where ``EXTENSIONS`` lacks one that *spider* needs."""
    loaded = [load_object(path) for path in build_component_list(settings.getwithbase("EXTENSIONS"))]
    missing = [kind for kind in NEEDED if not any(isinstance(c, type) and issubclass(c, kind) for c in loaded)]
    if missing:
        names = ", ".join(f"{kind.__module__}.{kind.__name__}" for kind in missing)
        raise UsageError(f"the spider {spider} cannot work without {names}; add what is missing to EXTENSIONS")


def set_defaults(settings: BaseSettings) -> None:
    """Let ``-o`` write the same record as our own files, and switch off what minds how links are followed.

    No page of the frontier leads to another, and each spider middleware costs .1 ms a page.
    """
    settings.set("FEED_EXPORT_FIELDS", list(FIELDS), priority="default")
    settings.setdefault_in_component_priority_dict("SPIDER_MIDDLEWARES", MetaCopyDetectionMiddleware, None)
    if not (settings.getint("DEPTH_LIMIT") or settings.getint("DEPTH_PRIORITY")):
        settings.setdefault_in_component_priority_dict("SPIDER_MIDDLEWARES", DepthMiddleware, None)


def extension(crawler: Crawler, kind: type[T]) -> T:
    """Return the crawl's extension of that class; raise UsageError where it said that it is not configured."""
    instance = crawler.get_extension(kind)
    if instance is None:
        raise UsageError(f"{kind.__module__}.{kind.__name__} is switched off; the news spider needs it")
    return instance

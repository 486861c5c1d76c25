"""The extensions that the news spider cannot work without."""

from __future__ import annotations

from typing import TypeVar

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from scrapy.utils.conf import build_component_list
from scrapy.utils.misc import load_object

from newscrawl.errors import UsageError
from newscrawl.extensions.outcomes import OutcomesExtension
from newscrawl.extensions.store import StoreExtension
from newscrawl.extensions.workers import WorkersExtension

NEEDED = (StoreExtension, WorkersExtension, OutcomesExtension)
T = TypeVar("T")


def require_extensions(settings: BaseSettings, spider: str) -> None:
    """Raise UsageError where ``EXTENSIONS`` lacks one that *spider* needs."""
    loaded = [load_object(path) for path in build_component_list(settings.getwithbase("EXTENSIONS"))]
    missing = [kind for kind in NEEDED if not any(isinstance(c, type) and issubclass(c, kind) for c in loaded)]
    if missing:
        names = ", ".join(f"{kind.__module__}.{kind.__name__}" for kind in missing)
        raise UsageError(f"the spider {spider} cannot work without {names}; add what is missing to EXTENSIONS")


def extension(crawler: Crawler, kind: type[T]) -> T:
    """Return the crawl's extension of that class; raise UsageError where it said that it is not configured."""
    instance = crawler.get_extension(kind)
    if instance is None:
        raise UsageError(f"{kind.__module__}.{kind.__name__} is switched off; the news spider needs it")
    return instance

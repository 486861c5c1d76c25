"""A news crawler on Scrapy: clean title, body and related links as JSON Lines, each story exactly once."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newscrawl.addon import Addon as Addon
    from newscrawl.extractor import ArticleExtractor as ArticleExtractor

__version__ = "0.2.0"

HOMES = {"Addon": "newscrawl.addon", "ArticleExtractor": "newscrawl.extractor"}
"""Modules of the names that this package offers: a worker that imports the package does not load them."""


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in HOMES:
        return getattr(import_module(HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
